import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Form } from './fields.tsx'
import { say, visible } from './words.ts'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A window above the page. The browser keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement
    const shown = box.current
    shown?.showModal()
    return () => {
      shown?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={box}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}

interface FormDialogProps extends DialogProps {
  readonly verb: string
  /** False while it cannot be done yet. */
  readonly ready?: boolean
  /** Does it; what goes wrong is shown below the fields. */
  readonly onSubmit: () => Promise<void>
  /** Buttons beside *Cancel*. */
  readonly more?: ComponentChildren
}

/** A dialog with fields: it closes when what it is for was done. */
export function FormDialog({ title, verb, ready = true, onSubmit, onClose, more, children }: FormDialogProps) {
  const [trouble, setTrouble] = useState<string>()
  const submit = async () => {
    try {
      await onSubmit()
      onClose()
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <Form class="stack" onSubmit={submit}>
        {children}
        {trouble !== undefined && (
          <p class="trouble" role="alert">
            {visible(trouble)}
          </p>
        )}
        <div class="buttons">
          {more}
          <button type="button" onClick={onClose}>
            {say('app.cancel')}
          </button>
          <button type="submit" class="main" disabled={!ready}>
            {verb}
          </button>
        </div>
      </Form>
    </Dialog>
  )
}

interface Question {
  readonly text: string
  readonly verb: string
  readonly answer: (yes: boolean) => void
}
const question = signal<Question | undefined>(undefined)

/** Asks before something that cannot be undone. */
export const confirmed = (text: string, verb: string): Promise<boolean> =>
  new Promise(resolve => {
    question.value = {
      text,
      verb,
      answer(yes) {
        question.value = undefined
        resolve(yes)
      },
    }
  })

/** Where questions appear. */
export function Questions() {
  const asked = question.value
  if (!asked) return null
  return (
    <Dialog title={asked.verb} onClose={() => asked.answer(false)}>
      <p>{asked.text}</p>
      <div class="buttons">
        <button type="button" autofocus onClick={() => asked.answer(false)}>
          {say('app.cancel')}
        </button>
        <button type="button" class="danger" onClick={() => asked.answer(true)}>
          {asked.verb}
        </button>
      </div>
    </Dialog>
  )
}
