import { useMemo } from 'preact/hooks'
import { layout } from './layers.ts'
import { say, visible } from './words.ts'

/** A node as it is drawn. */
export interface DrawnNode {
  readonly id: string
  readonly name: string
  readonly parents: readonly string[]
  /** What it is, above its name. */
  readonly kind: string
  readonly tone: 'source' | 'transform' | 'target' | 'trigger' | 'job'
  /** False: its job or trigger was deleted. */
  readonly there: boolean
}

interface GraphProps {
  readonly title: string
  readonly nodes: readonly DrawnNode[]
  readonly chosen?: string | undefined
  readonly onChoose?: (id: string) => void
}

const box = { width: 196, height: 52, gapX: 64, gapY: 28, margin: 4 }

const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** Nodes and the lines between them, from left to right, and the same as a list. */
export function Graph({ title, nodes, chosen, onChoose }: GraphProps) {
  const { places, edges, columns, rows } = useMemo(() => layout(nodes), [nodes])
  const at = (id: string) => {
    const { column = 0, row = 0 } = places.get(id) ?? {}
    return {
      x: box.margin + column * (box.width + box.gapX),
      y: box.margin + row * (box.height + box.gapY),
    }
  }
  const width = columns * (box.width + box.gapX) - box.gapX + 2 * box.margin
  const height = rows * (box.height + box.gapY) - box.gapY + 2 * box.margin
  const nameOf = (id: string) => visible(nodes.find(node => node.id === id)?.name ?? id)
  const choose = (id: string) => () => onChoose?.(id)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls takes the focus */}
      <section class="scroll graph" aria-label={title} tabIndex={0}>
        <svg width={width} height={height} aria-hidden="true">
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
              <path d="M0 0L8 4L0 8z" />
            </marker>
          </defs>
          {edges.map(({ from, to }) => {
            const [start, end] = [at(from), at(to)]
            const [x1, y1] = [start.x + box.width + 2, start.y + box.height / 2]
            const [x2, y2] = [end.x - 2, end.y + box.height / 2]
            const bend = (x2 - x1) / 2
            const line = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
            return <path key={`${from} ${to}`} class="edge" d={line} marker-end="url(#arrow)" />
          })}
        </svg>
        {nodes.map(({ id, name, kind, tone, there }) => {
          const { x, y } = at(id)
          const look = `node tone-${tone} ${there ? '' : 'gone'} ${chosen === id ? 'chosen' : ''}`
          const style = { left: `${x}px`, top: `${y}px`, width: `${box.width}px`, height: `${box.height}px` }
          const content = (
            <>
              <small>{there ? kind : `${kind} · ${say('node.gone')}`}</small>
              <b>{short(visible(name), 40)}</b>
            </>
          )
          return onChoose ? (
            <button key={id} type="button" class={look} style={style} aria-pressed={chosen === id} onClick={choose(id)}>
              {content}
            </button>
          ) : (
            <div key={id} class={look} style={style}>
              {content}
            </div>
          )
        })}
        <div class="graph-size" style={{ width: `${width}px`, height: `${height}px` }} />
      </section>
      <details class="as-list">
        <summary>{say('job.nodeList')}</summary>
        <ol>
          {nodes.map(({ id, name, kind, parents }) => (
            <li key={id}>
              {kind}: {visible(name)}
              {parents.length > 0 && ` (${say('job.after', { names: parents.map(nameOf).join(', ') })})`}
            </li>
          ))}
        </ol>
      </details>
    </>
  )
}
