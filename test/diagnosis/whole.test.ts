import t from 'tap'
import { moment, pairs, sent } from '../../scripts/signature-page.ts'
import { explained } from '../../src/cli/explain.ts'

const flagsOf = (headers: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))

/** What the command `explain` finds with its whole budget. */
const judged = (call: ReturnType<typeof sent>, body?: string) =>
  explained({ method: call.method, target: call.target, headers: flagsOf(call.headers), body, pairs })

const target = '/api/v1/jobs?page=0&limit=20&name=%EC%A3%BC%EB%AC%B8%20a&status=RUNNABLE'

t.test('gives up after every combination when nothing explains the signature', async t => {
  const call = sent({ title: '', cause: '', method: 'POST', target, secret: 'ncp_iam_UNKNOWNSECRETKEY0001' })
  for (const body of ['{ "name": "orders" }', 'not JSON']) {
    t.match(judged(call, body), { verdict: 'unexplained' })
  }
})

for (const target of ['/api/v1/jobs', '/api/v1/jobs?page=0&limit=20', '/api/v1/jobs/AbCdEf123/executions?page=0']) {
  t.test(`gives up on a short request, too: ${target}`, async t => {
    const call = sent({ title: '', cause: '', target, secret: 'ncp_iam_UNKNOWNSECRETKEY0001' })
    t.match(judged(call), { verdict: 'unexplained' })
  })
}

for (const off of [-297_123, -61_007, 1, 45_678, 180_001, 299_998]) {
  t.test(`finds a signed timestamp that is ${off} ms from the one in the header`, async t => {
    const text = ({ method, target, accessKey }: { method: string; target: string; accessKey: string }) =>
      `${method} ${target}\n${moment + off}\n${accessKey}`
    t.match(judged(sent({ title: '', cause: '', text })), { verdict: 'explained', cause: 'timestamp-differs' })
  })
}

t.test('finds a digest that was turned into text before it was encoded', async t => {
  const lossy = (digest: Buffer) => Buffer.from(digest.toString('utf8'), 'utf8').toString('base64')
  t.match(judged(sent({ title: '', cause: '', target, encode: lossy })), {
    verdict: 'explained',
    cause: 'base64-of-text',
  })
})
