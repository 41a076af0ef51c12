import { isUtf8 } from 'node:buffer'

/** Text that is not JSON; the message is one line and says where. */
export class JsonError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'JsonError'
  }
}

function notJson(message: string): never {
  throw new JsonError(message)
}

/**
 * JSON text that is written as it stands. The reader keeps a number as its digits where JavaScript would round it;
 * a reply splices a stored document.
 */
export class RawJson {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** Only `writeJson` writes it: `JSON.stringify` would turn it into something else. */
  toJSON(): never {
    throw new TypeError('RawJson is written by writeJson')
  }
}

/** A list that only `jsonParts` writes, one slice after the other. */
export class JsonSlices {
  readonly slices: Iterable<readonly unknown[]>

  constructor(slices: Iterable<readonly unknown[]>) {
    this.slices = slices
  }
}

export interface JsonObject {
  readonly [key: string]: Json
}

/** A JSON value as read from a text; the key `__proto__` is a member like any other. */
export type Json = null | boolean | number | string | RawJson | readonly Json[] | JsonObject

export const isJsonObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RawJson)

/** How deep lists and objects may stand in one another. */
const deepest = 100

const numberForm = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
/** Everything but the quote, the backslash and control characters. */
const plainStretch = /[ !#-[\]-\uffff]*/y
const escapeForm = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Digits and exponent of a number, the same for every way of writing it: 1.50, 15e-1 and 0.15e1 are 15 and -1. */
function decimal(literal: string): string {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)
  return significant === '' ? '0' : `${significant}e${power}`
}

/** Literals up to here are compared digit by digit; longer ones are kept as text without a look. */
const longestCompared = 400

/** The number of a literal, or its text where the number would be written as another value. */
function numberOf(literal: string): number | RawJson {
  const value = Number(literal)
  if (!/[.eE]/.test(literal)) return Number.isSafeInteger(value) ? value : new RawJson(literal)
  const same =
    literal.length <= longestCompared && Number.isFinite(value) && decimal(String(value)) === decimal(literal)
  return same ? value : new RawJson(literal)
}

const ordinary = { writable: true, enumerable: true, configurable: true }

class Reader {
  private readonly text: string
  private at = 0
  private depth = 0

  constructor(text: string) {
    this.text = text
  }

  document(): Json {
    this.blanks()
    if (this.at === this.text.length) notJson('the body is empty, expected JSON')
    const value = this.value()
    if (this.at < this.text.length) this.fail('the end of the text')
    return value
  }

  private blanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.at++
    }
  }

  private place(): string {
    const before = this.text.slice(0, this.at)
    return `line ${before.split('\n').length}, column ${this.at - before.lastIndexOf('\n')}`
  }

  private fail(expected: string): never {
    const point = this.text.codePointAt(this.at)
    const found = point === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(point))
    return notJson(`the body is not JSON: ${this.place()}: expected ${expected}, found ${found}`)
  }

  /** Whether `mark` comes next; steps over it and the blanks behind it. */
  private took(mark: string): boolean {
    if (this.text[this.at] !== mark) return false
    this.at++
    this.blanks()
    return true
  }

  private matched(form: RegExp): string {
    form.lastIndex = this.at
    const found = form.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  private value(): Json {
    const value = this.bareValue()
    this.blanks()
    return value
  }

  private bareValue(): Json {
    switch (this.text[this.at]) {
      case '{':
        return this.nested(() => this.object())
      case '[':
        return this.nested(() => this.list())
      case '"':
        return this.string()
      case 't':
        return this.word('true', true)
      case 'f':
        return this.word('false', false)
      case 'n':
        return this.word('null', null)
      default:
        return this.number()
    }
  }

  private nested<T>(read: () => T): T {
    if (this.depth === deepest) {
      notJson(`the body nests deeper than ${deepest} levels: ${this.place()}`)
    }
    this.depth++
    const value = read()
    this.depth--
    return value
  }

  private object(): JsonObject {
    const members: Record<string, Json> = {}
    this.took('{')
    if (this.took('}')) return members
    do {
      if (this.text[this.at] !== '"') this.fail('a key in double quotes')
      const key = this.string()
      this.blanks()
      if (!this.took(':')) this.fail('":"')
      const value = this.value()
      if (key === '__proto__') Object.defineProperty(members, key, { value, ...ordinary })
      else members[key] = value
    } while (this.took(','))
    if (!this.took('}')) this.fail('"," or "}"')
    return members
  }

  private list(): Json[] {
    const elements: Json[] = []
    this.took('[')
    if (this.took(']')) return elements
    do elements.push(this.value())
    while (this.took(','))
    if (!this.took(']')) this.fail('"," or "]"')
    return elements
  }

  private string(): string {
    const start = this.at++
    this.matched(plainStretch)
    if (this.text[this.at] === '"') return this.text.slice(start + 1, this.at++)
    while (this.text[this.at] === '\\') {
      if (this.matched(escapeForm) === '') this.fail('an escape that JSON knows')
      this.matched(plainStretch)
    }
    if (this.text[this.at] !== '"') this.fail(this.at < this.text.length ? 'control characters escaped' : '"\\""')
    return JSON.parse(this.text.slice(start, ++this.at)) as string
  }

  private word<T>(word: string, meaning: T): T {
    if (!this.text.startsWith(word, this.at)) this.fail('a value')
    this.at += word.length
    return meaning
  }

  private number(): number | RawJson {
    const literal = this.matched(numberForm)
    if (literal === '') this.fail('a value')
    return numberOf(literal)
  }
}

/** Reads JSON text as RFC 8259 has it. The last of several equal keys counts. */
export const readJson = (text: string): Json => new Reader(text).document()

const byteOrderMark = '\ufeff'

/** The first bytes of compressed data. Brotli has none. */
const compressions: readonly { readonly name: string; readonly starts: readonly string[] }[] = [
  { name: 'gzip', starts: ['1f8b'] },
  { name: 'zstd', starts: ['28b52ffd'] },
  { name: 'deflate', starts: ['7801', '785e', '789c', '78da'] },
]

/** Reads the bytes of a request body; a byte order mark before the JSON is passed over. */
export function readJsonBytes(bytes: Uint8Array): Json {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  const compressed = compressions.find(({ starts }) => starts.some(each => start.startsWith(each)))
  if (compressed) {
    notJson(`the body is compressed (${compressed.name}): send it without Content-Encoding, as plain JSON`)
  }
  if (!isUtf8(bytes)) notJson('the body is not UTF-8')
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return readJson(text.startsWith(byteOrderMark) ? text.slice(1) : text)
}

/** Writes plain data as compact JSON, raw parts as they stand; members that are `undefined` stay out. */
export function writeJson(value: unknown): string {
  if (value instanceof RawJson) return value.text
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members: string[] = []
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${writeJson(member)}`)
  }
  return `{${members.join(',')}}`
}

function* partsOf(members: readonly (readonly [string, unknown])[]): Iterable<string> {
  let before = '{'
  for (const [key, member] of members) {
    const name = `${before}${JSON.stringify(key)}:`
    before = ','
    if (!(member instanceof JsonSlices)) yield name + writeJson(member)
    else {
      let open = `${name}[`
      for (const slice of member.slices) {
        if (slice.length === 0) continue
        yield open + slice.map(writeJson).join(',')
        open = ','
      }
      yield open === ',' ? ']' : `${open}]`
    }
  }
  yield before === '{' ? '{}' : '}'
}

/** Writes an object as `writeJson` does; in parts where one of its members is a `JsonSlices`. */
export function jsonParts(value: unknown): string | Iterable<string> {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return members.some(([, member]) => member instanceof JsonSlices)
    ? partsOf(members.filter(([, member]) => member !== undefined))
    : writeJson(value)
}

/** Writes plain data as JSON for people: two spaces a level, raw parts as they stand. */
export function indentedJson(value: unknown, indent = ''): string {
  const isList = Array.isArray(value)
  if (value instanceof RawJson || typeof value !== 'object' || value === null) return writeJson(value)
  const inner = `${indent}  `
  const parts = isList
    ? value.map(each => indentedJson(each, inner))
    : Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${indentedJson(member, inner)}`)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  return parts.length === 0 ? open + close : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`
}
