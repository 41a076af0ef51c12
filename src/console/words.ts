import { signal } from '@preact/signals'
import { en, type WordKey, type Words } from './words/en.ts'
import { ko } from './words/ko.ts'

export type Language = 'en' | 'ko'

/** The language of the page, as the server or the reader chose it. */
export const language = signal<Language>('en')

const words: Readonly<Record<Language, Words>> = { en, ko }

export type Values = Readonly<Record<string, string | number>>

/** A text with its values filled in. */
export const fill = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** The words of a key in the language of the page. */
export const say = (key: WordKey, values: Values = {}): string => fill(words[language.value][key], values)

/** The same for a number of things: one of them has a form of its own. */
export function sayCount(key: WordKey, count: number): string {
  const one = `${key}.one`
  return say(count === 1 && one in en ? (one as WordKey) : key, { count })
}

const hidden = /(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** A text of somebody else: control characters and those that turn the direction of text are written out. */
export const visible = (text: string): string =>
  text.replace(hidden, sign => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
