import { bytesOf } from './bytes.ts'
import { unescaped } from './escapes.ts'

/** Secrets shorter than this are parts of ordinary words; they are not hidden. */
const shortestSecret = 8

/** What stands for a secret key in everything that is shown. */
const placeholder = '(secret key)'

/** A text in which positions of the original can be found. */
interface View {
  readonly text: string
  /** Where each character, and the end, is in the original; absent: at the same place. */
  readonly starts?: () => readonly number[]
}

/** Letter case, and characters that an encoding replaces by each other, do not count. Keeps the length. */
const folded = (text: string): string =>
  text.replaceAll('\u0130', 'i').toLowerCase().replace(/[+-]/g, ' ').replaceAll('_', '/')

const escapes =
  /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,4});|&#([0-9]{1,5});|\\(["'\\/])|(\0)/gi

/** What an escape stands for; undefined for one of another kind than the one that begins with `kind`. */
function meaningOf(match: readonly (string | undefined)[], kind: string): string | undefined {
  const [whole = '', byte, unit, short, hex, decimal, plain, skipped] = match
  if (!whole.startsWith(kind)) return undefined
  if (skipped !== undefined) return ''
  const digits = byte ?? unit ?? short ?? hex
  return plain ?? String.fromCharCode(digits === undefined ? Number(decimal) : Number.parseInt(digits, 16))
}

/** Where each character of the decoded text, and its end, is in the original. */
function startsOf({ text, starts }: View, kind: string): number[] {
  const before = starts?.()
  const places: number[] = []
  let end = 0
  const copy = (to: number) => {
    for (; end < to; end++) places.push(before?.[end] ?? end)
  }
  for (const match of text.matchAll(escapes)) {
    const meaning = meaningOf(match, kind)
    if (meaning === undefined) continue
    copy(match.index)
    if (meaning !== '') places.push(before?.[end] ?? end)
    end += match[0].length
  }
  copy(text.length + 1)
  return places
}

/** Whether no other escape than those of URLs can be in a text. */
const onlyPercent = (text: string): boolean => !/[\\\0]|&#/.test(text)

/** The view with its escapes decoded once, or only those that begin with `kind`; undefined where there are none. */
function decoded(view: View, kind: string): View | undefined {
  const text = onlyPercent(view.text)
    ? unescaped(view.text)
    : view.text.replace(escapes, (...match) => meaningOf(match, kind) ?? match[0])
  if (text === view.text) return undefined
  let starts: readonly number[] | undefined
  return {
    text,
    starts: () => {
      starts ??= startsOf(view, kind)
      return starts
    },
  }
}

/** How often an escape can be escaped. */
const mostDecodings = 3

/** The text as it is, then with all escapes decoded, then with one kind of them, as a secret may hold what looks like another. */
function* viewsOf(text: string): Iterable<View> {
  yield { text: folded(text) }
  const kinds = ['%', '\\', '&#', '\0'].filter(kind => text.includes(kind))
  for (const kind of kinds.length > 1 ? ['', ...kinds] : ['']) {
    let view = decoded({ text }, kind)
    for (let times = 1; view !== undefined && times <= mostDecodings; times++) {
      yield { ...view, text: folded(view.text) }
      view = decoded(view, kind)
    }
  }
}

/** The letters of Base64 that a secret gives, whatever stands before and behind it. */
function* base64Of(bytes: string): Iterable<string> {
  for (const before of [0, 1, 2]) {
    const text = Buffer.from('\0'.repeat(before) + bytes, 'latin1').toString('base64')
    yield text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  }
}

/** The forms in which a secret is looked for, beside escapes. */
function* formsOf(secret: string): Iterable<string> {
  const bytes = bytesOf(secret)
  for (const text of new Set([secret, bytes])) {
    yield text
    yield [...text].reverse().join('')
  }
  yield Buffer.from(bytes, 'latin1').toString('hex')
  yield* base64Of(bytes)
}

/** How many characters of a form are its key in the index. */
const keyLength = 8
const pairOf = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 0xff) << 8) | (text.charCodeAt(at + 1) & 0xff)

/** Texts by their beginnings, to find any of thousands in one pass. */
function indexOf(secrets: readonly string[]) {
  const byStart = new Map<string, string[]>()
  const isStart = new Uint8Array(0x10000)
  for (const secret of secrets) {
    for (const form of formsOf(secret)) {
      const text = folded(form)
      const key = text.slice(0, keyLength)
      const same = byStart.get(key)
      if (same) same.push(text)
      else byStart.set(key, [text])
      isStart[pairOf(text, 0)] = 1
    }
  }
  /** The longest of the texts that begins here, by its length; 0: none. */
  return (text: string, at: number): number => {
    if (isStart[pairOf(text, at)] !== 1) return 0
    const found = byStart.get(text.slice(at, at + keyLength))
    return found?.reduce((most, form) => (text.startsWith(form, at) ? Math.max(most, form.length) : most), 0) ?? 0
  }
}

/** Replaces secrets in a text. */
export type Hide = (text: string) => string

function createHide(secrets: readonly string[]): Hide {
  const hidden = secrets.filter(secret => secret.length >= shortestSecret)
  if (hidden.length === 0) return text => text
  const lengthAt = indexOf(hidden)
  return text => {
    const spans: [number, number][] = []
    for (const { text: view, starts } of viewsOf(text)) {
      for (let at = 0; at + keyLength <= view.length; at++) {
        const length = lengthAt(view, at)
        if (length > 0) spans.push([starts?.()[at] ?? at, starts?.()[at + length] ?? at + length])
      }
    }
    if (spans.length === 0) return text
    let shown = ''
    let end = 0
    for (const [from, to] of spans.sort(([one], [other]) => one - other)) {
      if (from >= end) shown += text.slice(end, from) + placeholder
      end = Math.max(end, to)
    }
    return shown + text.slice(end)
  }
}

let latest: { readonly secrets: readonly string[]; readonly hide: Hide } = { secrets: [], hide: text => text }

/**
 * A function that replaces the secrets in a text: as they are, in any letter case, reversed, in hexadecimal, in Base64,
 * percent-encoded or with other escapes. The one for the latest list is kept.
 */
export function hideSecrets(secrets: readonly string[]): Hide {
  const isLatest =
    secrets.length === latest.secrets.length && secrets.every((secret, at) => secret === latest.secrets[at])
  if (!isLatest) latest = { secrets, hide: createHide(secrets) }
  return latest.hide
}
