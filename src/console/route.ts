/** Where the console lives; every address of it begins with this. */
export const base = '/__admin/console'

export const pages = ['jobs', 'workflows', 'triggers', 'requests', 'signer', 'control', 'about'] as const
export type PageName = (typeof pages)[number]

/** An address of the console: a page, or one thing of it, with what its query says. */
export interface Route {
  /** `undefined`: there is no such page. */
  readonly page: PageName | undefined
  readonly id: string | undefined
  readonly query: Readonly<Record<string, string>>
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Reads an address of the console. */
export function routeOf(path: string, search: string): Route {
  const [page = '', id, ...more] = path.slice(base.length + 1).split('/')
  const known = pages.find(name => name === (page || 'jobs'))
  const single = known === 'jobs' || known === 'workflows' || known === 'requests'
  const fits = more.length === 0 && (id === undefined || id === '' || single)
  return {
    page: fits ? known : undefined,
    id: id === undefined || id === '' ? undefined : decoded(id),
    query: Object.fromEntries(new URLSearchParams(search)),
  }
}

/** Writes an address of the console; empty members of the query are left out. */
export function addressOf(
  page: PageName,
  id?: string | number,
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const filled = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)] as [string, string]],
  )
  const search = new URLSearchParams(filled).toString()
  const one = id === undefined ? '' : `/${encodeURIComponent(id)}`
  return `${base}/${page}${one}${search === '' ? '' : `?${search}`}`
}
