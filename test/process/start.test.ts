import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { fakePair } from '../../src/config/config.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { builtCli, cli, onTerminal, run, shellLine, sourceCli, start } from '../support/process.ts'
import { Sqlite } from '../support/sqlite.ts'

const target = '/api/v1/jobs?page=0&limit=1000'
const signed = () => signRequest({ method: 'GET', target, ...fakePair })
const list = async (url: string) => (await fetch(url + target, { headers: signed() })).text()
const count = async (url: string) => JSON.parse(await list(url)).count

t.test('starts, says where on one line, logs elsewhere, and ends with 0', async t => {
  for (const code of [undefined, sourceCli]) {
    const { child, url, ended } = await start(t, [], {}, code)
    t.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
    t.equal(await count(url), 19)
    t.equal((await fetch(url + target)).status, 401)
    child.kill('SIGTERM')
    const { code: exit, out, err } = await ended
    t.equal(exit, 0)
    t.equal(out, `ncp-dataflow-emulator listens on ${url}\n`)
    const lines = err.trim().split('\n')
    t.match(JSON.parse(lines.at(-1) ?? ''), { level: 'info', method: 'GET', target, status: 401 })
  }
})

t.test('sends the same bytes in every time zone, and at every start with --now', async t => {
  const args = ['--generate', '40', '--seed', 'zone', '--now', '2025-06-01T00:00:00+09:00']
  const zones = ['America/New_York', 'Asia/Kathmandu', 'UTC']
  const starts = await Promise.all(zones.map(TZ => start(t, args, { TZ })))
  const [first, ...others] = await Promise.all(starts.map(({ url }) => list(url)))
  t.match(first, '"createdDate":"2025-03-20T08:54:03+09:00"')
  for (const other of others) t.equal(other, first)
})

t.test('responds to a request in flight before the end', async t => {
  const { child, port, ended } = await start(t)
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', text => {
    answer += text
  })
  const headers = Object.entries(signed()).map(([name, value]) => `${name}: ${value}\r\n`)
  await new Promise(resolve => socket.write(`GET ${target} HTTP/1.1\r\nhost: x\r\n${headers.join('')}`, resolve))
  // A whole exchange on another connection: the half request has arrived by then.
  await fetch(`http://127.0.0.1:${port}/`)
  child.kill('SIGTERM')
  await refused(port)
  socket.write('\r\n')
  const { code: exit } = await ended
  t.equal(exit, 0)
  t.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
  t.match(answer, '"count":19')
})

/** Resolves once nobody listens any more. */
async function refused(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1')
        .on('connect', () => resolve(true))
        .on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (!open) return
  }
}

t.test('ends despite a stuck connection, and at once at a second signal', async t => {
  const stuck = async (signals: readonly NodeJS.Signals[]) => {
    const { child, port, ended } = await start(t)
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    await new Promise(resolve => socket.write('GET /api/v1/jobs HTTP/1.1\r\nhost: x\r\n', resolve))
    await fetch(`http://127.0.0.1:${port}/`)
    const since = performance.now()
    for (const signal of signals) {
      child.kill(signal)
      await refused(port)
    }
    const { code: exit } = await ended
    return { exit, took: performance.now() - since }
  }
  const [once, twice] = await Promise.all([stuck(['SIGINT']), stuck(['SIGTERM', 'SIGINT'])])
  t.equal(once.exit, 0)
  t.ok(once.took < 2000, `${once.took} ms`)
  t.equal(twice.exit, 1)
})

t.test('ends despite followers of the journal', async t => {
  const { child, url, port, ended } = await start(t)
  const stream = await fetch(`${url}/__admin/requests/stream`)
  const unread = connect(port, '127.0.0.1').on('error', () => {})
  unread.write('GET /__admin/requests/stream HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await once(unread, 'readable')
  await list(url)
  const since = performance.now()
  child.kill('SIGTERM')
  t.match(await stream.text(), /^: .*\n\nid: 1\nevent: request\ndata: \{.*\}\n\n$/)
  t.match(await ended, { code: 0, signal: null })
  const took = performance.now() - since
  t.ok(took < 2000, `${took} ms`)
  unread.destroy()
})

t.test('keeps the data of a database file, also when the process is killed', async t => {
  const db = join(t.testdir(), 'emulator.db')
  const first = await start(t, ['--db', db, '--fixtures', 'busy'])
  const kept = await list(first.url)
  first.child.kill('SIGKILL')
  t.equal((await first.ended).signal, 'SIGKILL')

  const second = await start(t, ['--db', db, '--fixtures', 'default'])
  t.equal(await list(second.url), kept, 'seeding only happens into an empty database')
  t.match(second.err(), 'the database holds data')

  const third = await cli(t, ['--port', '0', '--db', db]).ended
  t.match(third, {
    code: 1,
    out: '',
    err: `ncp-dataflow-emulator: --db: database ${db}: is in use by another process; stop that one or name another file\n`,
  })
  second.child.kill('SIGTERM')
  t.equal((await second.ended).code, 0)
  const fourth = await start(t, ['--db', db, '--access-key', 'other', '--secret-key', 'pair'])
  t.match(await list(fourth.url), '"errorCode":"200"', 'keys are those of this start')
})

t.test('reports in one line why it cannot start, and what to do', async t => {
  const dir = t.testdir({ 'notes.txt': 'not a database at all', 'bad.json': '{"jobs": [}', 'bad.yaml': 'port: [1' })
  const path = (name: string) => join(dir, name)
  new Sqlite(path('foreign.db')).exec('CREATE TABLE t (x)').close()
  const { url, port, child, ended } = await start(t, ['--db', path('newer.db')])
  child.kill()
  await ended
  const file = new Sqlite(path('newer.db'))
  file.pragma('user_version = 9999')
  file.close()
  const damaged = readFileSync(path('newer.db'))
  damaged.writeUInt32BE(1, 60)
  damaged.fill(0xff, 100, 4096)
  writeFileSync(path('damaged.db'), damaged)
  const taken = await start(t)

  const failures: readonly {
    args: readonly string[]
    env?: object
    code: number
    says: string | RegExp
    source?: true
  }[] = [
    { args: ['--port', 'abc'], code: 2, says: '--port "abc": must be a whole number from 0 to 65535' },
    {
      source: true,
      args: ['--config', path('bad.yaml')],
      code: 2,
      says: /^--config .+: is not YAML: .* at line 1, column 9$/,
    },
    { args: ['--config', path('none.json')], code: 2, says: /^--config .+: cannot be read: ENOENT: [^\n]*$/ },
    { args: [], env: { NCP_DATAFLOW_AUTH: 'no' }, code: 2, says: /^NCP_DATAFLOW_AUTH \(--auth\) "no": must be one of/ },
    { args: ['--fixtures', 'nowhere'], code: 2, says: /^--fixtures nowhere: expected a file, a folder, "none" or one/ },
    {
      args: ['--fixtures', path('bad.json')],
      code: 2,
      says: /^--fixtures .+bad.json: is not JSON: line 1, column 11/,
    },
    {
      source: true,
      args: ['--port', String(taken.port)],
      code: 1,
      says: `--port ${taken.port}: is in use on 127.0.0.1; stop the other process or choose another port (0 picks a free one)`,
    },
    {
      args: ['--port', String(taken.port), '--host', '[::1]'],
      code: 1,
      says: `--port ${taken.port}: is in use on ::1; stop the other process or choose another port (0 picks a free one)`,
    },
    {
      source: true,
      args: ['--host', '203.0.113.1'],
      code: 1,
      says: /^--host 203.0.113.1: cannot listen on it \(.*\); give an address/,
    },
    { args: ['--db', dir], code: 1, says: `--db: database ${dir}: is a folder, a file is needed` },
    { args: ['--db', '/dev/null'], code: 1, says: '--db: database /dev/null: is no plain file; name another one' },
    {
      args: ['--db', path('no/such/x.db')],
      code: 1,
      says: /cannot be opened for writing .* check that the folder exists/,
    },
    { args: ['--db', path('notes.txt')], code: 1, says: /is not an SQLite file; name another one or delete it$/ },
    { args: ['--db', path('foreign.db')], code: 1, says: /is an SQLite file of another program; name another one$/ },
    {
      args: ['--db', path('newer.db')],
      code: 1,
      says: /was written by a newer version of this emulator \(format 9999, /,
    },
    { args: ['--db', path('damaged.db')], code: 1, says: /is damaged; name another file or delete it$/ },
    {
      source: true,
      args: ['health', '--port', String(port)],
      code: 1,
      says: `no healthy emulator at ${url}: connect ECONNREFUSED 127.0.0.1:${port}`,
    },
    {
      source: true,
      args: ['health', '--port', '0'],
      code: 2,
      says: '--port 0: does not name a port; give the port that the emulator printed',
    },
  ]
  const before = ['notes.txt', 'foreign.db', 'newer.db', 'damaged.db'].map(name => readFileSync(path(name)))
  for (const { args, env, code, says, source } of failures) {
    // One of each way to end from the sources, so that their lines count as covered.
    const from = source ? sourceCli : undefined
    const words = args.includes('--port') ? args : ['--port', '0', ...args]
    const end = await cli(t, words, env, from).ended
    t.equal(end.code, code, end.err)
    t.equal(end.out, '')
    t.match(end.err, /^ncp-dataflow-emulator: [^\n]+\n$/, 'one line')
    t.match(end.err.slice('ncp-dataflow-emulator: '.length).trimEnd(), says)
  }
  const after = ['notes.txt', 'foreign.db', 'newer.db', 'damaged.db'].map(name => readFileSync(path(name)))
  t.same(after, before, 'the files are untouched')
  t.throws(() => statSync(path('no')), { code: 'ENOENT' })
})

t.test('prints on a terminal a curl line that works when pasted', async t => {
  const command = [process.execPath, ...builtCli, '--port', '0', '--generate', '12000']
  const { child, saw, ended, out } = onTerminal(t, command)
  const pasted = await saw(/\n {2}(curl [^\r\n]+)\r?\n/)
  const [, living, deleted] =
    /edition +2025-03\r?\n +jobs +(\d+) \(and (\d+) deleted, not listed by default\)\r?\n/.exec(out()) ?? []
  t.equal(Number(living) + Number(deleted), 12020)
  t.match(out(), /generating jobs \[#+\.+\] \d+%/)
  t.match(out(), /access key +ncp_iam_EMULATORACCESSKEY/)
  const answer = await run(t, ['/bin/sh', '-c', `${pasted} -s`]).ended
  t.match(answer.out, /^\{"list":\[\{"jobId":/)
  const sign = /to sign again: ncp-dataflow-emulator (sign[^\r\n]+)/.exec(out())?.[1]
  const again = await run(t, ['/bin/sh', '-c', `${shellLine([process.execPath, ...builtCli])} ${sign}`]).ended
  t.match(again.out, /^curl -H /)
  const { port } = new URL(/http:\S+/.exec(out())?.[0] ?? '')
  t.equal((await run(t, ['/bin/sh', '-c', `${again.out.trim()} -s`]).ended).out, answer.out)
  t.match(await cli(t, ['health', '--port', port]).ended, { code: 0, out: /^\{"status":"ok"/, err: '' })
  child.stdin?.write('\x03')
  t.equal((await ended).code, 0, 'Ctrl-C ends it well')
})
