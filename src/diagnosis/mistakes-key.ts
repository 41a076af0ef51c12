import { createHash } from 'node:crypto'
import { bytesOf } from './bytes.ts'
import { commonInvisible, invisible, wraps } from './characters.ts'
import { type Family, family, type Hypothesis, missing, missingTold, single } from './hypothesis.ts'
import { type Case, hmac, type Mac } from './writing.ts'

const keyAlone = 'with the secret key alone'
const lineEndHint = 'with the secret key alone (is there a line end in the file or variable it is read from?)'

/** Names that stand where a secret key should: a variable that was not replaced, an example from a document. */
const placeholders = [
  'SECRET_KEY',
  'secretKey',
  'secret_key',
  'secret',
  'NCLOUD_SECRET_KEY',
  'NCP_SECRET_KEY',
  'NCLOUD_SECRETKEY',
  'SecretKey',
  'SECRET',
  'YOUR_SECRET_KEY',
  'your_secret_key',
  'your-secret-key',
  'yourSecretKey',
  'NAVER_SECRET_KEY',
  'NCP_SECRETKEY',
  'ncp_secret_key',
  'changeme',
  'xxx',
  'test',
  'dummy',
  'TODO',
  'AKIAIOSFODNN7EXAMPLE',
  'Secret Key',
  'SubAccount Secret Key',
  'ncp.secret-key',
  'ncloud.secret-key',
]
const placeholderForms: readonly ((name: string) => string)[] = [
  name => name,
  name => `\${${name}}`,
  name => `$${name}`,
  name => `{${name}}`,
  name => `<${name}>`,
  name => `{{${name}}}`,
  name => `%${name}%`,
  name => `process.env.${name}`,
  name => `{SubAccount ${name}}`,
  name => `{{ ${name} }}`,
  name => `{{ secrets.${name} }}`,
  name => `\${{ secrets.${name} }}`,
  name => `\${env:${name}}`,
  name => `\${${name}:}`,
  name => `os.environ["${name}"]`,
  name => `#{ENV["${name}"]}`,
  name => `@${name}@`,
]

/** What stands for a secret in logs and files, and missing values with what surrounds them. */
const maskedSecrets = [
  '***',
  '****',
  '*****',
  '********',
  '[REDACTED]',
  'REDACTED',
  '<redacted>',
  '[secret]',
  '(secret key)',
]
const aroundMissing = ['\n', '\r\n', ' ', '""', "''"]

function* placeholderSecrets(): Iterable<string> {
  yield* maskedSecrets
  yield* aroundMissing
  for (const value of missing('common')) yield* [`${value}\n`, `"${value}"`, `'${value}'`]
  for (const name of placeholders) for (const form of placeholderForms) yield form(name)
}

/** A secret key whose characters were changed on the way from where it is kept. */
function* changedSecrets({ right: { secretKey, accessKey } }: Case): Iterable<string> {
  yield secretKey.toLowerCase()
  yield secretKey.toUpperCase()
  yield Buffer.from(secretKey, 'base64').toString('latin1')
  yield Buffer.from(secretKey, 'hex').toString('latin1')
  yield Buffer.from(secretKey, 'latin1').toString('base64')
  yield Buffer.from(secretKey, 'latin1').toString('hex')
  yield `${Buffer.from(secretKey, 'latin1').toString('base64')}\n`
  yield encodeURIComponent(secretKey)
  yield secretKey.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
  yield secretKey.replaceAll('+', ' ')
  for (const algorithm of ['sha256', 'md5', 'sha1']) {
    yield createHash(algorithm).update(secretKey, 'latin1').digest('hex')
    yield createHash(algorithm).update(secretKey, 'latin1').digest().toString('latin1')
    yield createHash(algorithm).update(secretKey, 'latin1').digest('base64')
  }
  yield `${secretKey}&`
  for (const word of ['Bearer ', 'secretKey=', 'secret_key=', 'NCP_SECRET_KEY=', 'SECRET_KEY=', 'NCLOUD_SECRET_KEY='])
    yield `${word}${secretKey}`
  yield* [
    `Optional("${secretKey}")`,
    `"${secretKey}"\n`,
    `'${secretKey}'\n`,
    `\${${secretKey}}`,
    `${secretKey} # comment`,
  ]
  yield* [`ncp_iam_${secretKey}`, secretKey.replace(/^ncp_iam_/, '')]
  yield `${accessKey}:${secretKey}`
  yield `${accessKey}${secretKey}`
  yield `${secretKey}${accessKey}`
  yield Buffer.from(secretKey, 'utf16le').toString('latin1')
  yield secretKey.slice(1)
  yield secretKey.slice(0, -1)
  for (const cut of ['$', '#', '=', '!', '%', '&', ';', '\\', '/', '+', ':', '@', '"', "'", ' '])
    yield secretKey.split(cut, 1).join('')
  for (const lost of ['$', '\\', '/', '+', '=', '"', "'", '`', '-', '_']) yield secretKey.replaceAll(lost, '')
  yield secretKey.replace(/\$\w+/g, '')
  yield secretKey.slice(0, 32)
  yield secretKey.slice(0, 16)
  yield secretKey.padEnd(32, '\0')
  yield `${secretKey}${secretKey}`
  yield [...secretKey].reverse().join('')
}

/** Characters that people take for one another when they copy a key by hand. */
const lookAlikes = ['0Oo', '1lI', '5S', '2Z', '8B', 'uv', 'nm', 'rn', '-_', 'gq']

/** A secret key with one character mistaken for another one, or in the other letter case. */
function* mistypedSecrets({ right: { secretKey } }: Case): Iterable<string> {
  for (const [at, character] of [...secretKey].entries()) {
    const alike = lookAlikes.filter(group => group.includes(character)).join('')
    for (const other of new Set([...alike, character.toLowerCase(), character.toUpperCase()])) {
      if (other !== character) yield secretKey.slice(0, at) + other + secretKey.slice(at + 1)
    }
  }
  for (const version of ['AWS4', 'NCP', 'HMAC']) yield `${version}${secretKey}`
  for (const comment of ['prod', 'production', 'dev', 'test', 'secret', 'ncp']) yield `${secretKey} # ${comment}`
}

const hash =
  (algorithm: string, arrange: (text: string, key: string) => string): Mac =>
  (text, key) =>
    createHash(algorithm).update(arrange(text, key), 'latin1').digest('binary')

const swapped: Mac = (text, key) => hmac(key, text)

/** A hash of the text where an HMAC belongs. */
function* plainHashes(): Iterable<Hypothesis> {
  const more = { part: 'mac', sign: 'with HMAC-SHA256, the secret key as its key' } as const
  const arrangements: readonly ((text: string, key: string) => string)[] = [
    text => text,
    (text, key) => text + key,
    (text, key) => key + text,
    (text, key) => `${text}\n${key}`,
    (text, key) => `${key}\n${text}`,
  ]
  for (const arrange of arrangements) {
    yield { ...more, cause: 'no-hmac', change: { mac: hash('sha256', arrange) }, signed: 'with a plain SHA-256' }
  }
  yield {
    ...more,
    cause: 'no-hmac',
    change: { mac: swapped },
    signed: 'with the text as the key and the key as the text',
  }
}

/** Mistakes in the access key that is signed and in the key that signs. */
export const keyFamilies: readonly Family[] = [
  family({
    cause: 'secret-with-white-space',
    part: 'secretKey',
    rank: 1,
    signed: 'with white space before or behind the secret key',
    sign: lineEndHint,
    wrong: ({ right: { secretKey } }) => [
      `${secretKey}\n`,
      `${secretKey}\r\n`,
      `${secretKey}\r`,
      `${secretKey} `,
      ` ${secretKey}`,
    ],
  }),
  family({
    cause: 'secret-in-quotes',
    part: 'secretKey',
    rank: 1,
    signed: 'with quotes around the secret key',
    sign: keyAlone,
    wrong: ({ right: { secretKey } }) => [`"${secretKey}"`, `'${secretKey}'`],
  }),
  family({
    cause: 'secret-missing-value',
    part: 'secretKey',
    rank: 1,
    signed: value => `with ${missingTold(value)} as the secret key (a variable that is not set?)`,
    sign: 'with the secret key',
    wrong: () => missing('common').slice(0, 4),
  }),
  family({
    cause: 'access-key-as-secret',
    part: 'secretKey',
    rank: 2,
    signed: 'with the access key as the key',
    sign: 'with the secret key',
    wrong: ({ right: { accessKey } }) => [accessKey],
  }),
  family({
    cause: 'secret-key-in-text',
    part: 'accessKey',
    rank: 1,
    signed: 'the secret key as the last line',
    sign: 'the access key there; the secret key is only the key of the HMAC',
    wrong: ({ right: { secretKey } }) => [secretKey],
  }),
  family({
    cause: 'other-secret',
    part: 'secretKey',
    rank: 2,
    signed: 'with the secret key of another configured credential',
    sign: 'with the secret key that belongs to the access key of the header',
    wrong: ({ others }) => others.map(({ secretKey }) => bytesOf(secretKey)),
  }),
  family({
    cause: 'other-access-key',
    part: 'accessKey',
    rank: 2,
    signed: 'another access key than the header holds',
    sign: "the header's access key",
    wrong: ({ others, right: { accessKey } }) => [
      accessKey.toLowerCase(),
      accessKey.toUpperCase(),
      ...others.map(other => other.accessKey),
    ],
  }),
  family({
    cause: 'secret-with-white-space',
    part: 'secretKey',
    rank: 2,
    signed: 'with an invisible character before or behind the secret key',
    sign: lineEndHint,
    wrong: ({ right: { secretKey } }) =>
      invisible.slice(0, commonInvisible).flatMap(extra => [secretKey + extra, extra + secretKey]),
  }),
  family({
    cause: 'secret-with-white-space',
    part: 'secretKey',
    rank: 3,
    signed: 'with an invisible character before or behind the secret key',
    sign: lineEndHint,
    wrong: ({ right: { secretKey } }) =>
      invisible.slice(commonInvisible).flatMap(extra => [secretKey + extra, extra + secretKey]),
  }),
  family({
    cause: 'secret-missing-value',
    part: 'secretKey',
    rank: 2,
    signed: value => `with ${missingTold(value)} as the secret key (a variable that is not set?)`,
    sign: 'with the secret key',
    wrong: () => [...missing('common').slice(4), ...missing('rare')],
  }),
  single(2, plainHashes),
  family({
    cause: 'secret-in-quotes',
    part: 'secretKey',
    rank: 3,
    signed: 'with quotes, brackets or other characters around the secret key',
    sign: keyAlone,
    wrong: ({ right: { secretKey } }) => wraps.map(([open, close]) => `${open}${secretKey}${close}`),
  }),
  family({
    cause: 'secret-changed',
    part: 'secretKey',
    rank: 3,
    signed: 'with a secret key that was cut, encoded, decoded or hashed',
    sign: 'with the secret key as the text that it is',
    wrong: changedSecrets,
  }),
  family({
    cause: 'secret-changed',
    part: 'secretKey',
    rank: 4,
    signed: 'with a secret key in which a character was mistyped, or with other text beside it',
    sign: 'with the secret key as the text that it is',
    wrong: mistypedSecrets,
  }),
  family({
    cause: 'secret-missing-value',
    part: 'secretKey',
    rank: 3,
    signed: 'with a placeholder as the secret key (a variable that is not replaced?)',
    sign: 'with the secret key',
    wrong: placeholderSecrets,
  }),
]
