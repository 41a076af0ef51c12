// Runs the code that the console shows for a request, against an emulator.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t from 'tap'
import { curl, snippet } from '../../src/console/snippets.ts'
import { signRequest, startEmulator } from '../../src/library/index.ts'

const run = promisify(execFile)

const calls = [
  { method: 'GET', target: '/api/v1/jobs?page=0&limit=20', body: undefined, found: /"count":\s*[1-9]/ },
  { method: 'GET', target: "/api/v1/jobs?name=it's%20%22$HOME%22", body: undefined, found: /"count":\s*0/ },
  { method: 'POST', target: '/api/v1/jobs', body: JSON.stringify({ name: 'snippet', nodes: [] }), found: /"jobId"/ },
] as const

t.test('returns a successful response to curl, Python and JavaScript', async t => {
  const emulator = await startEmulator()
  t.teardown(() => emulator.stop())
  const { url, credentials } = emulator
  const env = { ...process.env, NCLOUD_SECRET_KEY: credentials.secretKey }
  for (const { method, target, body, found } of calls) {
    const call = { url, method, target, accessKey: credentials.accessKey, body }
    const headers = signRequest({ method, target, ...credentials })
    const commands: readonly (readonly [string, readonly string[]])[] = [
      ['/bin/sh', ['-c', curl(call, { ...headers })]],
      ['python3', ['-c', snippet('Python', call)]],
      [process.execPath, ['--input-type=module', '-e', snippet('JavaScript', call)]],
    ]
    for (const [command, args] of commands) {
      const { stdout } = await run(command, [...args], { env })
      t.match(stdout, found, `${command} ${method} ${target}`)
    }
  }
  const statuses = emulator.journal.entries().map(({ status }) => status ?? 0)
  t.equal(statuses.length, 9)
  t.ok(statuses.every(status => status >= 200 && status < 300))
})
