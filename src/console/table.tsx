import type { ComponentChildren } from 'preact'
import { narrow, route } from './store.ts'
import { say } from './words.ts'

export interface Column<Row> {
  readonly head: string
  readonly cell: (row: Row) => ComponentChildren
  /** `main` is the heading of a card on a small screen, `actions` stand beside it. */
  readonly kind?: 'main' | 'actions' | 'number' | 'wide' | 'quiet'
}

interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string | number
  readonly rowClass?: (row: Row) => string
}

/** A table; on a small screen each row is a card with the same labels. The roles stay when it is laid out so. */
export function Table<Row>({ label, columns, rows, keyOf, rowClass }: TableProps<Row>) {
  return (
    <table class="table" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ head, kind }) => (
            <th key={head} scope="col" role="columnheader" class={kind}>
              {kind === 'actions' ? <span class="unseen">{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(row => (
          <tr key={keyOf(row)} role="row" class={rowClass?.(row)}>
            {columns.map(({ head, cell, kind }) =>
              kind === 'main' ? (
                <th key={head} scope="row" role="rowheader" class="main">
                  {cell(row)}
                </th>
              ) : (
                <td key={head} role="cell" class={kind} data-label={head}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The steps between the pages of a list, whose number stands in the address. */
export function Pager({ count, limit }: { count: number; limit: number }) {
  const page = Math.max(0, Number(route.value.query.page) || 0)
  const pages = Math.max(1, Math.ceil(count / limit))
  if (pages === 1 && page === 0) return null
  const turn = (by: number) => () => narrow({ page: page + by === 0 ? undefined : page + by })
  return (
    <nav class="pager" aria-label={say('app.pageNumber', { page: page + 1, pages })}>
      <button type="button" disabled={page === 0} aria-label={say('app.previous')} onClick={turn(-1)}>
        ‹
      </button>
      <span>{say('app.pageNumber', { page: page + 1, pages })}</span>
      <button type="button" disabled={page + 1 >= pages} aria-label={say('app.next')} onClick={turn(1)}>
        ›
      </button>
    </nav>
  )
}
