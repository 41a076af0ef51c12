import { useState } from 'preact/hooks'
import { ask, Problem } from './ask.ts'
import { Dialog } from './dialog.tsx'
import type { Fault, FaultRule } from './shapes.ts'
import { notice } from './store.ts'
import { say, visible } from './words.ts'

const example: FaultRule = { operation: 'getJobs', times: 2, effect: { kind: 'refuse', error: 'rate' } }

/** The rule of a fault without its counts. */
export function ruleOf({ id: _id, matched: _matched, applied: _applied, ...rule }: Fault): FaultRule {
  return rule
}

/** Adds a rule, or puts another in the place of a fault; what the emulator says against it stands below the text. */
export function FaultRuleDialog({ fault, onClose }: { fault: Fault | undefined; onClose: () => void }) {
  const [text, setText] = useState(JSON.stringify(fault ? ruleOf(fault) : example, null, 2))
  const [trouble, setTrouble] = useState<string>()
  const save = async () => {
    try {
      const body: unknown = JSON.parse(text)
      const saved = fault
        ? await ask<Fault>(`/faults/${encodeURIComponent(fault.id)}`, { method: 'PUT', body })
        : await ask<Fault>('/faults', { method: 'POST', body })
      notice.value = { text: say(fault ? 'control.changed' : 'control.added', { name: saved.id }) }
      onClose()
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      setTrouble(error instanceof Problem ? detail : say('create.badJson', { detail }))
    }
  }
  return (
    <Dialog title={fault ? say('control.editRule', { id: fault.id }) : say('control.addRule')} onClose={onClose}>
      <div class="fields">
        <label class="wide">
          <span>{say('control.ruleText')}</span>
          <textarea
            rows={12}
            spellcheck={false}
            value={text}
            onInput={({ currentTarget: { value } }) => setText(value)}
          />
        </label>
      </div>
      {trouble !== undefined && (
        <p class="trouble" role="alert">
          {visible(trouble)}
        </p>
      )}
      <div class="buttons">
        <button type="button" onClick={onClose}>
          {say('app.cancel')}
        </button>
        <button type="button" class="main" onClick={save}>
          {say('app.save')}
        </button>
      </div>
    </Dialog>
  )
}
