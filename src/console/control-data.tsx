import { useState } from 'preact/hooks'
import { act, ask } from './ask.ts'
import { confirmed } from './dialog.tsx'
import { Panel } from './page.tsx'
import { addressOf } from './route.ts'
import type { Account } from './shapes.ts'
import { Shown, useData } from './state.tsx'
import { account, go } from './store.ts'
import { Table } from './table.tsx'
import { say, visible } from './words.ts'

interface Snapshot {
  readonly name: string
  readonly bytes: number
  readonly now?: string
}

/** Asks first where there is a question, then calls the admin API and says what was done. */
async function change(path: string, method: string, said: string, question?: { text: string; verb: string }) {
  if (question && !(await confirmed(question.text, question.verb))) return false
  return act(async () => {
    await ask(path, { method })
    return { text: said }
  })
}

function Snapshots() {
  const [name, setName] = useState('')
  const loaded = useData<{ snapshots: readonly Snapshot[] }>('/snapshots', [])
  const path = (which: string) => `/snapshots/${encodeURIComponent(which)}`
  const then = async (done: Promise<boolean>) => {
    if (await done) loaded.reload()
  }
  return (
    <Panel title={say('control.snapshots')}>
      <div class="fields padded">
        <label>
          <span>{say('control.snapshotName')}</span>
          <input value={name} onInput={({ currentTarget: { value } }) => setName(value)} />
        </label>
        <button
          type="button"
          disabled={name === ''}
          onClick={() => then(change(path(name), 'PUT', say('control.snapshotSaved', { name: visible(name) })))}
        >
          {say('app.save')}
        </button>
      </div>
      <Shown of={loaded}>
        {({ snapshots }) =>
          snapshots.length === 0 ? (
            <p class="empty">{say('control.noSnapshots')}</p>
          ) : (
            <Table
              label={say('control.snapshots')}
              rows={snapshots}
              keyOf={one => one.name}
              columns={[
                { head: say('control.snapshotName'), kind: 'main', cell: one => visible(one.name) },
                { head: say('control.simulation'), cell: one => one.now?.slice(0, 19).replace('T', ' ') ?? '–' },
                { head: say('control.size'), kind: 'number', cell: one => `${Math.ceil(one.bytes / 1024)} kB` },
                {
                  head: say('jobs.actions'),
                  kind: 'actions',
                  cell: one => (
                    <div class="buttons">
                      <button
                        type="button"
                        aria-label={say('control.restoreNamed', { name: visible(one.name) })}
                        onClick={() =>
                          change(
                            `${path(one.name)}/restore`,
                            'POST',
                            say('control.snapshotRestored', { name: visible(one.name) }),
                            {
                              text: say('control.restoreQuestion', { name: visible(one.name) }),
                              verb: say('control.restore'),
                            },
                          )
                        }
                      >
                        {say('control.restore')}
                      </button>
                      <button
                        type="button"
                        aria-label={say('control.deleteNamed', { name: visible(one.name) })}
                        onClick={() =>
                          then(
                            change(
                              path(one.name),
                              'DELETE',
                              say('control.snapshotDeleted', { name: visible(one.name) }),
                            ),
                          )
                        }
                      >
                        {say('job.delete')}
                      </button>
                    </div>
                  ),
                },
              ]}
            />
          )
        }
      </Shown>
    </Panel>
  )
}

function Accounts() {
  const loaded = useData<{ accounts: readonly Account[] }>('/accounts', ['accounts'])
  const remove = async (name: string) => {
    const shown = visible(name)
    const question = { text: say('control.removeAccountQuestion', { name: shown }), verb: say('control.remove') }
    const path = `/accounts/${encodeURIComponent(name)}`
    if (!(await change(path, 'DELETE', say('control.accountRemoved', { name: shown }), question))) return
    loaded.reload()
    if (account.value === name) go(addressOf('control'))
  }
  return (
    <Panel title={say('control.accounts')}>
      <Shown of={loaded}>
        {({ accounts }) => (
          <Table
            label={say('control.accounts')}
            rows={accounts}
            keyOf={({ name }) => name}
            columns={[
              { head: say('app.account'), kind: 'main', cell: ({ name }) => visible(name) },
              { head: say('about.jobs'), kind: 'number', cell: ({ jobs }) => jobs },
              {
                head: say('jobs.actions'),
                kind: 'actions',
                cell: ({ name }) =>
                  name === 'default' ? null : (
                    <button
                      type="button"
                      aria-label={say('control.removeNamed', { name: visible(name) })}
                      onClick={() => remove(name)}
                    >
                      {say('control.remove')}
                    </button>
                  ),
              },
            ]}
          />
        )}
      </Shown>
    </Panel>
  )
}

/** Resets, snapshots and accounts. */
export function ControlData() {
  const name = account.value
  const reset = (path: string, text: string, verb: string) =>
    change(path, 'POST', say('control.wasReset'), { text, verb })
  return (
    <>
      <Panel title={say('control.data')}>
        <div class="buttons padded">
          <button
            type="button"
            onClick={() => reset('/reset', say('control.resetAllQuestion'), say('control.resetAll'))}
          >
            {say('control.resetAll')}
          </button>
          <button
            type="button"
            onClick={() =>
              reset(
                `/reset?account=${encodeURIComponent(name)}`,
                say('control.resetAccountQuestion', { name: visible(name) }),
                say('control.resetAccount'),
              )
            }
          >
            {say('control.resetAccount')}
          </button>
        </div>
      </Panel>
      <Snapshots />
      <Accounts />
    </>
  )
}
