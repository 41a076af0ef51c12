import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { constants, openSync, readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import t, { type Test } from 'tap'
import { builtCli, environment, onTerminal, sourceCli } from '../support/process.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 })
t.teardown(() => agent.destroy())

async function statusOf(port: number, path: string): Promise<number | undefined> {
  const request = get({ host: '127.0.0.1', port, path, agent })
  const [response] = await once(request, 'response')
  response.resume()
  await once(response, 'end')
  return response.statusCode
}

/** Resolves when the child listens on the port. */
async function ready(child: ChildProcess, port: number): Promise<void> {
  while (child.exitCode === null) {
    const status = await statusOf(port, '/__admin/health').catch(() => undefined)
    if (status === 200) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`ended with ${child.exitCode}`)
}

/** Sends requests without a signature, each of which writes about 10 kB to the log; gives the statuses seen. */
async function reject(port: number, count: number): Promise<Set<number | undefined>> {
  const path = (i: number) => `/api/v1/jobs?n=${i}&filler=${'x'.repeat(10_000)}`
  return new Set(await Promise.all(Array.from({ length: count }, (_, i) => statusOf(port, path(i)))))
}

interface Started {
  readonly child: ChildProcess
  readonly port: number
}

async function startWith(
  t: Test,
  stdio: StdioOptions,
  args: readonly string[] = [],
  code = builtCli,
): Promise<Started> {
  const port = await freePort()
  const child = spawn(process.execPath, [...code, '--port', String(port), ...args], { stdio, env: environment({}) })
  t.teardown(() => child.kill('SIGKILL'))
  await ready(child, port)
  return { child, port }
}

/** Ends the process; gives its exit code and how long that took. */
async function end(child: ChildProcess) {
  const since = performance.now()
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  return { code, took: performance.now() - since }
}

const linesOf = (text: string) => text.split('\n').filter(line => line !== '')
const rejected = (lines: readonly string[]) => lines.filter(line => line.includes('filler='))

async function textOf(stream: Readable): Promise<string> {
  let text = ''
  for await (const chunk of stream.setEncoding('utf8')) text += chunk
  return text
}

/** A pipe that nobody reads; Node itself gives a child sockets. */
function unreadPipe(t: Test): number {
  const path = join(t.testdir(), 'pipe')
  t.equal(spawnSync('mkfifo', [path]).status, 0)
  return openSync(path, constants.O_RDWR)
}

t.test('responds and ends although nobody reads its output', async t => {
  const rows: [string, StdioOptions, string[]][] = [
    ['a socket', ['ignore', 'pipe', 'pipe'], []],
    ['a pipe', ['ignore', unreadPipe(t), unreadPipe(t)], ['--log-format', 'pretty']],
  ]
  for (const [title, stdio, args] of rows) {
    const { child, port } = await startWith(t, stdio, args)
    t.same(await reject(port, 700), new Set([401]), title)
    const { code, took } = await end(child)
    t.equal(code, 0, title)
    t.ok(took < 2000, `${title}: ${took} ms`)
  }
})

t.test('says how many lines were dropped once somebody reads again', async t => {
  for (const code of [builtCli, sourceCli]) {
    const { child, port } = await startWith(t, ['ignore', 'ignore', 'pipe'], [], code)
    const count = 700
    await reject(port, count)
    const { stderr } = child
    if (!stderr) return t.fail('no standard error')
    let text = ''
    const noticed = new Promise<void>(resolve => {
      stderr.setEncoding('utf8').on('data', chunk => {
        text += chunk
        if (/"dropped":/.test(text)) resolve()
      })
    })
    await noticed
    await reject(port, 10)
    child.kill('SIGTERM')
    await once(child, 'close')
    const lines = linesOf(text)
    const [notice = '', ...more] = lines.filter(line => line.includes('"dropped":'))
    t.same(more, [])
    const { level, dropped, msg } = JSON.parse(notice)
    t.match({ level, msg }, { level: 'warn', msg: 'log lines were dropped because nobody read them in time' })
    t.equal(rejected(lines).length + dropped, count + 10)
    for (const line of lines) JSON.parse(line)
  }
})

t.test('loses no line to a file, or to a reader that reads only at the end', async t => {
  const path = join(t.testdir(), 'log')
  const file = await startWith(t, ['ignore', 'ignore', openSync(path, 'w')])
  await reject(file.port, 300)
  t.equal((await end(file.child)).code, 0)
  t.equal(rejected(linesOf(readFileSync(path, 'utf8'))).length, 300)

  const piped = await startWith(t, ['ignore', 'ignore', 'pipe'])
  await reject(piped.port, 300)
  piped.child.kill('SIGTERM')
  if (!piped.child.stderr) return t.fail('no standard error')
  t.equal(rejected(linesOf(await textOf(piped.child.stderr))).length, 300)
})

t.test('continues when the reader is gone', async t => {
  const { child, port } = await startWith(t, ['ignore', 'pipe', 'pipe'])
  child.stdout?.destroy()
  child.stderr?.destroy()
  t.same(await reject(port, 50), new Set([401]))
  t.equal((await end(child)).code, 0)
})

t.test('responds and ends on a terminal that was stopped by Ctrl-S', async t => {
  const port = await freePort()
  const command = [process.execPath, ...builtCli, '--port', String(port)]
  const { child, saw, ended } = onTerminal(t, command, 'echo "pid $$"; ')
  const pid = Number(await saw(/pid (\d+)\r?\n/))
  await saw(/listens on/)
  child.stdin?.write('\x13')
  t.same(await reject(port, 100), new Set([401]))
  const since = performance.now()
  process.kill(pid, 'SIGTERM')
  for (;;) {
    const open = await statusOf(port, '/__admin/health').catch(() => undefined)
    if (open === undefined) break
  }
  child.stdin?.write('\x11')
  t.equal((await ended).code, 0)
  t.ok(performance.now() - since < 2000)
})
