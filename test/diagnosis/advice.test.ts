import t, { type Test } from 'tap'
import { answered, mistakes, moment, pair, sent } from '../../scripts/signature-page.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { emulator, type Setting } from '../support/emulator.ts'
import { talk } from '../support/socket.ts'

const { accessKey, secretKey } = pair
const jobs = '/api/v1/jobs'

/** What a client sends that follows the advice. */
const advisedTarget = (diagnosis: Diagnosis, target: string): string =>
  ('correctedTarget' in diagnosis ? diagnosis.correctedTarget : undefined) ?? target

/** An emulator behind a real port; every request is written to a socket byte for byte. */
async function served(t: Test, setting: Setting = {}) {
  const made = await emulator(t, { accessKey, secretKey, moment, port: 0, ...setting })
  const port = Number(new URL(await made.emulator.listen()).port)
  async function send(method: string, target: string, headers: Readonly<Record<string, string | undefined>>) {
    const lines = Object.entries({ host: 'localhost', connection: 'close', ...headers })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}: ${value}\r\n`)
    const request = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'utf8')
    const { answers } = await talk(t, port, request, { answers: 1 })
    const { status = 0, text = '' } = answers[0] ?? {}
    return { status, body: JSON.parse(text || '{}') }
  }
  return {
    ...made,
    send,
    sendSigned: (method: string, target: string) =>
      send(method, target, signRequest({ method, target, timestamp: moment, accessKey, secretKey })),
  }
}

t.test('lets every request through that follows the advice', async t => {
  const { sendSigned } = await served(t)
  for (const row of mistakes.flatMap(({ rows }) => rows)) {
    const { method, target } = sent(row)
    const advised = advisedTarget(answered(row), target)
    t.equal(advised, row.corrected ?? target, row.title)
    const { status, body } = await sendSigned(method, advised)
    t.not(status, 401, row.title)
    t.notOk(body.error?.message === 'Bad Request Exception', row.title)
  }
})

interface ClientMistake {
  readonly title: string
  /** The name of the job that the client looks for. */
  readonly name: string
  /** What is on the wire. */
  readonly target: string
  /** What is signed instead of it. */
  readonly signed: string
}

/** The jobs that exist; a filter for another name finds none of them. */
const existing = ['orders_daily', 'orders-weekly', 'refunds'].map(name => ({ name }))
const sample = '작업 1'
const whole = `${jobs}?name=`
/** Mistakes of real clients, by what they sign and what they send. */
const clientMistakes: readonly ClientMistake[] = [
  { title: 'raw text signed', name: sample, target: whole + encodeURIComponent(sample), signed: whole + sample },
  {
    title: 'a space signed as it is in escaped Korean',
    name: sample,
    target: whole + encodeURIComponent(sample),
    signed: whole + encodeURIComponent(sample).replace('%20', ' '),
  },
  {
    title: 'Korean signed as it is, the space escaped',
    name: sample,
    target: whole + encodeURIComponent(sample),
    signed: `${whole}${sample.replace(' ', '%20')}`,
  },
  { title: 'a plus sent, %20 signed', name: 'a b', target: `${whole}a+b`, signed: `${whole}a%20b` },
  { title: '%20 sent, a plus signed', name: 'a b', target: `${whole}a%20b`, signed: `${whole}a+b` },
  { title: 'an apostrophe encoded in the text', name: "Kim's", target: `${whole}Kim's`, signed: `${whole}Kim%27s` },
  { title: 'an apostrophe encoded on the wire', name: "Kim's", target: `${whole}Kim%27s`, signed: `${whole}Kim's` },
  {
    title: 'brackets encoded on the wire',
    name: 'a(b)!*',
    target: `${whole}a%28b%29%21%2A`,
    signed: `${whole}a(b)!*`,
  },
  { title: 'a tilde encoded in the text', name: 'a~b', target: `${whole}a~b`, signed: `${whole}a%7Eb` },
  {
    title: 'hexadecimal digits in lower case',
    name: sample,
    target: whole + encodeURIComponent(sample),
    signed: whole + encodeURIComponent(sample).replace(/%../g, hex => hex.toLowerCase()),
  },
  {
    title: 'encoded twice on the wire',
    name: sample,
    target: whole + encodeURIComponent(encodeURIComponent(sample)),
    signed: whole + encodeURIComponent(sample),
  },
  {
    title: 'encoded twice on the wire, raw text signed',
    name: sample,
    target: whole + encodeURIComponent(encodeURIComponent(sample)),
    signed: whole + sample,
  },
  {
    title: 'encoded twice in the text',
    name: sample,
    target: whole + encodeURIComponent(sample),
    signed: whole + encodeURIComponent(encodeURIComponent(sample)),
  },
  { title: 'a plus sign that arrives as a space', name: 'a+b', target: `${whole}a+b`, signed: `${whole}a%2Bb` },
  {
    title: 'parameters sorted in the text',
    name: 'refunds',
    target: `${jobs}?page=0&name=refunds`,
    signed: `${jobs}?name=refunds&page=0`,
  },
  { title: 'the query left out', name: 'refunds', target: `${whole}refunds`, signed: jobs },
  {
    title: 'the whole URL signed',
    name: 'refunds',
    target: `${whole}refunds`,
    signed: `http://localhost${whole}refunds`,
  },
  {
    title: 'a needless escape encoded twice',
    name: 'orders_daily',
    target: `${whole}orders%255Fdaily`,
    signed: `${whole}orders%5Fdaily`,
  },
  {
    title: 'a needless escape encoded twice, its text signed',
    name: 'orders-weekly',
    target: `${whole}orders%252Dweekly`,
    signed: `${whole}orders-weekly`,
  },
  {
    title: 'a needless escape on the wire',
    name: 'orders_daily',
    target: `${whole}orders%5Fdaily`,
    signed: `${whole}orders_daily`,
  },
  {
    title: 'a needless escape in the text',
    name: 'orders-weekly',
    target: `${whole}orders-weekly`,
    signed: `${whole}orders%2Dweekly`,
  },
]

const namesIn = (body: { list: readonly { name: string }[] }): string[] => body.list.map(({ name }) => name)

t.test('gives the result that the client wanted when it follows the advice', async t => {
  const { send, sendSigned, emulator: made } = await served(t, { jobs: existing })
  for (const { title, name, target, signed } of clientMistakes) {
    const headers = signRequest({ method: 'GET', target: signed, timestamp: moment, accessKey, secretKey })
    const wrong = await send('GET', target, headers)
    t.equal(wrong.status, 401, title)
    const [entry] = made.journal.entries({ limit: 1 })
    const diagnosis = entry?.diagnosis as Diagnosis
    t.equal(diagnosis.verdict, 'explained', title)
    const right = await sendSigned('GET', advisedTarget(diagnosis, target))
    t.equal(right.status, 200, title)
    t.same(
      namesIn(right.body),
      existing.map(job => job.name).filter(each => each === name),
      title,
    )
  }
})

t.test('explains a bare question mark that is sent or signed alone', async t => {
  const { send, sendSigned, emulator: made } = await served(t)
  for (const [target, signed] of [
    [`${jobs}?`, jobs],
    [jobs, `${jobs}?`],
  ] as const) {
    const headers = signRequest({ method: 'GET', target: signed, timestamp: moment, accessKey, secretKey })
    t.equal((await send('GET', target, headers)).status, 401)
    t.match(made.journal.entries({ limit: 1 }), [{ diagnosis: { verdict: 'explained' } }])
    t.equal((await sendSigned('GET', target)).status, 200)
  }
})

t.test('gives a target that works for one with raw letters or spaces, as a shell client sends it', async t => {
  const { send, sendSigned, emulator: made } = await served(t, { jobs: existing })
  for (const target of [whole + sample, whole + encodeURIComponent(sample).replace('%20', ' ')]) {
    const headers = signRequest({ method: 'GET', target, timestamp: moment, accessKey, secretKey })
    t.equal((await send('GET', target, headers)).status, 400)
    const [entry] = made.journal.entries({ limit: 1 })
    const [, advised = ''] = /sign the encoded target: (\S+)/.exec(entry?.reason ?? '') ?? []
    const { status, body } = await sendSigned('GET', advised)
    t.equal(status, 200)
    t.same(namesIn(body), [], 'filtered by a name that no job has')
  }
})
