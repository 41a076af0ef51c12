import { gzipSync } from 'node:zlib'
import t from 'tap'
import { preferredLanguage } from '../../src/admin/console.ts'
import { emulator } from '../support/emulator.ts'

const browser = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate' }
const plainHttp = { accept: 'text/html', 'upgrade-insecure-requests': '1' }

const home: { title: string; url?: string; method?: 'GET' | 'POST'; headers: Record<string, string>; sent: boolean }[] =
  [
    { title: 'a browser', headers: browser, sent: true },
    { title: 'a browser on plain HTTP beyond localhost', headers: plainHttp, sent: true },
    { title: 'curl', headers: { accept: '*/*' }, sent: false },
    {
      title: 'HttpURLConnection of an older JDK',
      headers: { accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2' },
      sent: false,
    },
    { title: 'a signed call', headers: { ...browser, 'x-ncp-iam-access-key': 'a' }, sent: false },
    { title: 'fetch of a page', headers: { accept: 'text/html', 'sec-fetch-mode': 'cors' }, sent: false },
    { title: 'another path', url: '/?a=1', headers: browser, sent: false },
    { title: 'another method', method: 'POST', headers: browser, sent: false },
  ]

for (const { title, url = '/', method = 'GET', headers, sent } of home) {
  t.test(`${sent ? 'leads' : 'does not lead'} ${title} to the console`, async t => {
    const { emulator: made } = await emulator(t)
    const answer = await made.app.inject({ method, url, headers })
    if (sent) {
      t.match(answer, { statusCode: 302, headers: { location: '/__admin/console/' } })
      t.equal(made.journal.count(), 0, 'the redirect is not journaled')
    } else {
      t.equal(answer.statusCode, 404)
      t.match(answer.json(), { error: { errorCode: '300' } })
      t.equal(made.journal.count(), 1)
    }
  })
}

t.test('returns 404 with --no-admin', async t => {
  const { emulator: made } = await emulator(t, { noAdmin: true })
  for (const url of ['/', '/__admin/console', '/__admin/console/jobs', '/__admin/console/assets/main.js']) {
    t.equal((await made.app.inject({ url, headers: browser })).statusCode, 404, url)
  }
})

t.test('serves one page for all addresses, and its files, with a strict policy', async t => {
  const { emulator: made } = await emulator(t)
  for (const url of ['/__admin/console', '/__admin/console/']) {
    t.match(await made.app.inject(url), { statusCode: 302, headers: { location: '/__admin/console/jobs' } })
  }
  const page = await made.app.inject({
    url: '/__admin/console/jobs/x?y',
    headers: { 'accept-language': 'ko-KR,en;q=0.5' },
  })
  t.match(page, { statusCode: 200, headers: { 'content-type': /^text\/html/, 'cache-control': 'no-cache' } })
  t.match(page.payload, /<html lang="ko">/)
  const policy = String(page.headers['content-security-policy'])
  for (const part of [/default-src 'self'/, /trusted-types 'none'/, /frame-ancestors 'none'/]) t.match(policy, part)
  t.notMatch(policy, /unsafe|http:|data:/)
  t.match((await made.app.inject('/__admin/console/jobs')).payload, /<html lang="en">/)

  let size = 0
  for (const file of ['main.js', 'boot.js', 'console.css', 'icon.svg']) {
    const answer = await made.app.inject(`/__admin/console/assets/${file}`)
    t.match(answer, { statusCode: 200, headers: { 'x-content-type-options': 'nosniff' } }, file)
    size += gzipSync(answer.rawPayload).length
    const headers = { 'if-none-match': String(answer.headers.etag) }
    t.equal((await made.app.inject({ url: `/__admin/console/assets/${file}`, headers })).statusCode, 304)
  }
  t.ok(size < 100_000, `the console has at most 100 kB compressed, it has ${size} bytes`)
  for (const file of ['nope.js', 'constructor', '..%2f..%2fcli.js']) {
    t.equal((await made.app.inject(`/__admin/console/assets/${file}`)).statusCode, 404, file)
  }
})

t.test('asks for the token where it counts for the whole admin API, and goes on to the page', async t => {
  const { emulator: made } = await emulator(t, { adminToken: 'let-me-in' })
  const deep = '/__admin/console/jobs/x?y=%26'
  const first = await made.app.inject({ url: deep, headers: browser })
  const to = `/__admin/console?to=${encodeURIComponent(deep)}`
  t.match(first, { statusCode: 302, headers: { location: to } })
  const second = await made.app.inject({ url: to, headers: browser })
  t.equal(second.statusCode, 401)
  t.match([second.headers['www-authenticate']].flat()[0], /^Basic/)
  const authorization = `Basic ${Buffer.from('me:let-me-in').toString('base64')}`
  const third = await made.app.inject({ url: to, headers: { ...browser, authorization } })
  t.match(third, { statusCode: 302, headers: { location: deep } })
  t.equal((await made.app.inject({ url: deep, headers: { ...browser, authorization } })).statusCode, 200)
  for (const wrong of [
    'https://evil.example/',
    '//evil.example',
    '/__admin/console',
    '/__admin/console/\r\na: b',
    '',
  ]) {
    const url = `/__admin/console?to=${encodeURIComponent(wrong)}`
    const answer = await made.app.inject({ url, headers: { authorization } })
    t.match(answer, { statusCode: 302, headers: { location: '/__admin/console/jobs' } }, wrong)
  }
  t.equal((await made.app.inject({ url: '/__admin/console/assets/main.js', headers: browser })).statusCode, 401)
  t.equal((await made.app.inject({ url: '/__admin/console/jobs' })).statusCode, 401)
})

const languages = [
  ['ko', 'ko'],
  ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
  ['en-US,en;q=0.9,ko;q=0.8', 'en'],
  ['fr, ko;q=0.1', 'ko'],
  ['ko;q=0, en;q=0.1', 'en'],
  ['', 'en'],
  [undefined, 'en'],
] as const
for (const [header, language] of languages) {
  t.test(`shows ${language} for Accept-Language ${header}`, async t => t.equal(preferredLanguage(header), language))
}
