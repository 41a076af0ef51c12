import { bytesOf, textOf } from './bytes.ts'
import { type Charset, charsets, notations } from './charsets.ts'
import { escapeAll, nonAscii, plain, recoder, space, type Token, tokensOf, unescaped, type Write } from './escapes.ts'
import { type Family, family, type Hypothesis, type Rank, single } from './hypothesis.ts'
import type { Case, Writing } from './writing.ts'

type Recode = Writing['recode']

const asSent = 'the target exactly as it is sent'
const lowerHex = (bytes: string): string => bytes.replace(/%[0-9A-Fa-f]{2}/g, found => found.toLowerCase())
const upperHex = (bytes: string): string => bytes.replace(/%[0-9A-Fa-f]{2}/g, found => found.toUpperCase())
const then =
  (first: Recode, second: (bytes: string) => string): Recode =>
  (path, query) =>
    second(first(path, query))
const whole =
  (change: (bytes: string) => string): Recode =>
  (path, query) =>
    change(`${path}${query}`)

/** A percent sign that was escaped once more than it should be. */
const escapedEscape = /%25(?=[0-9A-Fa-f]{2})/g
const isEncodedTwice = ({ right }: Case): boolean => `${right.path}${right.query}`.search(escapedEscape) >= 0
const onceLess = (bytes: string): string => bytes.replace(escapedEscape, '%')
const encodedTwice =
  'The URL is encoded twice: its percent signs were encoded again as %25 before it was sent. Send it encoded once, and sign the same text'

/** The target was right when it was signed, and was encoded again on its way. */
function* sentTwice(asked: Case): Iterable<Hypothesis> {
  if (!isEncodedTwice(asked)) return
  const send = onceLess(`${asked.right.path}${asked.right.query}`)
  const decodedOnce = [onceLess, (bytes: string) => onceLess(bytes).replaceAll('%20', '+'), unescaped]
  const decodedTwice = [
    (bytes: string) => unescaped(onceLess(bytes)),
    (bytes: string) => unescaped(unescaped(bytes)),
    (bytes: string) => unescaped(onceLess(bytes).replaceAll('+', ' ')),
  ]
  for (const decode of [...decodedOnce, ...decodedTwice]) {
    const signed = decodedOnce.includes(decode) ? 'the target encoded once' : 'the decoded target'
    yield {
      cause: 'sent-encoded-twice',
      part: 'recode',
      change: { recode: whole(decode) },
      signed,
      sign: 'the target that is sent',
      advice: `${encodedTwice} (${send}).`,
      send,
    }
  }
}

/** The text of the sent target went through UTF-8 twice; what was signed went through it once. */
function* sentMojibake({ right: { path, query } }: Case): Iterable<Hypothesis> {
  const once: Write = ({ kind, value, escaped }) => {
    const text = textOf(value)
    if (kind !== nonAscii || /[^\u0080-\u00ff]/.test(text)) return undefined
    return escaped ? escapeAll(text) : text
  }
  const recode = recoder(once)
  const send = recode(path, query)
  if (send === `${path}${query}` || textOf(unescaped(send)).includes('\\x')) return
  const advice = `The URL is encoded twice: the bytes of its UTF-8 were read as Latin-1 and encoded in UTF-8 again. Send it encoded once, and sign the same text (${send}).`
  const told = { cause: 'sent-encoded-twice', part: 'recode', signed: 'the target encoded once', sign: asSent } as const
  yield { ...told, change: { recode }, advice, send }
  yield { ...told, change: { recode: then(recode, unescaped) }, advice, send }
}

/** As decodeURI does: escapes of characters with a meaning in a URL stay. */
const mostlyUnescaped = (bytes: string): string =>
  bytes.replace(/%([0-9A-Fa-f]{2})/g, (written, digits: string) => {
    const sign = String.fromCharCode(Number.parseInt(digits, 16))
    return ';/?:@&=+$,#'.includes(sign) ? written : sign
  })

const plusAsSpace = (bytes: string): string => bytes.replaceAll('+', ' ')

function* decoded(): Iterable<Recode> {
  for (const decode of [unescaped, mostlyUnescaped]) {
    yield whole(decode)
    yield whole(bytes => decode(plusAsSpace(bytes)))
  }
  for (const decode of [unescaped, mostlyUnescaped]) {
    yield (path, query) => path + decode(query)
    yield (path, query) => path + decode(plusAsSpace(query))
    yield (path, query) => decode(path) + query
  }
  yield whole(plusAsSpace)
}

/** Characters that the functions of the languages leave as they are in a value. */
const plainSets = [
  /[\w.~-]/,
  /[\w.~!'()*-]/,
  /[\w.*-]/,
  /[\w.~!'()*;/?:@&=+$,#-]/,
  /[\w.~:@!$'()*,;/-]/,
  /[\w.~:@!$&'()*+,;=/?-]/,
  /[\w@*+./-]/,
  /[\w./~-]/,
]

const encodeBut =
  (plainSet: RegExp): Write =>
  ({ value, divides }) =>
    divides ? undefined : value.replace(/[\s\S]/g, sign => (plainSet.test(sign) ? sign : escapeAll(sign)))

function* otherEncoders(): Iterable<Recode> {
  for (const plainSet of plainSets) {
    const again = recoder(encodeBut(plainSet))
    yield again
    yield then(again, bytes => bytes.replaceAll('%20', '+'))
    yield then(again, lowerHex)
  }
}

const isForbidden = (kind: string): boolean =>
  kind === space || kind === nonAscii || kind < '!' || '"<>\\^`{|}'.includes(kind)

/** One way to write all pieces of a kind. */
interface Alternative {
  readonly write: Write
  /** Such as "~ as %7E". */
  readonly told: string
  /** True where a letter that a URL cannot hold stays as it is. */
  readonly bare: boolean
}

const spaces = [
  { text: ' ', told: 'the space as it is' },
  { text: '%20', told: 'the space as %20' },
  { text: '+', told: 'the space as +' },
]

/** How the pieces of a kind can be written otherwise than in these tokens. */
function alternativesOf(kind: string, tokens: readonly Token[]): Alternative[] {
  const texts = new Set(tokens.map(({ text }) => text))
  if (kind === space) {
    return spaces
      .filter(({ text }) => texts.size > 1 || !texts.has(text))
      .map(({ text, told }) => ({ write: () => text, told, bare: text === ' ' }))
  }
  const name = kind === nonAscii ? 'letters outside ASCII' : kind === plain ? 'letters' : kind
  const escapes = kind === nonAscii || kind === plain ? 'escapes' : escapeAll(kind)
  const raw = {
    write: ({ value }: Token) => value,
    told: `${name} as ${name.length > 1 ? 'they are' : 'it is'}`,
    bare: isForbidden(kind),
  }
  const asEscape = {
    write: ({ value, divides }: Token) => (divides ? undefined : escapeAll(value)),
    told: `${name} as ${escapes}`,
    bare: false,
  }
  return [
    ...(tokens.some(({ escaped }) => escaped) ? [raw] : []),
    ...(kind !== plain && tokens.some(({ escaped }) => !escaped) ? [asEscape] : []),
    ...(kind === '+' ? [{ write: () => ' ', told: '%2B as a space', bare: true }] : []),
  ]
}

/** Kinds that are written in two ways by some client, those that are escaped first. */
function choicesOf({ right: { path, query } }: Case): Map<string, Alternative[]> {
  const kinds = new Map<string, Token[]>()
  for (const token of tokensOf(path, query)) {
    if (token.divides || (token.kind === plain && !token.escaped)) continue
    const alike = kinds.get(token.kind)
    if (alike) alike.push(token)
    else kinds.set(token.kind, [token])
  }
  const order = (kind: string, tokens: readonly Token[]) =>
    tokens.some(({ escaped }) => escaped) || kind === space ? 0 : '-._'.includes(kind) ? 2 : 1
  const sorted = [...kinds].sort(([a, left], [b, right]) => order(a, left) - order(b, right))
  return new Map(sorted.map(([kind, tokens]) => [kind, alternativesOf(kind, tokens)]))
}

type Choice = ReadonlyMap<string, Alternative>

/** Kinds that are tried in every combination. */
const mostKinds = 9

/** All choices of exactly so many kinds. */
function* choices(kinds: readonly [string, Alternative[]][], count: number): Iterable<Choice> {
  if (count === 0) yield new Map()
  for (const [at, [kind, alternatives]] of count === 0 ? [] : kinds.entries()) {
    for (const alternative of alternatives) {
      for (const rest of choices(kinds.slice(at + 1), count - 1)) yield new Map([[kind, alternative], ...rest])
    }
  }
}

/** Writes the kinds of a choice otherwise than they are sent. */
function chosen(choice: Choice, last: (bytes: string) => string = bytes => bytes): Hypothesis {
  const write: Write = token => (token.divides ? undefined : choice.get(token.kind)?.write(token))
  const all = [...choice.values()]
  return {
    cause: all.every(({ bare }) => bare) ? 'partly-decoded' : 'other-encoding',
    part: 'recode',
    change: { recode: then(recoder(write), last) },
    signed: `the target with ${all.map(({ told }) => told).join(', ')}`,
    sign: asSent,
  }
}

/** Choices of so many kinds, in the hexadecimal digits that are sent and in others. */
const choiceFamily = (rank: Rank, counts: readonly number[], cases: readonly ((bytes: string) => string)[]): Family =>
  single(rank, function* (asked) {
    const kinds = [...choicesOf(asked)].slice(0, mostKinds)
    for (const count of counts) {
      for (const choice of choices(kinds, count)) {
        for (const letterCase of cases) yield chosen(choice, letterCase)
      }
    }
  })

/** A plus sign that the client meant, and that arrives as a space. */
function* plusSent({ right: { path, query } }: Case): Iterable<Hypothesis> {
  if (!query.includes('+')) return
  const escapePlus = (bytes: string) => bytes.replaceAll('+', '%2B')
  const send = `${path}${escapePlus(query)}`
  const advice = `You signed %2B and sent +, which stands for a space in a query. Send %2B where a plus is meant, and sign the same text (${send}).`
  const more = { part: 'recode', cause: 'other-encoding', signed: '%2B for +', sign: asSent, advice, send } as const
  yield { ...more, change: { recode: (path, query) => path + escapePlus(query) } }
  yield { ...more, change: { recode: (path, query) => path + lowerHex(escapePlus(query)) } }
}

/** Writes letters outside ASCII in another character set. */
function* inCharset({ name, encode }: Charset): Iterable<Hypothesis> {
  const letters =
    (written: (bytes: string) => string): Write =>
    ({ kind, value }) => {
      if (kind !== nonAscii) return undefined
      const bytes = encode(textOf(value))
      return bytes === undefined ? undefined : written(bytes)
    }
  const raw = letters(bytes => bytes)
  const rawAndDecoded: Write = token => raw(token) ?? (token.divides ? undefined : token.value)
  const escaped = recoder(letters(bytes => bytes.replace(/[^\w.~-]/g, escapeAll)))
  const change = [escaped, recoder(rawAndDecoded), then(escaped, lowerHex), recoder(raw)]
  for (const recode of change) {
    yield {
      cause: 'other-charset',
      part: 'recode',
      change: { recode },
      signed: `the target in ${name}`,
      sign: `${asSent}, in UTF-8`,
    }
  }
}

const charsetFamily = (rank: 2 | 3): Family =>
  single(rank, function* () {
    for (const charset of charsets) if (charset.rank === rank) yield* inCharset(charset)
  })

function* inNotation(): Iterable<Hypothesis> {
  for (const { name, write } of notations) {
    const recode = recoder(({ kind, value }) => (kind === nonAscii ? bytesOf(write(textOf(value))) : undefined))
    yield { cause: 'other-charset', part: 'recode', change: { recode }, signed: `letters as ${name}`, sign: asSent }
    yield {
      cause: 'other-charset',
      part: 'recode',
      change: { recode: then(recode, unescaped) },
      signed: `letters as ${name}`,
      sign: asSent,
    }
  }
}

/** Parameters that are each tried decoded, and encoded as a value. */
const mostParameters = 8

/** One parameter written otherwise than the others. */
function* oneParameter({ right: { query } }: Case): Iterable<Hypothesis> {
  const parameters = query.slice(1).split('&')
  if (parameters.length < 2 || parameters.length > mostParameters) return
  for (const [at, parameter] of parameters.entries()) {
    const name = parameter.split('=', 1).join('')
    for (const change of [unescaped, (bytes: string) => unescaped(plusAsSpace(bytes)), mostlyUnescaped]) {
      // Beside another mistake the query may have fewer parameters.
      const recode: Recode = (path, query) => {
        const changed = query.slice(1).split('&')
        return `${path}?${changed.map((other, nth) => (nth === at ? change(parameter) : other)).join('&')}`
      }
      yield {
        cause: 'partly-decoded',
        part: 'recode',
        change: { recode },
        signed: `the parameter ${name} decoded`,
        sign: asSent,
      }
    }
  }
}

const markup: readonly ((bytes: string) => string)[] = [
  bytes => bytes.replaceAll('&', '&amp;'),
  bytes => bytes.replaceAll('&', '\\u0026'),
  bytes => bytes.replaceAll('&', '\\u0026').replaceAll('=', '\\u003d'),
  bytes => bytes.replaceAll('/', '\\/'),
]

const recodeMistake = { part: 'recode', sign: asSent } as const

/** Mistakes in how path and query are encoded. */
export const encodingFamilies: readonly Family[] = [
  single(1, sentTwice),
  family({
    ...recodeMistake,
    cause: 'decoded-target',
    rank: 1,
    signed: 'the decoded target',
    sign: 'the target as it is sent, percent-encoded',
    wrong: decoded,
  }),
  single(1, plusSent),
  choiceFamily(1, [1], [bytes => bytes]),
  family({
    ...recodeMistake,
    cause: 'other-encoding',
    rank: 1,
    signed: 'the hexadecimal digits of the target in another letter case',
    wrong: () => [whole(lowerHex), whole(upperHex)],
  }),
  family({
    ...recodeMistake,
    cause: 'other-encoding',
    rank: 2,
    signed: 'the target encoded twice',
    wrong: () => [whole(bytes => bytes.replaceAll('%', '%25')), (path, query) => path + query.replaceAll('%', '%25')],
  }),
  family({
    ...recodeMistake,
    cause: 'other-encoding',
    rank: 2,
    signed: 'another percent-encoding of the target',
    wrong: otherEncoders,
  }),
  // Before Latin-1, which signs the same text: what was sent only makes sense encoded once.
  single(2, sentMojibake),
  charsetFamily(2),
  choiceFamily(2, [2], [bytes => bytes]),
  choiceFamily(3, [1, 2], [lowerHex, upperHex]),
  choiceFamily(3, [3, 4], [bytes => bytes, lowerHex, upperHex]),
  charsetFamily(3),
  single(3, inNotation),
  single(3, oneParameter),
  family({
    ...recodeMistake,
    cause: 'escaped-markup',
    rank: 2,
    signed: 'the target escaped for HTML or JSON',
    wrong: () => markup.map(whole),
  }),
  family({
    ...recodeMistake,
    cause: 'other-encoding',
    rank: 3,
    signed: 'the target with its separators percent-encoded',
    wrong: () => [
      whole(bytes => bytes.replace(/[^\w.~-]/g, escapeAll)),
      (path, query) => path + query.slice(0, 1) + query.slice(1).replace(/[^\w.~-]/g, escapeAll),
      (path, query) => path.replaceAll('/', '%2F') + query,
      whole(bytes => bytes.replace(/[^\w.~%-]/g, escapeAll)),
      (path, query) => path + query.replaceAll('&', '%26'),
    ],
  }),
  family({
    ...recodeMistake,
    cause: 'letter-case',
    rank: 3,
    signed: 'the target in another letter case',
    wrong: () => [whole(b => b.toLowerCase()), whole(b => b.toUpperCase()), (p, q) => p.toLowerCase() + q],
  }),
  choiceFamily(4, [5, 6, 7, 8, 9], [bytes => bytes, lowerHex, upperHex]),
]
