import { isJsonObject, type Json, RawJson } from './json.ts'

/** Where a value stands in the data. The JSON pointer is only put together for a message. */
export interface Place {
  readonly inside?: Place
  /** Key or index, absent for the data itself. */
  readonly key?: string | number
  /** Whose value it is, for people, such as `(node 17 "orders")`. */
  readonly whose?: string
  /** At the outermost place: reports every flaw, not only the first one. */
  readonly everyFlaw?: true
}

export const inside = (place: Place, key: string | number): Place => ({ inside: place, key })

export interface Flaw {
  readonly keys: readonly (string | number)[]
  readonly whose: string
  /** Follows the place in a message, such as `must be a text, was 1`. */
  readonly complaint: string
  readonly expected?: string | undefined
  /** The value that does not fit; absent when it is missing. */
  readonly value?: unknown
}

const escaped = (key: string | number) => String(key).replaceAll('~', '~0').replaceAll('/', '~1')

/** The JSON pointer (RFC 6901) of a value; empty for the data itself. */
export const pointerOf = (keys: readonly (string | number)[]): string => keys.map(key => `/${escaped(key)}`).join('')

/** The outermost member that a flaw belongs to, then the JSON pointer when it lies deeper. */
function messageOf({ keys, whose, complaint }: Flaw): string {
  const [first = 'the body', ...deeper] = keys
  return `${first}: ${deeper.length === 0 ? '' : `${pointerOf(keys)}${whose}: `}${complaint}`
}

export type Flaws = readonly [Flaw, ...Flaw[]]

/** Data from outside that does not fit its description. Whoever asked for it decides which error a caller sees. */
export class InvalidData extends Error {
  readonly flaws: Flaws

  constructor(flaws: Flaws) {
    super(messageOf(flaws[0]))
    this.name = 'InvalidData'
    this.flaws = flaws
  }
}

export function rootOf(place: Place): Place {
  let root = place
  while (root.inside) root = root.inside
  return root
}

/** Rejects the value at a place: throws InvalidData. */
export function reject(place: Place, complaint: string, about: Pick<Flaw, 'expected' | 'value'> = {}): never {
  const keys: (string | number)[] = []
  let whose = ''
  for (let at: Place | undefined = place; at; at = at.inside) {
    if (at.key !== undefined) keys.unshift(at.key)
    whose ||= at.whose ? ` ${at.whose}` : ''
  }
  throw new InvalidData([{ keys, whose, complaint, ...about }])
}

export const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text)

/** A value as a message shows it: short, and containers by their kind. */
export function shownValue(value: Json): string {
  if (typeof value === 'string') return quoted(value)
  if (value instanceof RawJson) return value.text.length > 80 ? `${value.text.slice(0, 80)}...` : value.text
  if (Array.isArray(value)) return `a list of ${value.length}`
  return isJsonObject(value) ? 'an object' : String(value)
}
