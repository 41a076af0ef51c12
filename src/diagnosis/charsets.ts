/** Writes a text in another character set, one character a byte; undefined where the set lacks a letter. */
type Encode = (text: string) => string | undefined

let koreanBytes: ReadonlyMap<string, string> | undefined

/**
 * The two bytes of every letter of EUC-KR as browsers read it (with the extension of Windows-949). Node only decodes
 * it, so the table is made by decoding every pair of bytes once; a Node without full ICU gives an empty table.
 */
function koreanTable(): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  let decoder: { decode: (bytes: Uint8Array) => string }
  try {
    decoder = new TextDecoder('euc-kr', { fatal: false })
    /* c8 ignore next 3 -- only a Node that was built without full ICU gets here */
  } catch {
    return table
  }
  for (let first = 0x81; first <= 0xfd; first++) {
    for (let second = 0x41; second <= 0xfe; second++) {
      const letter = decoder.decode(Uint8Array.of(first, second))
      if (letter.length === 1 && letter !== '\ufffd') table.set(letter, String.fromCharCode(first, second))
    }
  }
  return table
}

const eucKr: Encode = text => {
  koreanBytes ??= koreanTable()
  let bytes = ''
  for (const letter of text) {
    const pair = letter < '\u0080' ? letter : koreanBytes.get(letter)
    if (pair === undefined) return undefined
    bytes += pair
  }
  return bytes
}

const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** Latin-1 as Java writes it: a question mark for a letter that it lacks. */
const latin1: Encode = text => text.replace(/[\u{100}-\u{10ffff}]/gu, '?')
const ascii: Encode = text => text.replace(/[\u{80}-\u{10ffff}]/gu, '?')

/** Reads the bytes of UTF-8 as Latin-1 and writes them in UTF-8 again. */
const utf8Twice: Encode = text => utf8(utf8(text))

export interface Charset {
  readonly name: string
  readonly encode: Encode
  /** 2 where clients are known to do it, 3 for the others. */
  readonly rank: 2 | 3
}

/** The character sets that Korean text is signed in by mistake. */
export const charsets: readonly Charset[] = [
  { name: 'EUC-KR', encode: eucKr, rank: 2 },
  { name: 'Latin-1', encode: latin1, rank: 2 },
  { name: 'ASCII', encode: ascii, rank: 3 },
  { name: 'UTF-8, encoded twice', encode: utf8Twice, rank: 3 },
  { name: 'decomposed Unicode (NFD)', encode: text => utf8(text.normalize('NFD')), rank: 3 },
  { name: 'composed Unicode (NFC)', encode: text => utf8(text.normalize('NFC')), rank: 3 },
  { name: 'UTF-16 (big endian)', encode: text => Buffer.from(text, 'utf16le').swap16().toString('latin1'), rank: 3 },
  { name: 'UTF-16 (little endian)', encode: text => Buffer.from(text, 'utf16le').toString('latin1'), rank: 3 },
]

const units = (text: string, write: (unit: string) => string): string =>
  [...text].map(letter => (letter < '\u0080' ? letter : letter.split('').map(write).join(''))).join('')
const hex = (unit: string): string => unit.charCodeAt(0).toString(16).padStart(4, '0')

/** Notations of letters in plain ASCII. */
export const notations: readonly { readonly name: string; readonly write: (text: string) => string }[] = [
  {
    name: '%uXXXX, as escape() of JavaScript writes it',
    write: text => units(text, unit => `%u${hex(unit).toUpperCase()}`),
  },
  { name: '\\uXXXX, as JSON writes it', write: text => units(text, unit => `\\u${hex(unit)}`) },
  { name: '\\uXXXX, as JSON writes it', write: text => units(text, unit => `\\u${hex(unit).toUpperCase()}`) },
  {
    name: 'HTML entities',
    write: text => [...text].map(letter => (letter < '\u0080' ? letter : `&#${letter.codePointAt(0)};`)).join(''),
  },
]
