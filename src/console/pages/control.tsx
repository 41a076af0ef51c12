import { useState } from 'preact/hooks'
import { act, ask } from '../ask.ts'
import { ControlData } from '../control-data.tsx'
import { confirmed } from '../dialog.tsx'
import { FaultRuleDialog, ruleOf } from '../fault-rule.tsx'
import { advance, moveClock } from '../frame.tsx'
import { Page, Panel } from '../page.tsx'
import type { Fault, FaultRule } from '../shapes.ts'
import { Shown, useData } from '../state.tsx'
import { now } from '../store.ts'
import { Table } from '../table.tsx'
import { say, visible } from '../words.ts'

const farJumpMs = 31 * 24 * 3_600_000

/** Sets the simulation clock to a minute in Korean time; asks before a jump of more than 31 days. */
async function setClock(moment: string): Promise<void> {
  const time = moment.replace('T', ' ')
  const jump = Math.abs(Date.parse(`${moment}:00+09:00`) - (now.value ?? 0))
  if (jump > farJumpMs && !(await confirmed(say('clock.farJump', { time }), say('control.apply')))) return
  await moveClock({ now: `${moment}:00` }, ({ executions: count }) => say('clock.wasSet', { time, count }))
}

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
          <button type="button" disabled={moment === ''} onClick={() => setClock(moment)}>
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
  const [edited, setEdited] = useState<Fault | 'new'>()
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
          <button type="button" onClick={() => setEdited('new')}>
            {say('control.addRule')}
          </button>
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
                  cell: fault => <code>{visible(JSON.stringify(ruleOf(fault)))}</code>,
                },
                { head: say('control.matched'), kind: 'number', cell: ({ matched }) => matched },
                { head: say('control.applied'), kind: 'number', cell: ({ applied }) => applied },
                {
                  head: say('jobs.actions'),
                  kind: 'actions',
                  cell: fault => (
                    <div class="buttons">
                      <button
                        type="button"
                        aria-label={say('control.editRule', { id: fault.id })}
                        onClick={() => setEdited(fault)}
                      >
                        {say('control.edit')}
                      </button>
                      <button
                        type="button"
                        aria-label={say('control.removeNamed', { name: fault.id })}
                        onClick={() => remove(`/faults/${fault.id}`)}
                      >
                        {say('control.remove')}
                      </button>
                    </div>
                  ),
                },
              ]}
            />
          )
        }
      </Shown>
      {edited && <FaultRuleDialog fault={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Panel>
  )
}

export const ControlPage = () => (
  <Page title={say('nav.control')}>
    <Clocks />
    <Faults />
    <ControlData />
  </Page>
)
