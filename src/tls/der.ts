import { isIPv4 } from 'node:net'

type Der = Buffer

function value(tag: number, ...content: readonly Uint8Array[]): Der {
  const body = Buffer.concat(content)
  const long = body.length < 0x80 ? [] : body.length < 0x100 ? [0x81] : [0x82, body.length >> 8]
  return Buffer.concat([Buffer.from([tag, ...long, body.length & 0xff]), body])
}

export const sequence = (...members: readonly Der[]): Der => value(0x30, ...members)
export const set = (...members: readonly Der[]): Der => value(0x31, ...members)
export const octets = (bytes: Uint8Array): Der => value(0x04, bytes)
export const utf8 = (text: string): Der => value(0x0c, Buffer.from(text))
export const yes: Der = value(0x01, Buffer.from([0xff]))

/** The first byte must be from 1 to 127 (or a single 0): DER allows one encoding per number. */
export const integer = (...bytes: readonly number[]): Der => value(0x02, Buffer.from(bytes))

/** The last `unused` bits are padding. */
export const bits = (bytes: Uint8Array, unused = 0): Der => value(0x03, Buffer.from([unused]), bytes)

export const tagged = (number: number, ...members: readonly Der[]): Der => value(0xa0 | number, ...members)

/** A context-specific member that contains bytes. */
export const taggedBytes = (number: number, bytes: Uint8Array): Der => value(0x80 | number, bytes)

/** An object identifier such as 2.5.29.17. */
export function identifier(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...rest].flatMap(part => {
    const groups = [part & 0x7f]
    for (let left = part >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return value(0x06, Buffer.from(bytes))
}

/** UTCTime or GeneralizedTime, as RFC 5280 requires for the year. */
export function time(epochMs: number): Der {
  const text = `${new Date(epochMs).toISOString().replace(/[-:T]|\..*/g, '')}Z`
  return text < '2050' ? value(0x17, Buffer.from(text.slice(2))) : value(0x18, Buffer.from(text))
}

/** An IP address as 4 or 16 bytes. */
export function addressBytes(address: string): Uint8Array {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  // URL normalizes an address: hexadecimal groups and at most one gap.
  const { hostname } = new URL(`http://[${address}]`)
  const [head = [], tail = []] = hostname
    .slice(1, -1)
    .split('::')
    .map(half => half.split(':').filter(group => group !== ''))
  const gap = Array<string>(8 - head.length - tail.length).fill('0')
  return Buffer.from([...head, ...gap, ...tail].map(group => group.padStart(4, '0')).join(''), 'hex')
}
