import type { ComponentChildren } from 'preact'
import { go } from './store.ts'

interface LinkProps {
  readonly href: string
  readonly class?: string
  readonly children: ComponentChildren
  readonly current?: boolean
  readonly label?: string
}

/** A link to a page of the console: followed without loading it again, or as the reader wishes. */
export function Link({ href, class: look, children, current = false, label }: LinkProps) {
  return (
    <a
      href={href}
      class={look}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
      onClick={event => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        go(href)
      }}
    >
      {children}
    </a>
  )
}
