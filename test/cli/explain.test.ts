import { spawnSync } from 'node:child_process'
import t from 'tap'
import { mistakes, pair, pairs, sent } from '../../scripts/signature-page.ts'
import { explained, explanationText } from '../../src/cli/explain.ts'
import { budgets } from '../../src/diagnosis/diagnose.ts'

const flagsOf = (headers: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))

// Offline nobody knows what time it was.
const rows = mistakes.flatMap(({ rows }) => rows).filter(({ cause }) => !['clock-off', 'time-zone'].includes(cause))

t.test('explains each mistake without an emulator', async t => {
  for (const row of rows) {
    const { method, target, headers, body } = sent(row)
    const bytes = body === undefined ? undefined : Buffer.from(body).toString('latin1')
    const diagnosis = explained({
      method: method.toLowerCase(),
      target,
      headers: flagsOf(headers),
      body: bytes,
      pairs,
      budget: budgets.deep,
    })
    t.equal(diagnosis.verdict === 'explained' ? diagnosis.cause : diagnosis.verdict, row.cause, row.title)
    const text = explanationText(diagnosis)
    t.ok(text.includes(`\n${diagnosis.sentence}`) && text.startsWith(diagnosis.verdict))
    for (const { secretKey } of pairs) t.notOk(text.includes(secretKey))
  }
})

const right = sent({ title: '', cause: '', target: '/api/v1/jobs?page=0' })
const wrong = sent({ title: '', cause: '', target: '/api/v1/jobs?page=0', secret: 'ncp_iam_SOMEOTHERSECRETKEY' })

t.test('prints what to sign with every line feed visible, and what to compare when nothing fits', async t => {
  const url = `https://dataflow.apigw.ntruss.com${right.target}`
  const call = { method: 'GET', target: url, pairs, budget: budgets.deep }
  t.equal(
    explanationText(explained({ ...call, headers: flagsOf(right.headers) })),
    `right
The signature is right.

expected text:      GET /api/v1/jobs?page=0\\n1763900000123\\n${pair.accessKey}
expected signature: ${right.headers['x-ncp-apigw-signature-v2']}`,
  )
  const text = explanationText(explained({ ...call, headers: flagsOf(wrong.headers) }))
  t.match(text, /^unexplained\n.*\n\nexpected text: .*\nexpected signature: .*\n\ncompare\n {2}method: GET\n/)
  t.match(text, /\n {2}secret key: 26 characters\n/)
})

t.test('says what is wrong with a target or a header', async t => {
  const call = { method: 'GET', target: '/api/v1/jobs', headers: [], pairs }
  t.throws(() => explained({ ...call, target: 'jobs' }), { name: 'UsageError', message: /^explain: TARGET must start/ })
  t.throws(() => explained({ ...call, headers: ['x'] }), { name: 'UsageError', message: /^--header "x": must be / })
})

t.test('exits with 0 for a right signature, 1 for a wrong one, 2 for a slip', async t => {
  const run = (...words: string[]) => {
    const keys = ['--access-key', pair.accessKey, '--secret-key', pair.secretKey]
    const argv = ['dist/cli.js', 'explain', ...words, ...keys]
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' })
    return { status, stdout, stderr: stderr.replace(/^\(node:.*\n?|^\(Use .*\n?/gm, '') }
  }
  const flags = (headers: typeof right.headers) => flagsOf(headers).flatMap(header => ['--header', header])
  const folder = t.testdir({ body: '{"name":"작업"}' })
  const signedBody = sent({
    title: '',
    cause: '',
    body: '',
    text: ({ method, target, timestamp, accessKey }) =>
      `${method} ${target}\n${timestamp}\n${accessKey}\n{"name":"작업"}`,
  })
  t.match(run('GET', right.target, ...flags(right.headers)), { status: 0, stdout: /^right\n/, stderr: '' })
  const found = run('GET', signedBody.target, ...flags(signedBody.headers), '--body', `${folder}/body`, '--json')
  t.equal(found.status, 1)
  t.match(JSON.parse(found.stdout), { verdict: 'explained', cause: 'body-signed', signedText: /{"name":"작업"}$/ })
  t.match(run('GET', '/', '--body', `${folder}/none`), {
    status: 2,
    stdout: '',
    stderr: /--body ".*none": cannot read it/,
  })
  t.match(run('GET'), { status: 2, stdout: '', stderr: /explain takes METHOD and TARGET/ })
})
