import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { say } from './words.ts'

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
