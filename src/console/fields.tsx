import type { ComponentChildren } from 'preact'
import { say, visible } from './words.ts'

interface SelectProps<Value extends string> {
  readonly label: string
  readonly value: Value
  /** Values and what they are called. */
  readonly options: readonly (readonly [Value, string])[]
  readonly onChange: (value: Value) => void
  readonly class?: string
}

/** A choice whose label is for screen readers alone, such as a filter above a list. */
export const Select = <Value extends string>({ label, value, options, onChange, class: look }: SelectProps<Value>) => (
  <select
    class={look}
    aria-label={label}
    value={value}
    onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}
  >
    {options.map(([one, name]) => (
      <option key={one} value={one}>
        {name}
      </option>
    ))}
  </select>
)

/** Each value called by its own name. */
export const asNamed = <Value extends string>(values: readonly Value[]) =>
  values.map(value => [value, visible(value)] as const)

/** A choice below its label. */
export const Choice = <Value extends string>({ label, value, options, onChange }: SelectProps<Value>) => (
  <label>
    <span>{label}</span>
    <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}>
      {options.map(([one, name]) => (
        <option key={one} value={one}>
          {name}
        </option>
      ))}
    </select>
  </label>
)

const inputTypes = {
  text: { type: 'text' },
  number: { type: 'number' },
  'datetime-local': { type: 'datetime-local' },
} as const

interface TextProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly type?: keyof typeof inputTypes
  readonly min?: number
  readonly mono?: boolean
  readonly wide?: boolean
}

export const TextField = ({ label, value, onInput, type = 'text', min, mono = false, wide = false }: TextProps) => (
  <label class={wide ? 'wide' : undefined}>
    <span>{label}</span>
    <input
      {...inputTypes[type]}
      min={min}
      class={mono ? 'mono' : undefined}
      spellcheck={false}
      value={value}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  </label>
)

/** A text of several lines, such as JSON. */
export const TextArea = ({ label, value, onInput, rows }: TextProps & { readonly rows: number }) => (
  <label class="wide">
    <span>{label}</span>
    <textarea
      rows={rows}
      spellcheck={false}
      value={value}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  </label>
)

const methods = asNamed(['GET', 'POST', 'PUT', 'DELETE'] as const)

interface CallProps {
  readonly method: string
  readonly target: string
  readonly onMethod: (method: string) => void
  readonly onTarget: (target: string) => void
}

/** Method, path and query of a call. */
export const CallFields = ({ method, target, onMethod, onTarget }: CallProps) => (
  <>
    <Choice<string> label={say('signer.method')} value={method} options={methods} onChange={onMethod} />
    <TextField label={say('signer.target')} value={target} onInput={onTarget} mono wide />
  </>
)

interface FormProps {
  readonly onSubmit: () => void
  readonly class?: string
  readonly children: ComponentChildren
}

/** Fields that Enter submits. Nothing is sent by the browser itself. */
export const Form = ({ onSubmit, class: look, children }: FormProps) => (
  <form
    class={look}
    noValidate
    onSubmit={event => {
      event.preventDefault()
      onSubmit()
    }}
  >
    {children}
  </form>
)
