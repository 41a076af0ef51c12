/** Text as Node hands a request's head over: one character a byte of its UTF-8. */
export const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** The text that such bytes stand for. */
const textOf = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')

const escaped: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

/** How much of a text a log line can bear. */
const longest = 2000

/** Bytes as a person reads them: line ends and other invisible characters are written out. */
export function visible(bytes: string): string {
  const rest = bytes.length > longest ? `…(${bytes.length - longest} more)` : ''
  return `${textOf(bytes.slice(0, longest))}${rest}`.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must become visible
    /[\u0000-\u001f\u007f\\]/g,
    sign => escaped[sign] ?? `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}
