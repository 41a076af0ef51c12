import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { moment, pair, sent } from '../../scripts/signature-page.ts'
import { assume } from '../../src/api/assumptions.ts'
import { vocabularyOf } from '../../src/api/routes.ts'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import { textFamilies } from '../../src/diagnosis/mistakes-text.ts'
import { hideSecrets } from '../../src/diagnosis/secrets.ts'
import { hmac, type Writing, withoutSecrets, written } from '../../src/diagnosis/writing.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { emulator } from '../support/emulator.ts'
import { talk } from '../support/socket.ts'

const escapeEach = (text: string, write: (code: string) => string) =>
  [...text].map(letter => write(letter.charCodeAt(0).toString(16).padStart(2, '0'))).join('')

/** What a client may make of a secret. Each of these gives the secret away. */
const forms: Readonly<Record<string, (secret: string) => string>> = {
  plain: secret => secret,
  'upper case': secret => secret.toUpperCase(),
  'lower case': secret => secret.toLowerCase(),
  'percent-encoded': encodeURIComponent,
  'percent-encoded twice': secret => encodeURIComponent(encodeURIComponent(secret)),
  'every byte percent-encoded': secret => escapeEach(secret, code => `%${code}`),
  Base64: secret => Buffer.from(secret).toString('base64'),
  'Base64 within more': secret => Buffer.from(`x${secret}yz`).toString('base64'),
  'URL-safe Base64': secret => Buffer.from(`ab${secret}`).toString('base64url'),
  hexadecimal: secret => Buffer.from(secret).toString('hex'),
  'upper-case hexadecimal': secret => Buffer.from(secret).toString('hex').toUpperCase(),
  reversed: secret => [...secret].reverse().join(''),
  'JSON text': secret => JSON.stringify(secret),
  'JSON escapes': secret => escapeEach(secret, code => `\\u00${code}`),
  'HTML entities': secret => [...secret].map(letter => `&#${letter.charCodeAt(0)};`).join(''),
  'UTF-16': secret => Buffer.from(secret, 'utf16le').toString('latin1'),
}

const revealing = ['plain', 'upper case', 'lower case', 'percent-encoded', 'Base64', 'hexadecimal', 'reversed']

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Throws when a value gives a secret away, in any of its texts or in its JSON. */
function assertNoSecret(value: unknown, secret: string): void {
  const texts = [JSON.stringify(value), ...textsIn(value)]
  for (const name of revealing) {
    const form = forms[name]?.(secret) ?? ''
    // Base64 of a secret whose length is no multiple of three ends in letters that what follows would change.
    const certain = name === 'Base64' ? form.slice(0, Math.floor((secret.length * 8) / 6)) : form
    for (const text of texts) assert.ok(!text.includes(certain), `${name}: ${text}`)
  }
}

const secret = fc.oneof(fc.stringMatching(/^[A-Za-z0-9]{40}$/), fc.stringMatching(/^[!-~]{8,40}$/))
const form = fc.constantFrom(...Object.keys(forms)).map(name => forms[name] as (secret: string) => string)

// Half an escape before a secret would join with it.
const around = fc.string().filter(text => !/[%\\&]/.test(text))

t.test('finds a secret in every form, within any text', async () => {
  fc.assert(
    fc.property(secret, form, around, around, (secret, form, before, behind) => {
      const shown = hideSecrets([secret, 'another secret'])(`${before}${form(secret)}${behind}`)
      assert.ok(!shown.includes(form(secret)), shown)
      assert.ok(shown.includes('(secret key)'))
    }),
    { numRuns: 500 },
  )
})

t.test('leaves a text without secrets as it is', async () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[A-Za-z]{8,40}$/)), fc.stringMatching(/^[0-9%\\ ]*$/), (secrets, text) => {
      assert.equal(hideSecrets(secrets)(text), text)
    }),
  )
})

const places = [
  'query',
  'path',
  'access key',
  'timestamp',
  'signature',
  'header',
  'method',
  'body',
  'last line',
] as const

/** Whole-text transformations, as a client may sign. */
const transformed: readonly ((text: string) => string)[] = [
  text => text,
  text => text.toUpperCase(),
  text => text.toLowerCase(),
  encodeURIComponent,
  text => JSON.stringify(text),
  text => Buffer.from(text).toString('base64'),
  text => Buffer.from(text).toString('hex'),
]

t.test('hides a secret in any form and place of a request', async () => {
  const request = fc.record({
    secret,
    form,
    place: fc.constantFrom(...places),
    signedPlace: fc.constantFrom('as sent', 'decoded', 'secret as last line', 'body', 'wrong'),
    finish: fc.constantFrom(...transformed),
    withRoutes: fc.boolean(),
  })
  const routes = vocabularyOf('2025-03', assume())
  fc.assert(
    fc.property(request, ({ secret, form, place, signedPlace, finish, withRoutes }) => {
      const put = (at: (typeof places)[number], otherwise: string) => (place === at ? form(secret) : otherwise)
      const target = `/api/v1/jobs${place === 'path' ? `/${form(secret)}` : ''}?name=${put('query', 'a')}`
      const body = put('body', '{}')
      const signed = {
        'as sent': `GET ${target}\n${moment}\n${pair.accessKey}`,
        decoded: `GET ${target.replaceAll(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))}\n${moment}\n${pair.accessKey}`,
        'secret as last line': `GET ${target}\n${moment}\n${secret}`,
        body: `GET ${target}\n${moment}\n${pair.accessKey}\n${body}`,
        wrong: 'nothing',
      }[signedPlace]
      const { headers } = sent({ title: '', cause: '', target, secret, text: () => finish(signed) })
      const { diagnosis } = diagnose(
        {
          method: put('method', 'GET'),
          target,
          headers: {
            ...headers,
            'x-ncp-iam-access-key': put('access key', pair.accessKey),
            'x-ncp-apigw-timestamp': put('timestamp', String(moment)),
            ...(place === 'signature' && { 'x-ncp-apigw-signature-v2': form(secret) }),
            'x-ncp-apigw-api-key': put('header', 'x'),
          },
        },
        {
          pairs: () => [{ ...pair, secretKey: secret }],
          readings: assume(),
          now: moment,
          body,
          ...(withRoutes && routes),
        },
      )
      assertNoSecret(diagnosis, secret)
    }),
    { numRuns: 400 },
  )
})

t.test('shows a placeholder where the secret was signed, whatever was done to the whole text', async t => {
  const { secretKey } = pair
  const text = (finish: (text: string) => string): Writing => ({
    method: 'GET',
    gap: ' ',
    origin: '',
    path: '/api/v1/jobs',
    query: `?key=${secretKey}`,
    recode: (path, query) => path + query,
    targetEnd: '',
    timestamp: String(moment),
    accessKey: secretKey,
    lines: ({ request, timestamp, accessKey, quoted }) => [request, timestamp, accessKey, quoted(secretKey)],
    lineEnds: ['\n', '\n'],
    tail: '',
    finish,
    secretKey,
    mac: hmac,
    quoted: text => text,
  })
  const asked = { right: text(text => text), headers: () => '', others: [], parameterNames: [] }
  const changes = textFamilies.flatMap(({ hypotheses }) => [...hypotheses(asked)].map(({ change }) => change))
  const finishes = changes.flatMap(({ finish }) => finish ?? [])
  t.ok(finishes.length > 15)
  const placeholders = `GET /api/v1/jobs?key=(secret key)\n${moment}\n(secret key)\n(secret key)`
  for (const finish of finishes) {
    const shown = written(withoutSecrets(text(finish), hideSecrets([secretKey])))
    t.equal(shown, finish(placeholders))
  }
})

t.test('keeps a secret that was sent out of log, journal and response', async t => {
  const lines: unknown[] = []
  const note = (facts: object, text: string) => void lines.push({ facts, text })
  const log = { debug: note, info: note, warn: note, error: note }
  const { accessKey } = pair
  const secretKey = 'Ab/cD+efGhIjKlMnOpQrStUvWxYz0123456789Zz'
  const { emulator: made } = await emulator(t, { accessKey, secretKey, moment, port: 0, log })
  const port = Number(new URL(await made.listen()).port)
  for (const [name, form] of Object.entries(forms)) {
    const text = form(secretKey)
    const written = Buffer.from(text, 'latin1').toString('latin1')
    for (const target of [`/api/v1/jobs?name=${written}`, `/api/v1/${written}`, `/${written}`]) {
      const headers = signRequest({ method: 'GET', target, timestamp: moment, accessKey, secretKey: 'another' })
      const head = [`GET ${target} HTTP/1.1`, 'host: x', ...Object.entries(headers).map(line => line.join(': '))]
      await talk(t, port, `${head.join('\r\n')}\r\nconnection: close\r\n\r\n`)
    }
    t.ok(lines.length > 0, name)
    for (const line of lines.splice(0)) t.doesNotThrow(() => assertNoSecret(line, secretKey), name)
  }
  t.ok(made.journal.entries({ limit: 100 }).length > Object.keys(forms).length)
  for (const entry of made.journal.entries({ limit: 100 })) t.doesNotThrow(() => assertNoSecret(entry, secretKey))
})
