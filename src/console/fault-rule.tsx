import { useState } from 'preact/hooks'
import { ask, jsonOf } from './ask.ts'
import { FormDialog } from './dialog.tsx'
import { TextArea } from './fields.tsx'
import type { Fault, FaultRule } from './shapes.ts'
import { notice } from './store.ts'
import { say } from './words.ts'

const example: FaultRule = { operation: 'getJobs', times: 2, effect: { kind: 'refuse', error: 'rate' } }

/** The rule of a fault without its counts. */
export function ruleOf({ id: _id, matched: _matched, applied: _applied, ...rule }: Fault): FaultRule {
  return rule
}

/** Adds a rule, or puts another in the place of a fault. */
export function FaultRuleDialog({ fault, onClose }: { fault: Fault | undefined; onClose: () => void }) {
  const [text, setText] = useState(JSON.stringify(fault ? ruleOf(fault) : example, null, 2))
  const save = async () => {
    const body = jsonOf(text)
    const saved = fault
      ? await ask<Fault>(`/faults/${encodeURIComponent(fault.id)}`, { method: 'PUT', body })
      : await ask<Fault>('/faults', { method: 'POST', body })
    notice.value = { text: say(fault ? 'control.changed' : 'control.added', { name: saved.id }) }
  }
  return (
    <FormDialog
      title={fault ? say('control.editRule', { id: fault.id }) : say('control.addRule')}
      verb={say('app.save')}
      onSubmit={save}
      onClose={onClose}
    >
      <TextArea label={say('control.ruleText')} rows={12} value={text} onInput={setText} />
    </FormDialog>
  )
}
