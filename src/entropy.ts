const lettersAndDigits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const lowerAndDigits = '0123456789abcdefghijklmnopqrstuvwxyz'
const capitalsAndDigits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const hex = '0123456789abcdef'

/** Seeded chance. Forks by label, so one more draw in one place moves nothing elsewhere. */
export interface Entropy {
  /** A stream of its own, fixed by this stream's seed and the label alone. */
  fork(label: string): Entropy
  /** An unsigned 32-bit integer. */
  word(): number
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number
}

/** FNV-1a with a final mix: spreads a label over 32 bits with integer arithmetic only. */
function hash(text: string, start: number): number {
  let h = start >>> 0
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The sfc32 generator: 128 bits of state, integers only, so the same on every machine. */
export function entropy(seed: string): Entropy {
  let a = hash(seed, 0x811c9dc5)
  let b = hash(seed, 0x9e3779b9)
  let c = hash(seed, 0x243f6a88)
  let d = 1

  const word = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return t >>> 0
  }
  for (let warm = 0; warm < 12; warm++) word()

  return {
    fork: label => entropy(`${seed}/${label}`),
    word,
    below: below => Math.floor((word() / 0x1_0000_0000) * below),
  }
}

function draw(chance: Entropy, alphabet: string, length: number): string {
  let text = ''
  for (let i = 0; i < length; i++) text += alphabet[chance.below(alphabet.length)]
  return text
}

export const newId = (chance: Entropy): string => draw(chance, lettersAndDigits, 12)

/** Twenty-six lower-case letters and digits, the form of `x-ncp-trace-id`. */
export const newTraceId = (chance: Entropy): string => draw(chance, lowerAndDigits, 26)

/** A key pair in the form of NCP's, that says of itself that it is none. */
export const newKeyPair = (chance: Entropy): { readonly accessKey: string; readonly secretKey: string } => ({
  accessKey: `ncp_iam_EMULATOR${draw(chance, capitalsAndDigits, 14)}`,
  secretKey: `ncp_iam_EMULATORSECRET${draw(chance, capitalsAndDigits, 28)}`,
})

/** A number of a row, far from those that are counted up and small enough to be exact. */
export const newRowNumber = (chance: Entropy): number => (1 + chance.below(2 ** 20)) * 2 ** 32 + chance.word()

/** A version 4 UUID, the form of `x-ncp-apigw-request-id`. */
export function newUuid(chance: Entropy): string {
  const digits = draw(chance, hex, 30)
  const variant = hex[8 + chance.below(4)]
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-${variant}${digits.slice(15, 18)}-${digits.slice(18)}`
}
