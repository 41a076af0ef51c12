import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { assume } from '../src/api/assumptions.ts'
import { banner, curlLine, progressBar } from '../src/cli/banner.ts'
import { defaults } from '../src/config/options.ts'
import { type LogLevel, logTo, silentLog } from '../src/log.ts'

async function logged(t: Test, level: LogLevel, format: 'json' | 'pretty'): Promise<string[]> {
  const file = join(t.testdir(), 'log')
  const fd = openSync(file, 'w')
  const log = await logTo(fd, level, format)
  log.debug({}, 'a detail')
  log.info({ target: '/x', status: 401 }, 'refused')
  log.warn({}, 'odd')
  log.error({ err: new Error('broken') }, 'a bug')
  closeSync(fd)
  return readFileSync(file, 'utf8').split('\n').slice(0, -1)
}

t.test('logs JSON lines or lines for a person, written at once', async t => {
  const json = (await logged(t, 'info', 'json')).map(line => JSON.parse(line))
  t.match(json, [
    { level: 'info', time: /^\d{4}-.*Z$/, target: '/x', status: 401, msg: 'refused' },
    { level: 'warn', msg: 'odd' },
    { level: 'error', err: { message: 'broken', stack: /log\.test/ }, msg: 'a bug' },
  ])
  t.equal((await logged(t, 'debug', 'json')).length, 4)
  const pretty = await logged(t, 'info', 'pretty')
  t.match(pretty[0], /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: refused \{"target":"\/x","status":401\}$/)
  t.match(pretty.slice(2).join('\n'), /ERROR: a bug[\s\S]*broken/)
  t.same(await logged(t, 'silent', 'json'), [])
  t.equal(await logTo(2, 'silent', 'pretty'), silentLog)
})

t.test('gives up lines that nobody can ever read, and writes at exit what still waits', async t => {
  const fifo = join(t.testdir(), 'fifo')
  execFileSync('mkfifo', [fifo])
  const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK)
  const unread = await logTo(openSync(fifo, 'w'), 'info', 'json')
  closeSync(reader)
  t.doesNotThrow(() => unread.info({}, 'the reader is gone'))
  t.doesNotThrow(() => unread.info({}, 'and stays away'))

  const full = await logTo(openSync('/dev/full', 'w'), 'info', 'json')
  t.doesNotThrow(() => full.info({}, 'the disk is full'))

  // The reader of this one never reads: it still waits when this process ends, which takes a quarter of a second longer.
  const slow = join(t.testdir(), 'slow')
  execFileSync('mkfifo', [slow])
  openSync(slow, constants.O_RDONLY | constants.O_NONBLOCK)
  const waits = await logTo(openSync(slow, 'w'), 'info', 'json')
  const began = performance.now()
  for (let line = 0; line < 20; line++) waits.info({ text: 'x'.repeat(10_000) }, 'more than a pipe holds')
  t.ok(performance.now() - began < 1000, 'and delays nothing')
})

t.test('hides a configured secret in the banner, and says what is special', async t => {
  const shown = { url: 'http://h:1', jobs: { living: 3, deleted: 0, elsewhere: 0 }, headersFor: () => ({ a: 'b' }) }
  t.match(
    banner({ ...shown, config: defaults }),
    /secret key {2}ncp_iam_EMULATORSECRETKEY\n[\s\S]*curl -H 'a: b' 'http:\/\/h:1\/api/,
  )
  const config = { ...defaults, db: '/a.db', secretKey: 'sssh', auth: 'off' } as const
  const other = banner({ ...shown, config, headersFor: () => 'There is no such key.' })
  t.notMatch(other, 'sssh')
  const tls = { ...defaults, tls: true }
  for (const [options, ca, flags] of [
    [tls, 'not written to a file (use --tls-ca-out FILE)', '--curl --tls GET'],
    [{ ...tls, tlsCaOut: 'ca.pem' }, 'ca.pem', "--curl --tls --tls-ca-out 'ca.pem' GET"],
    [{ ...defaults, tlsCert: 'c.pem', tlsKey: 'k.pem' }, 'that of c.pem', '--curl GET'],
  ] as const) {
    const text = banner({ ...shown, config: options })
    t.ok(text.includes(`  CA          ${ca}\n`), text)
    t.ok(text.includes(`sign ${flags} 'http`), text)
  }
  for (const part of ['data        /a.db', 'not required (--auth off)', 'There is no such key.']) t.match(other, part)
  t.match(banner({ ...shown, config: defaults }), /jobs {8}3\n/)
  const jobs = { living: 3, deleted: 1, elsewhere: 2 }
  t.match(
    banner({ ...shown, jobs, config: defaults }),
    'jobs        3 (and 1 deleted, not listed by default, 2 in other accounts)',
  )
  const listing = { ...defaults, assume: assume({ listDeleted: 'always' }) }
  t.match(banner({ ...shown, jobs, config: listing }), 'jobs        4 (and 2 in other accounts)')
  const guarded = banner({ ...shown, config: { ...defaults, adminToken: 'let-me-in' } })
  t.match(guarded, /API docs {4}http:\/\/h:1\/__admin\/docs \(password: the admin token\)\n/)
  t.notMatch(guarded, 'let-me-in')
  t.notMatch(banner({ ...shown, config: { ...defaults, noAdmin: true } }), '__admin')
})

t.test('sends by a curl line what was signed', async t => {
  const ca = { tls: true, tlsCaOut: "it's/ca.pem" }
  for (const [method, url, line, options = {}] of [
    ['GET', 'https://h/a', "curl 'https://h/a'"],
    ['GET', 'https://h/a', "curl -k 'https://h/a'", { tls: true }],
    ['GET', 'https://h/a', `curl --cacert 'it'\\''s/ca.pem' 'https://h/a'`, ca],
    ['GET', 'http://h/a', "curl 'http://h/a'", ca],
    ['GET', 'https://h/a', "curl 'https://h/a'", { tls: true, tlsCert: 'c.pem', tlsKey: 'k.pem' }],
    ['GET', 'http://h/a', "curl 'http://h/a'"],
    ['DELETE', 'http://h/a', "curl -X DELETE 'http://h/a'"],
    ['HEAD', 'http://h/a', "curl -I 'http://h/a'"],
    ['GET', "http://h/it's", `curl 'http://h/it'\\''s'`],
    ['GET', 'http://h/a?x=[1]', "curl -g 'http://h/a?x=[1]'"],
    ['GET', 'http://h/a/../b', "curl --path-as-is 'http://h/a/../b'"],
  ] as const) {
    t.equal(curlLine(method, url, {}, { ...defaults, ...options }), line)
  }
})

t.test('draws a bar for long runs, and clears it', async t => {
  const drawn: string[] = []
  const bar = progressBar(text => drawn.push(text))
  bar(0, 9999)
  bar(9999, 9999)
  t.same(drawn, [])
  bar(5000, 10_000)
  bar(10_000, 10_000)
  t.same(drawn, [`\rgenerating jobs [${'#'.repeat(15)}${'.'.repeat(15)}] 50%`, '\r\x1b[K'])
})
