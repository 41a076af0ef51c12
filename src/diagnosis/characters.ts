/** Characters that stick to a value that is read from a file, a terminal or a document. */
export const invisible = [
  '\n',
  '\r',
  '\r\n',
  '\t',
  ' ',
  '\0',
  '\n\n',
  '\u001b',
  '\u0004',
  '\u001a',
  '\u007f',
  '\u000b',
  '\u000c',
  '\u00a0',
  '\u00c2\u00a0',
  '\u00ef\u00bb\u00bf',
  '\u00fe\u00ff',
  '\u00ff\u00fe',
  '\u00e2\u0080\u008b',
  '\u00e3\u0080\u0080',
  '\u00e2\u0080\u00a8',
  '  ',
  '\\n',
  '\\r\\n',
  '%0A',
  '%0D%0A',
  '%00',
]
/** How many of them are common. */
export const commonInvisible = 6
/** What is put around a value by a language that prints it or a file that holds it. */
export const wraps: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ["b'", "'"],
  ['b"', '"'],
  ['<', '>'],
  ['{', '}'],
  ['[', ']'],
  ['(', ')'],
  ['`', '`'],
  ['\\"', '\\"'],
  ["['", "']"],
  ['["', '"]'],
  ['&quot;', '&quot;'],
  ['\u00e2\u0080\u009c', '\u00e2\u0080\u009d'],
  ['', ','],
  ['', ';'],
  ['', '='],
  ['=', ''],
]

export const allControls = Array.from({ length: 33 }, (_, code) => (code < 32 ? String.fromCharCode(code) : '\u007f'))

/** A few bytes as a sentence names them. */
export const readable = (bytes: string): string =>
  bytes === ''
    ? 'nothing'
    : /^[!-~]+$/.test(bytes)
      ? bytes
      : [...bytes].map(sign => `0x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`).join(' ')
