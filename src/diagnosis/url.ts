import { pathOf } from '../gateway/target.ts'
import { textOf, visible } from './bytes.ts'
import { unescaped } from './escapes.ts'

/** A method and a path of an edition, `{name}` for a parameter. */
export interface Route {
  readonly edition: string
  readonly method: string
  readonly path: string
}

/** What is served, and what the other editions have. */
export interface Routes {
  readonly edition: string
  /** Of all editions, the oldest first. */
  readonly all: readonly Route[]
}

const segmentsOf = (path: string): string[] => path.split('/')

/** The segments of every template, taken apart once. */
const templates = new Map<string, readonly string[]>()

function templateOf(path: string): readonly string[] {
  const known = templates.get(path)
  if (known) return known
  const segments = segmentsOf(path)
  templates.set(path, segments)
  return segments
}

/** Whether a path is one of a template's; parameters take any text but an empty one. */
function fits(path: string, template: string): boolean {
  const wanted = templateOf(template)
  const given = segmentsOf(path)
  return (
    given.length === wanted.length &&
    wanted.every((segment, at) => (segment.startsWith('{') ? given[at] !== '' : decodedSegment(given[at]) === segment))
  )
}

/** A segment as the router compares it: escapes of characters with a meaning in a URL stay. */
const decodedSegment = (segment = ''): string =>
  !segment.includes('%')
    ? segment
    : segment.replace(/%[0-9A-Fa-f]{2}/g, written =>
        '#$&+,/:;=?@'.includes(unescaped(written)) ? written : unescaped(written),
      )

/** Whether the served edition has an operation of this target, and of this method if one is given. */
export const isRoute = (method: string | undefined, target: string, { edition, all }: Routes): boolean =>
  all.some(
    route => route.edition === edition && (method ?? route.method) === route.method && fits(pathOf(target), route.path),
  )

/** A way in which paths go wrong: the path without it, and what to say. */
interface Repair {
  readonly told: string
  readonly repair: (path: string) => string
}

const base = '/api/v1'

const repairs: readonly Repair[] = [
  { told: 'without the slash at the end', repair: path => path.replace(/\/+$/, '') },
  { told: 'with single slashes', repair: path => path.replace(/\/{2,}/g, '/') },
  { told: `with ${base} in front`, repair: path => (path.startsWith(base) ? path : `${base}${path}`) },
  { told: `with ${base} in front`, repair: path => path.replace(/^\/(?:api|v1|api\/v\d+|v\d+\/api)(?=\/)/, base) },
  { told: `with ${base} once`, repair: path => path.replace(/^(\/api\/v1)+(?=\/)/, base) },
  {
    told: `without the prefix in front of ${base} (does a proxy or the base URL of the client add it?)`,
    repair: path => path.slice(Math.max(0, path.indexOf(`${base}/`))),
  },
  { told: 'in lower case', repair: path => path.toLowerCase() },
  { told: 'with the question mark of the query as it is, not as %3F', repair: path => path.split(/%3F/i, 1).join('') },
  { told: 'with a question mark in front of the query', repair: path => path.split('&', 1).join('') },
  { told: 'with slashes as they are, not as %2F', repair: path => path.replaceAll(/%2F/gi, '/') },
  {
    told: 'without the white space or quotes at its end',
    repair: path => path.replace(/(%20|%09|%0A|%0D|%22|%27|["'.,;])+$/i, ''),
  },
  { told: 'without the file ending', repair: path => path.replace(/\.(json|xml|html)$/, '') },
  {
    told: 'without the dot segments',
    repair: path => new URL(path.replaceAll(/\/{2,}/g, '/'), 'http://path').pathname,
  },
  { told: 'in the plural', repair: path => path.replace(/\/(job|workflow|trigger|execution|stat)(?=\/|$)/g, '/$1s') },
  { told: 'with a hyphen', repair: path => path.replaceAll('_', '-') },
]

/** The paths that one or two repairs give, with what they repair. */
function* repaired(path: string): Iterable<{ readonly path: string; readonly told: readonly string[] }> {
  const once = repairs
    .map(({ told, repair }) => ({ path: repair(path), told: [told] }))
    .filter(each => each.path !== path)
  yield* once
  for (const first of once) {
    for (const { told, repair } of repairs) {
      const again = repair(first.path)
      if (again !== first.path && again !== path) yield { path: again, told: [...first.told, told] }
    }
  }
}

/** How many letters two texts differ in, up to a limit. */
function distance(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1
  let row = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...left].entries()) {
    const next = [i + 1]
    for (let j = 0; j < right.length; j++) {
      next.push(Math.min((row[j] ?? 0) + (right[j] === letter ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** How far a path is from a template: letters that differ, a missing or extra segment counting as four. */
function templateDistance(path: string, template: string): number {
  const [given, wanted] = [segmentsOf(path), segmentsOf(template)]
  const missing = Math.abs(given.length - wanted.length) * 2
  return wanted.reduce(
    (sum, segment, at) =>
      sum +
      (given[at] === undefined
        ? 0
        : segment.startsWith('{')
          ? given[at] === ''
            ? 3
            : 0
          : distance(given[at] ?? '', segment, 8)),
    missing,
  )
}

/** Letters in which a path may differ from the one that was meant. */
const mostDistance = 3
/** Longer paths are not compared. */
const longestPath = 500

const list = (words: readonly string[]): string => [...new Set(words)].join(', ')

/** Where an operation of another edition is. */
function inOtherEdition(method: string, path: string, { edition, all }: Routes): string | undefined {
  const found = all.filter(route => route.method === method && fits(path, route.path))
  const [first] = found
  if (first === undefined || found.some(route => route.edition === edition)) return undefined
  const editions = found.map(route => route.edition)
  const newest = all.at(-1)?.edition ?? ''
  const from =
    first.edition > edition && editions.includes(newest) ? `from ${first.edition} on` : `in ${list(editions)}`
  const choice = first.edition > edition ? first.edition : (editions.at(-1) ?? first.edition)
  return `${method} ${first.path} exists ${from}, and this is edition ${edition}: start with --edition ${choice}`
}

/** What the served edition has at a path, for whichever method. */
const methodsAt = (path: string, { edition, all }: Routes): string[] =>
  all.filter(route => route.edition === edition && fits(path, route.path)).map(({ method }) => method)

function repairedSentence(method: string, path: string, routes: Routes): string | undefined {
  for (const each of repaired(path)) {
    const shown = `${method} ${visible(textOf(each.path))}`
    const how = each.told.join(' and ')
    if (methodsAt(each.path, routes).includes(method)) return `Send the path ${how}: ${shown}.`
    const other = inOtherEdition(method, each.path, routes)
    if (other) return `Send the path ${how}: ${shown}. ${other}.`
    const methods = methodsAt(each.path, routes)
    if (methods.length > 0)
      return `Send the path ${how}, and one of its methods (${list(methods)}): ${visible(textOf(each.path))}.`
  }
  return undefined
}

function closestSentence(method: string, path: string, { edition, all }: Routes): string | undefined {
  if (path.length > longestPath) return undefined
  const withBase = path.startsWith(`${base}/`) ? path : `${base}${path}`
  const near = all
    .filter(route => route.edition === edition)
    .map(route => ({
      route,
      distance:
        Math.min(templateDistance(path, route.path), 1 + templateDistance(withBase, route.path)) +
        (route.method === method ? 0 : 0.5),
    }))
    .sort((one, other) => one.distance - other.distance)[0]
  return near && near.distance <= mostDistance ? `Did you mean ${near.route.method} ${near.route.path}?` : undefined
}

/** A path with an empty segment where a value should be. */
function emptyValue(method: string, path: string, { edition, all }: Routes): string | undefined {
  const given = segmentsOf(path)
  const meant = all.find(route => {
    const wanted = templateOf(route.path)
    return (
      route.edition === edition &&
      route.method === method &&
      wanted.length === given.length &&
      wanted.every((segment, at) => segment.startsWith('{') || segment === given[at])
    )
  })
  if (meant === undefined) return undefined
  const shorter = path.replace(/\/+$/, '')
  const slash = all.some(route => route.edition === edition && route.method === method && fits(shorter, route.path))
    ? ` Or is there a slash at the end that does not belong there (${method} ${visible(textOf(shorter))})?`
    : ''
  return `A value in the path is empty (a variable that is not set?): ${method} ${meant.path}.${slash}`
}

/** Says what to send instead of a method and path that no operation has. */
export function unknownUrl(method: string, target: string, routes: Routes): string {
  const path = pathOf(target)
  const methods = methodsAt(path, routes)
  return (
    (method === method.toUpperCase() ? undefined : `The method must be in upper case: ${method.toUpperCase()}.`) ??
    withStop(inOtherEdition(method, path, routes)) ??
    (methods.length > 0 ? `The path exists, but not for ${method}; it has ${list(methods)}.` : undefined) ??
    emptyValue(method, path, routes) ??
    repairedSentence(method, path, routes) ??
    closestSentence(method, path, routes) ??
    `Edition ${routes.edition} has no such path; its paths begin with ${list(routes.all.filter(({ edition }) => edition === routes.edition).map(route => segmentsOf(route.path).slice(0, 4).join('/')))}.`
  )
}

const withStop = (sentence: string | undefined): string | undefined => sentence && `${sentence}.`
