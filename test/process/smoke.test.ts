import { Agent, request } from 'node:http'
import t from 'tap'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { start } from '../support/process.ts'

/** `.ci/run` asks for more than the whole suite does. */
const requests = Number(process.env.SMOKE_REQUESTS ?? 1000)
const keys = { accessKey: 'ncp_iam_EMULATORACCESSKEY', secretKey: 'ncp_iam_EMULATORSECRETKEY' }

t.test(`ends with exit code 0 after ${requests} requests, a reset and SIGTERM`, { timeout: 600_000 }, async t => {
  const { child, url, ended } = await start(t, ['--generate', '50', '--log-level', 'error'])
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  t.teardown(() => agent.destroy())
  const call = (method: string, target: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = signRequest({ method, target, ...keys })
      request(url + target, { method, headers, agent }, response => {
        response.on('end', () => resolve(response.statusCode)).resume()
      })
        .on('error', reject)
        .end()
    })
  const targets = [
    '/api/v1/jobs?limit=20',
    '/api/v1/jobs?name=%EB%A7%A4%EC%B6%9C',
    '/api/v1/triggers',
    '/api/v1/workflows',
  ]
  const statuses = new Map<number | undefined, number>()
  let next = 0
  async function work(): Promise<void> {
    while (next < requests) {
      const status = await call('GET', targets[next++ % targets.length] ?? '')
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  t.same([...statuses], [[200, requests]])
  t.match(String(await call('POST', '/__admin/reset')), /^20\d$/)
  t.equal(await call('GET', '/api/v1/jobs'), 200)
  child.kill('SIGTERM')
  const { code, signal, err } = await ended
  t.same({ code, signal, err }, { code: 0, signal: null, err: '' })
})
