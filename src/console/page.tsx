import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { steps } from './store.ts'
import { say } from './words.ts'

interface PageProps {
  readonly title: string
  /** In the place of the title on the page. */
  readonly heading?: ComponentChildren
  readonly above?: ComponentChildren
  readonly beside?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

/** A page with its one heading, which takes the focus when somebody comes to it. */
export function Page({ title, heading, above, beside, actions, children }: PageProps) {
  const top = useRef<HTMLHeadingElement>(null)
  const step = steps.value
  useEffect(() => {
    if (step > 0) top.current?.focus({ preventScroll: true })
  }, [step])
  useEffect(() => {
    document.title = `${title} · Data Flow ${say('app.emulator')}`
  }, [title])
  return (
    <>
      {above}
      <div class="page-top">
        <div class="page-title">
          <h1 ref={top} tabIndex={-1}>
            {heading ?? title}
          </h1>
          {beside}
        </div>
        {actions && <div class="buttons">{actions}</div>}
      </div>
      {children}
    </>
  )
}

interface PanelProps {
  readonly title?: string
  readonly beside?: ComponentChildren
  readonly children: ComponentChildren
  readonly class?: string
}

/** A box of a page with a heading of its own. */
export const Panel = ({ title, beside, children, class: look = '' }: PanelProps) => (
  <section class={`panel ${look}`}>
    {title !== undefined && (
      <div class="panel-top">
        <h2>{title}</h2>
        {beside}
      </div>
    )}
    {children}
  </section>
)

interface FactsProps {
  readonly of: readonly (readonly [string, ComponentChildren])[]
  /** One below the other, each name beside its value. */
  readonly rows?: boolean
}

/** Names and values. */
export const Facts = ({ of: facts, rows = false }: FactsProps) => (
  <dl class={rows ? 'facts rows' : 'facts'}>
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
