import { useEffect, useState } from 'preact/hooks'
import { act, ask } from '../ask.ts'
import { machineTime, secondText } from '../clock.ts'
import { ControlData } from '../control-data.tsx'
import { confirmed } from '../dialog.tsx'
import { FaultRuleDialog, ruleOf } from '../fault-rule.tsx'
import { asNamed, Choice, Form, TextField } from '../fields.tsx'
import { advance, freeze, moveClock } from '../frame.tsx'
import { watchRequests } from '../live.ts'
import { Page, Panel } from '../page.tsx'
import type { Fault, FaultRule } from '../shapes.ts'
import { Shown, useData } from '../state.tsx'
import { clock, gatewaySkew, now, tick } from '../store.ts'
import { type Column, Table } from '../table.tsx'
import { say, visible } from '../words.ts'

const farJumpMs = 31 * 24 * 3_600_000

/** Sets the simulation clock to a minute in Korean time; asks before a jump of more than 31 days. */
async function setClock(moment: string): Promise<void> {
  const time = moment.replace('T', ' ')
  const jump = Math.abs(Date.parse(`${moment}:00+09:00`) - (now.value ?? 0))
  if (jump > farJumpMs && !(await confirmed(say('clock.farJump', { time }), say('control.apply')))) return
  await moveClock({ now: `${moment}:00` }, ({ executions: count }) => say('clock.wasSet', { time, count }))
}

const jumps = [
  ['1h', 'clock.hour'],
  ['1d', 'clock.day'],
  ['7d', 'clock.week'],
] as const

const rates = ['1', '10', '60', '3600']

function Simulation() {
  const [moment, setMoment] = useState('')
  const { frozen = false, rate = 1 } = clock.value ?? {}
  const chosen = String(rate)
  return (
    <Panel title={say('control.simulation')} beside={now.value !== undefined && <b>{secondText(now.value)} KST</b>}>
      <div class="row padded">
        <button type="button" onClick={() => freeze(!frozen)}>
          {say(frozen ? 'clock.resume' : 'clock.freeze')}
        </button>
        {jumps.map(([text, word]) => (
          <button
            key={text}
            type="button"
            aria-label={`+${text}: ${say('clock.advance', { time: say(word) })}`}
            onClick={() => advance(text, say(word))}
          >
            +{text}
          </button>
        ))}
        <button type="button" onClick={() => moveClock({ system: true }, () => say('clock.isSystem'))}>
          {say('clock.system')}
        </button>
      </div>
      <Form class="row padded" onSubmit={() => moment !== '' && void setClock(moment)}>
        <TextField label={say('control.set')} type="datetime-local" value={moment} onInput={setMoment} />
        <button type="submit" disabled={moment === ''}>
          {say('control.apply')}
        </button>
        <Choice<string>
          label={say('control.rate')}
          value={chosen}
          options={asNamed(rates.includes(chosen) ? rates : [chosen, ...rates])}
          onChange={value => void moveClock({ rate: Number(value) }, () => `${say('control.rate')}: ${value}`)}
        />
      </Form>
    </Panel>
  )
}

function Gateway() {
  const [typed, setTyped] = useState<string>()
  const known = gatewaySkew.value
  const skew = typed ?? String(known / 1000)
  tick.value
  const apply = async () => {
    const gatewaySkewMs = Math.round(Number(skew) * 1000)
    if (await moveClock({ gatewaySkewMs }, () => `${say('control.skew')}: ${skew}`)) setTyped(undefined)
  }
  return (
    <Panel title={say('control.gateway')} beside={<b>{secondText(machineTime() + known)} KST</b>}>
      <p class="muted padded">{say('control.gatewayHelp')}</p>
      <Form class="row padded" onSubmit={apply}>
        <TextField label={say('control.skew')} type="number" value={skew} onInput={setTyped} />
        <button type="submit">{say('control.apply')}</button>
      </Form>
    </Panel>
  )
}

const addRules = (name: string, rules: readonly FaultRule[]) =>
  act(async () => {
    for (const body of rules) await ask('/faults', { method: 'POST', body })
    return { text: say('control.added', { name }) }
  })

const removeRules = (path: string) =>
  act(async () => {
    await ask(path, { method: 'DELETE' })
    return { text: say('control.removed') }
  })

function Presets() {
  const { data } = useData<{ presets: readonly { name: string; faults: readonly FaultRule[] }[] }>('/fault-presets', [])
  return (
    <fieldset class="buttons padded presets">
      <legend class="unseen">{say('control.presets')}</legend>
      <span class="muted" aria-hidden="true">
        {say('control.presets')}
      </span>
      {data?.presets.map(({ name, faults }) => (
        <button key={name} type="button" onClick={() => addRules(name, faults)}>
          {name}
        </button>
      ))}
    </fieldset>
  )
}

const faultColumns = (onEdit: (fault: Fault) => void): readonly Column<Fault>[] => [
  { head: say('control.id'), kind: 'main', cell: ({ id }) => id },
  { head: say('control.rule'), kind: 'wide', cell: fault => <code>{visible(JSON.stringify(ruleOf(fault)))}</code> },
  { head: say('control.matched'), kind: 'number', cell: ({ matched }) => matched },
  { head: say('control.applied'), kind: 'number', cell: ({ applied }) => applied },
  {
    head: say('jobs.actions'),
    kind: 'actions',
    cell: fault => (
      <div class="buttons">
        <button type="button" aria-label={say('control.editRule', { id: fault.id })} onClick={() => onEdit(fault)}>
          {say('control.edit')}
        </button>
        <button
          type="button"
          aria-label={say('control.removeNamed', { name: fault.id })}
          onClick={() => removeRules(`/faults/${fault.id}`)}
        >
          {say('control.remove')}
        </button>
      </div>
    ),
  },
]

function Faults() {
  const faults = useData<{ faults: readonly Fault[] }>('/faults', ['faults'])
  const [edited, setEdited] = useState<Fault | 'new'>()
  // Each request may have been matched by a rule.
  useEffect(() => watchRequests(faults.reload), [faults.reload])
  const list = faults.data?.faults ?? []
  return (
    <Panel
      title={say('control.faults')}
      beside={
        <div class="buttons">
          <button type="button" onClick={() => setEdited('new')}>
            {say('control.addRule')}
          </button>
          <button type="button" disabled={list.length === 0} onClick={() => removeRules('/faults')}>
            {say('control.removeAll')}
          </button>
        </div>
      }
    >
      <Presets />
      <Shown of={faults}>
        {() =>
          list.length === 0 ? (
            <p class="empty">{say('control.noFaults')}</p>
          ) : (
            <Table label={say('control.faults')} rows={list} keyOf={({ id }) => id} columns={faultColumns(setEdited)} />
          )
        }
      </Shown>
      {edited && <FaultRuleDialog fault={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Panel>
  )
}

export const ControlPage = () => (
  <Page title={say('nav.control')}>
    <div class="columns">
      <Simulation />
      <Gateway />
    </div>
    <Faults />
    <ControlData />
  </Page>
)
