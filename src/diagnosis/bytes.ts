/** Text as Node hands a request's head over: one character a byte of its UTF-8. */
export const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** A byte of a text that is not UTF-8, as a person reads it. */
const hexByte = (sign: string): string => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`

const utf8Character =
  /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/

/** The text that bytes stand for; a byte that is not part of UTF-8 is written as \xHH. */
export function textOf(bytes: string): string {
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes
  const text = Buffer.from(bytes, 'latin1').toString('utf8')
  if (!text.includes('\ufffd')) return text
  return bytes
    .split(new RegExp(`((?:${utf8Character.source})+)`))
    .map((part, at) =>
      at % 2 === 1 ? Buffer.from(part, 'latin1').toString('utf8') : part.replace(/[\u0080-\u00ff]/g, hexByte),
    )
    .join('')
}

const escaped: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

/** How much of a text is shown in a line of the log. */
const longest = 2000

/** A text as a person reads it: line ends and other invisible characters are written out. */
export function visible(text: string): string {
  const rest = text.length > longest ? `…(${text.length - longest} more)` : ''
  return `${text.slice(0, longest)}${rest}`.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must become visible
    /[\u0000-\u001f\u007f\\\u0080-\u009f\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\u2066-\u2069\ufeff]/g,
    sign =>
      escaped[sign] ??
      `\\${sign < '\u0100' ? 'x' : 'u'}${sign
        .charCodeAt(0)
        .toString(16)
        .padStart(sign < '\u0100' ? 2 : 4, '0')}`,
  )
}
