import { useState } from 'preact/hooks'
import { act, actAfter, ask } from './ask.ts'
import { Form, TextField } from './fields.tsx'
import { Panel } from './page.tsx'
import { addressOf } from './route.ts'
import type { Account } from './shapes.ts'
import { Shown, useData } from './state.tsx'
import { account, go } from './store.ts'
import { type Column, Table } from './table.tsx'
import { say, visible } from './words.ts'

interface Snapshot {
  readonly name: string
  readonly bytes: number
  readonly now?: string
}

/** Calls the admin API and says what was done. */
const calling = (method: string, path: string, said: string) => async () => {
  await ask(path, { method })
  return { text: said }
}

const snapshotPath = (name: string) => `/snapshots/${encodeURIComponent(name)}`

const restore = ({ name }: Snapshot) =>
  actAfter(
    { text: say('control.restoreQuestion', { name: visible(name) }), verb: say('control.restore') },
    calling('POST', `${snapshotPath(name)}/restore`, say('control.snapshotRestored', { name: visible(name) })),
  )

/** Nothing tells of snapshots, so the list is read again after a change of this page. */
async function deleteSnapshot({ name }: Snapshot, reload: () => void): Promise<void> {
  if (await act(calling('DELETE', snapshotPath(name), say('control.snapshotDeleted', { name: visible(name) }))))
    reload()
}

const snapshotColumns = (reload: () => void): readonly Column<Snapshot>[] => [
  { head: say('control.snapshotName'), kind: 'main', cell: ({ name }) => visible(name) },
  { head: say('control.simulation'), cell: one => one.now?.slice(0, 19).replace('T', ' ') ?? '–' },
  { head: say('control.size'), kind: 'number', cell: ({ bytes }) => `${Math.ceil(bytes / 1024)} kB` },
  {
    head: say('jobs.actions'),
    kind: 'actions',
    cell: one => (
      <div class="buttons">
        <button
          type="button"
          aria-label={say('control.restoreNamed', { name: visible(one.name) })}
          onClick={() => restore(one)}
        >
          {say('control.restore')}
        </button>
        <button
          type="button"
          aria-label={say('control.deleteNamed', { name: visible(one.name) })}
          onClick={() => deleteSnapshot(one, reload)}
        >
          {say('job.delete')}
        </button>
      </div>
    ),
  },
]

function SaveSnapshot({ onSaved }: { onSaved: () => void }) {
  const [name, setName] = useState('')
  const save = async () => {
    if (name === '') return
    if (!(await act(calling('PUT', snapshotPath(name), say('control.snapshotSaved', { name: visible(name) }))))) return
    setName('')
    onSaved()
  }
  return (
    <Form class="row padded" onSubmit={save}>
      <TextField label={say('control.snapshotName')} value={name} onInput={setName} />
      <button type="submit" disabled={name === ''}>
        {say('app.save')}
      </button>
    </Form>
  )
}

function Snapshots() {
  const loaded = useData<{ snapshots: readonly Snapshot[] }>('/snapshots', [])
  return (
    <Panel title={say('control.snapshots')}>
      <SaveSnapshot onSaved={loaded.reload} />
      <Shown of={loaded}>
        {({ snapshots }) =>
          snapshots.length === 0 ? (
            <p class="empty">{say('control.noSnapshots')}</p>
          ) : (
            <Table
              label={say('control.snapshots')}
              rows={snapshots}
              keyOf={({ name }) => name}
              columns={snapshotColumns(loaded.reload)}
            />
          )
        }
      </Shown>
    </Panel>
  )
}

async function removeAccount(name: string): Promise<void> {
  const shown = visible(name)
  const removed = await actAfter(
    { text: say('control.removeAccountQuestion', { name: shown }), verb: say('control.remove') },
    calling('DELETE', `/accounts/${encodeURIComponent(name)}`, say('control.accountRemoved', { name: shown })),
  )
  if (removed && account.value === name) go(addressOf('control'))
}

const accountColumns = (): readonly Column<Account>[] => [
  { head: say('app.account'), kind: 'main', cell: ({ name }) => visible(name) },
  { head: say('about.jobs'), kind: 'number', cell: ({ jobs }) => jobs },
  {
    head: say('jobs.actions'),
    kind: 'actions',
    cell: ({ name }) =>
      name !== 'default' && (
        <button
          type="button"
          aria-label={say('control.removeNamed', { name: visible(name) })}
          onClick={() => removeAccount(name)}
        >
          {say('control.remove')}
        </button>
      ),
  },
]

function Accounts() {
  const loaded = useData<{ accounts: readonly Account[] }>('/accounts', ['accounts', 'jobs'])
  return (
    <Panel title={say('control.accounts')}>
      <Shown of={loaded}>
        {({ accounts }) => (
          <Table
            label={say('control.accounts')}
            rows={accounts}
            keyOf={({ name }) => name}
            columns={accountColumns()}
          />
        )}
      </Shown>
    </Panel>
  )
}

function reset(path: string, text: string, verb: string): void {
  void actAfter({ text, verb }, calling('POST', path, say('control.wasReset')))
}

/** Resets, snapshots and accounts. */
export function ControlData() {
  const name = account.value
  const shown = visible(name)
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
                say('control.resetAccountQuestion', { name: shown }),
                say('control.resetAccount'),
              )
            }
          >
            {say('control.resetAccountNamed', { name: shown })}
          </button>
        </div>
      </Panel>
      <Snapshots />
      <Accounts />
    </>
  )
}
