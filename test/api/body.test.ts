import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import t from 'tap'
import { type Assumed, assume } from '../../src/api/assumptions.ts'
import { optional, readBody, record, required, under } from '../../src/api/body.ts'
import type { JobBodies } from '../../src/api/editions/2023-10/job-bodies.ts'
import * as a from '../../src/api/editions/2023-10/job-bodies.ts'
import * as b from '../../src/api/editions/2025-03/job-bodies.ts'
import * as c from '../../src/api/editions/2026-09/job-bodies.ts'
import { view } from '../../src/api/view.ts'
import { mapOf, text } from '../../src/schema/shape.ts'

const editions = { a, b, c }
type Letter = keyof typeof editions

interface Row {
  readonly in: string
  readonly body: keyof JobBodies
  readonly sent: unknown
  readonly assume?: Partial<Assumed>
}

const bodyOf = ({ body, assume: switches }: Row, letter: string) =>
  editions[letter as Letter].jobBodies(assume(switches))[body]

const read = (row: Row, letter: string) => {
  const sent = typeof row.sent === 'string' ? row.sent : JSON.stringify(row.sent)
  return readBody<unknown>(bodyOf(row, letter), Buffer.from(sent))
}

const name = 'nightly'
const nodes: unknown[] = []
const where = { nrn: 'nrn:PUB:IAM::1:Role/x', scriptPath: 'b/scripts/', logPath: 'b/logs/' }
const settled = { role: where.nrn, scriptPath: where.scriptPath, logPath: where.logPath }
const usual = { workerType: 'DEFAULT', workers: 2, timeoutMinutes: 360 }
const type = 'SCRIPT'

const taken: readonly (Row & { readonly asked: object })[] = [
  {
    in: 'ab',
    body: 'createJob',
    sent: { name, nodes },
    asked: { name, nodes: '[]', kind: 'visual', condition: {} },
  },
  { in: 'ab', body: 'verifyJob', sent: { name, nodes, description: 'more' }, asked: { name, nodes: '[]' } },
  { in: 'c', body: 'createJob', sent: { name, type }, asked: { name, nodes: '[]', kind: 'script', condition: {} } },
  {
    in: 'c',
    body: 'createJob',
    sent: { name, type, nodes: null, maxConcurrentRuns: 3, jobCondition: { numWorker: 4, timeout: 1 } },
    asked: {
      name,
      nodes: '[]',
      kind: 'script',
      maxConcurrentRuns: 3,
      condition: { workers: 4, timeoutMinutes: 1 },
    },
  },
  {
    in: 'c',
    body: 'createJob',
    sent: `{"name":"${name}","type":"SCRIPT","jobCondition":{"parameters":{"__proto__":"x","a/b":"y"}}}`,
    asked: {
      name,
      nodes: '[]',
      kind: 'script',
      condition: { parameters: JSON.parse('{"__proto__":"x","a/b":"y"}') },
    },
  },
  {
    in: 'ab',
    body: 'updateJob',
    sent: { name, type: 'DATAFLOW', isTemp: true, nodes },
    asked: { name, draft: true, nodes: '[]' },
  },
  { in: 'b', body: 'updateJob', sent: { name, type: 'DATAFLOW' }, asked: { name, draft: false } },
  { in: 'c', body: 'updateJob', sent: { type: 'VISUAL' }, asked: { kind: 'visual' } },
  {
    in: 'c',
    body: 'updateJob',
    sent: { name, type, nodes, jobCondition: { ...where, parameters: { day: '1' } } },
    asked: { name, kind: 'script', nodes: '[]', condition: { ...settled, parameters: { day: '1' } } },
  },
  {
    in: 'ab',
    body: 'updateJobExecuteConfig',
    sent: { jobCondition: where },
    asked: { condition: { ...usual, ...settled } },
  },
  {
    in: 'ab',
    body: 'updateJobExecuteConfig',
    sent: { jobCondition: { ...where, workerType: 'DATAFLOW', numWorker: 10, timeout: 0 } },
    asked: { condition: { workerType: 'DATAFLOW', workers: 10, timeoutMinutes: 0, ...settled } },
  },
  {
    in: 'ab',
    body: 'updateJobExecuteConfig',
    sent: { jobCondition: where },
    assume: { workerType: 'dataflow' },
    asked: { condition: { ...usual, workerType: 'DATAFLOW', ...settled } },
  },
  { in: 'c', body: 'updateJobExecuteConfig', sent: { jobCondition: {} }, asked: { condition: {} } },
]

for (const row of taken) {
  for (const letter of row.in) {
    t.test(`accepts ${row.body} in edition ${letter}: ${JSON.stringify(row.sent)}`, async t => {
      t.strictSame(read(row, letter), row.asked)
    })
  }
}

const condition = (change: object) => ({ jobCondition: { ...where, ...change } })
const at = '/jobCondition'

const refused: readonly (Row & { readonly message: string })[] = [
  { in: 'abc', body: 'createJob', sent: [], message: 'the body: must be an object, was a list of 0' },
  { in: 'abc', body: 'createJob', sent: 'null', message: 'the body: must be an object, was null' },
  {
    in: 'a',
    body: 'createJob',
    sent: { nodes },
    message: 'name: must be a text of 3 to 20 letters, digits, _ and -, the first a letter or _, is missing',
  },
  { in: 'ab', body: 'createJob', sent: { name }, message: 'nodes: must be a list, is missing' },
  { in: 'abc', body: 'createJob', sent: { name, type, nodes: {} }, message: 'nodes: must be a list, was an object' },
  { in: 'ab', body: 'verifyJob', sent: { name, nodes: null }, message: 'nodes: must be a list, was null' },
  {
    in: 'ab',
    body: 'createJob',
    sent: { name, nodes },
    assume: { emptyNodes: 'refuse' },
    message: 'nodes: must be a list of at least 1 node',
  },
  { in: 'c', body: 'createJob', sent: { name }, message: 'type: must be one of VISUAL, SCRIPT, is missing' },
  { in: 'c', body: 'updateJob', sent: { name }, message: 'type: must be one of VISUAL, SCRIPT, is missing' },
  {
    in: 'c',
    body: 'createJob',
    sent: { name, type: 'DATAFLOW' },
    message: 'type: must be one of VISUAL, SCRIPT, was "DATAFLOW"',
  },
  {
    in: 'c',
    body: 'createJob',
    sent: { name, type, maxConcurrentRuns: 0 },
    message: 'maxConcurrentRuns: must be a whole number from 1 to 2147483647, was 0',
  },
  {
    in: 'c',
    body: 'updateJob',
    sent: { type: 'VISUAL', ...condition({ parameters: {} }) },
    message: `jobCondition: ${at}/parameters: must be left out of a job of type VISUAL`,
  },
  {
    in: 'c',
    body: 'createJob',
    sent: { name, type, ...condition({ parameters: { 'a/b~c': 1 } }) },
    message: `jobCondition: ${at}/parameters/a~1b~0c: must be a text, was 1`,
  },
  {
    in: 'c',
    body: 'createJob',
    sent: { name, type, ...condition({ parameters: [] }) },
    message: `jobCondition: ${at}/parameters: must be an object, was a list of 0`,
  },
  {
    in: 'ab',
    body: 'updateJob',
    sent: { name, isTemp: true, nodes },
    message: 'type: must be one of DATAFLOW, is missing',
  },
  {
    in: 'a',
    body: 'updateJob',
    sent: { name, type: 'DATAFLOW', nodes },
    message: 'isTemp: must be true or false, is missing',
  },
  {
    in: 'ab',
    body: 'updateJob',
    sent: { name, type: 'DATAFLOW', isTemp: 'true', nodes },
    message: 'isTemp: must be true or false, was "true"',
  },
  { in: 'abc', body: 'updateJobExecuteConfig', sent: {}, message: 'jobCondition: must be an object, is missing' },
  ...Object.keys(where).map(key => ({
    in: 'ab',
    body: 'updateJobExecuteConfig' as const,
    sent: condition({ [key]: undefined }),
    message: `jobCondition: ${at}/${key}: must be a text that is not empty, is missing`,
  })),
  {
    in: 'abc',
    body: 'updateJobExecuteConfig',
    sent: condition({ nrn: '' }),
    message: `jobCondition: ${at}/nrn: must be a text that is not empty, was ""`,
  },
  {
    in: 'ab',
    body: 'updateJobExecuteConfig',
    sent: condition({ workerType: 'default' }),
    message: `jobCondition: ${at}/workerType: must be one of DEFAULT, DATAFLOW, was "default"`,
  },
  {
    in: 'ab',
    body: 'updateJobExecuteConfig',
    sent: condition({ timeout: 0 }),
    assume: { timeoutZero: 'refuse' },
    message: `jobCondition: ${at}/timeout: must be a whole number from 1 to 1440, was 0`,
  },
  {
    in: 'c',
    body: 'updateJobExecuteConfig',
    sent: condition({ timeout: 0 }),
    message: `jobCondition: ${at}/timeout: must be a whole number from 1 to 1440, was 0`,
  },
  {
    in: 'ab',
    body: 'updateJobExecuteConfig',
    sent: condition({ timeout: 1441 }),
    message: `jobCondition: ${at}/timeout: must be a whole number from 0 to 1440, was 1441`,
  },
  ...[1, 11, 2.5, '2', true].map(numWorker => ({
    in: 'abc',
    body: 'updateJobExecuteConfig' as const,
    sent: condition({ numWorker }),
    message: `jobCondition: ${at}/numWorker: must be a whole number from 2 to 10, was ${JSON.stringify(numWorker)}`,
  })),
  {
    in: 'abc',
    body: 'updateJobExecuteConfig',
    sent: `{"jobCondition":{"numWorker":${'9'.repeat(100)}}}`,
    message: `jobCondition: ${at}/numWorker: must be a whole number from 2 to 10, was ${'9'.repeat(80)}...`,
  },
]

for (const row of refused) {
  for (const letter of row.in) {
    t.test(`rejects in edition ${letter}: ${row.message}`, async t => {
      t.throws(() => read(row, letter), { code: 'badParameter', message: row.message })
    })
  }
}

const names = [
  { name: 'abc', fits: 'abc' },
  { name: '_-9', fits: 'abc' },
  { name: 'a'.repeat(20), fits: 'abc' },
  { name: 'a'.repeat(21), fits: 'bc' },
  { name: 'a'.repeat(100), fits: 'bc' },
  { name: 'a'.repeat(101), fits: '' },
  { name: 'ab', fits: '' },
  { name: '9ab', fits: '' },
  { name: 'a b', fits: '' },
  { name: '한글이름', fits: '' },
  { name: 'abc\n', fits: '' },
  { name: '-ab', fits: '' },
  { name: '-ab', fits: 'abc', assume: { nameStart: 'hyphen' } },
  { name: '_ab', fits: '', assume: { nameStart: 'hyphen' } },
  { name: '-ab', fits: 'abc', assume: { nameStart: 'either' } },
  { name: '_ab', fits: 'abc', assume: { nameStart: 'either' } },
] as const

for (const { name, fits, ...switches } of names) {
  t.test(`${fits ? 'accepts' : 'rejects'} the name ${JSON.stringify(name)} ${JSON.stringify(switches)}`, async t => {
    for (const letter of 'abc') {
      const row: Row = { in: letter, body: 'createJob', sent: { name, type, nodes }, ...switches }
      if (fits.includes(letter)) t.match(read(row, letter), { name })
      else t.throws(() => read(row, letter), { code: 'badParameter', message: /^name: must be a text of 3 to/ })
    }
  })
}

t.test('accepts what the schemas of the document accept', async t => {
  const compiled = new Map<string, (value: unknown) => boolean>()
  const fits = (row: Row, letter: string) => {
    const key = `${letter} ${row.body} ${JSON.stringify(row.assume)}`
    const known = compiled.get(key)
    if (known) return known
    const checker = new Ajv.default({ strict: false })
    formats.default(checker)
    const { schema, definitions } = bodyOf(row, letter)
    for (const part of new Map(definitions.map(part => [Reflect.get(part, '$id'), part])).values())
      checker.addSchema(part)
    const made = checker.compile(schema)
    compiled.set(key, made)
    return made
  }
  const sent = ({ sent }: Row) => (typeof sent === 'string' ? JSON.parse(sent) : JSON.parse(JSON.stringify(sent)))
  for (const row of taken) {
    for (const letter of row.in) {
      if (JSON.stringify(row.sent).includes('null')) continue
      t.ok(fits(row, letter)(sent(row)), `${letter} ${row.body}`)
    }
  }
  for (const row of refused) {
    // Rules between members stand in no schema.
    if (/left out|at least/.test(row.message)) continue
    for (const letter of row.in) t.notOk(fits(row, letter)(sent(row)), `${letter} ${row.message}`)
  }
})

t.test('shows the settings in the words of the edition', async t => {
  const condition = { workers: 3, timeoutMinutes: 5, role: 'r', scriptPath: 's', parameters: { a: 'b' } }
  const shown = { numWorker: 3, timeout: 5, nrn: 'r', scriptPath: 's' }
  const before = (workerType?: string, switches?: Partial<Assumed>) =>
    view('RunCondition', a.runConditionFields, assume(switches)).present({
      ...condition,
      ...(workerType && { workerType }),
    })
  t.strictSame(before(), { workerType: 'DEFAULT', ...shown })
  t.strictSame(before('DATAFLOW'), { workerType: 'DATAFLOW', ...shown })
  t.strictSame(before('DATAFLOW', { workerType: 'default' }), { workerType: 'DEFAULT', ...shown })
  const now = view('JobCondition', c.jobConditionFields, assume())
  t.strictSame(now.present({ ...condition, workerType: 'DEFAULT' }), { ...shown, parameters: { a: 'b' } })
})

t.test('treats an optional member that is null as left out', async t => {
  const shape = record({ a: required(mapOf(text), a => ({ a })), b: optional(text, under('b')) })
  for (const sent of ['{"a":{}}', '{"a":{},"b":null}']) t.strictSame(readBody(shape, Buffer.from(sent)), { a: {} })
  t.strictSame(readBody(shape, Buffer.from('{"a":{"x":"y"},"b":"c"}')), { a: { x: 'y' }, b: 'c' })
})
