// Runs the code that the console shows for a request, against an emulator.
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { type Call, curl, snippet, snippetLanguages } from '../../src/console/snippets.ts'
import { signRequest, startEmulator } from '../../src/library/index.ts'
import { temporaryFolder } from '../support/package.ts'

const run = promisify(execFile)

const calls = [
  { method: 'GET', target: '/api/v1/jobs?page=0&limit=20', body: undefined, found: /"count":\s*[1-9]/ },
  { method: 'GET', target: "/api/v1/jobs?name=it's%20%22$HOME%22", body: undefined, found: /"count":\s*0/ },
  { method: 'POST', target: '/api/v1/jobs', body: JSON.stringify({ name: 'snippet', nodes: [] }), found: /"jobId"/ },
] as const

t.test('gets a response of success by the code of every language', async t => {
  const emulator = await startEmulator()
  t.teardown(() => emulator.stop())
  const { url, credentials } = emulator
  const { accessKey, secretKey } = credentials
  const cwd = temporaryFolder(t, 'snippets')
  const written = (name: string, text: string): string => {
    writeFileSync(join(cwd, name), text)
    return name
  }
  const command = {
    curl: (call: Call) => {
      const headers = signRequest({ method: call.method, target: call.target, ...credentials })
      return ['/bin/sh', '-c', curl(call, { ...headers })]
    },
    Python: (call: Call) => ['/usr/bin/python3', '-c', snippet('Python', call)],
    Java: (call: Call) => ['java', written('Call.java', snippet('Java', call))],
    Go: (call: Call) => ['go', 'run', written('main.go', snippet('Go', call))],
    JavaScript: (call: Call) => [process.execPath, '--input-type=module', '-e', snippet('JavaScript', call)],
  } as const satisfies Record<(typeof snippetLanguages)[number], (call: Call) => readonly string[]>
  const env = { ...process.env, NCLOUD_SECRET_KEY: secretKey, LC_ALL: 'C.UTF-8' }
  for (const language of snippetLanguages) {
    for (const { method, target, body, found } of calls) {
      const [program = '', ...args] = command[language]({ url, method, target, accessKey, body })
      const { stdout } = await run(program, args, { cwd, env })
      t.match(stdout, found, `${language} ${method} ${target}`)
    }
  }
  const statuses = emulator.journal.entries().map(({ status }) => status ?? 0)
  t.equal(statuses.length, calls.length * snippetLanguages.length)
  t.same(
    statuses.filter(status => status < 200 || status > 299),
    [],
  )
})
