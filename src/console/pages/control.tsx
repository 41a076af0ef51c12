import { useState } from 'preact/hooks'
import { act, ask } from '../ask.ts'
import { confirmed } from '../dialog.tsx'
import { advance, moveClock } from '../frame.tsx'
import { Page, Panel } from '../page.tsx'
import type { Fault, FaultRule } from '../shapes.ts'
import { Shown, useData } from '../state.tsx'
import { account } from '../store.ts'
import { Table } from '../table.tsx'
import { say, visible } from '../words.ts'

function Clocks() {
  const [moment, setMoment] = useState('')
  const [rate, setRate] = useState('1')
  const [skew, setSkew] = useState('0')
  return (
    <div class="columns">
      <Panel title={say('control.simulation')}>
        <div class="fields padded">
          <button type="button" onClick={() => advance('7d', say('clock.week'))}>
            +7d
          </button>
          <label>
            <span>{say('control.set')}</span>
            <input type="datetime-local" value={moment} onInput={({ currentTarget: { value } }) => setMoment(value)} />
          </label>
          <button
            type="button"
            disabled={moment === ''}
            onClick={() =>
              moveClock({ now: `${moment}:00` }, ({ executions: count }) =>
                say('clock.wasSet', { time: moment.replace('T', ' '), count }),
              )
            }
          >
            {say('control.apply')}
          </button>
          <label>
            <span>{say('control.rate')}</span>
            <select
              value={rate}
              onChange={({ currentTarget: { value } }) => {
                setRate(value)
                void moveClock({ rate: Number(value) }, () => `${say('control.rate')}: ${value}`)
              }}
            >
              {['1', '10', '60', '3600'].map(one => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
        </div>
      </Panel>
      <Panel title={say('control.gateway')}>
        <div class="fields padded">
          <label>
            <span>{say('control.skew')}</span>
            <input type="number" value={skew} onInput={({ currentTarget: { value } }) => setSkew(value)} />
          </label>
          <button
            type="button"
            onClick={() =>
              moveClock({ gatewaySkewMs: Math.round(Number(skew) * 1000) }, () => `${say('control.skew')}: ${skew}`)
            }
          >
            {say('control.apply')}
          </button>
        </div>
      </Panel>
    </div>
  )
}

function Faults() {
  const faults = useData<{ faults: readonly Fault[] }>('/faults', ['faults'])
  const presets = useData<{ presets: readonly { name: string; faults: readonly FaultRule[] }[] }>('/fault-presets', [])
  const add = (name: string, rules: readonly FaultRule[]) =>
    act(async () => {
      for (const body of rules) await ask('/faults', { method: 'POST', body })
      return { text: say('control.added', { name }) }
    })
  const remove = (path: string) =>
    act(async () => {
      await ask(path, { method: 'DELETE' })
      return { text: say('control.removed') }
    })
  return (
    <Panel
      title={say('control.faults')}
      beside={
        <div class="buttons">
          {presets.data?.presets.map(({ name, faults }) => (
            <button key={name} type="button" onClick={() => add(name, faults)}>
              {name}
            </button>
          ))}
          <button type="button" onClick={() => remove('/faults')}>
            {say('control.removeAll')}
          </button>
        </div>
      }
    >
      <Shown of={faults}>
        {({ faults: list }) =>
          list.length === 0 ? (
            <p class="empty">{say('control.noFaults')}</p>
          ) : (
            <Table
              label={say('control.faults')}
              rows={list}
              keyOf={({ id }) => id}
              columns={[
                { head: say('control.id'), kind: 'main', cell: ({ id }) => id },
                {
                  head: say('control.rule'),
                  kind: 'wide',
                  cell: ({ id: _id, matched: _matched, applied: _applied, ...rule }) => (
                    <code>{visible(JSON.stringify(rule))}</code>
                  ),
                },
                { head: say('control.matched'), kind: 'number', cell: ({ matched }) => matched },
                { head: say('control.applied'), kind: 'number', cell: ({ applied }) => applied },
                {
                  head: say('jobs.actions'),
                  kind: 'actions',
                  cell: ({ id }) => (
                    <button type="button" onClick={() => remove(`/faults/${id}`)}>
                      {say('control.remove')}
                    </button>
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

async function reset(question: string, verb: string, path: string): Promise<void> {
  if (!(await confirmed(question, verb))) return
  await act(async () => {
    await ask(path, { method: 'POST' })
    return { text: say('control.wasReset') }
  })
}

export const ControlPage = () => (
  <Page title={say('nav.control')}>
    <Clocks />
    <Faults />
    <Panel title={say('control.data')}>
      <div class="buttons padded">
        <button type="button" onClick={() => reset(say('control.resetAllQuestion'), say('control.resetAll'), '/reset')}>
          {say('control.resetAll')}
        </button>
        <button
          type="button"
          onClick={() =>
            reset(
              say('control.resetAccountQuestion', { name: account.value }),
              say('control.resetAccount'),
              `/reset?account=${encodeURIComponent(account.value)}`,
            )
          }
        >
          {say('control.resetAccount')}
        </button>
      </div>
    </Panel>
  </Page>
)
