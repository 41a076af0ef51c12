import type { EditionId } from '../src/api/editions/editions.ts'
import { nodesText, settings } from '../test/support/bodies.ts'
import type { Random } from './random.ts'

/** A request before it is signed. */
export interface Call {
  readonly method: string
  readonly target: string
  readonly body?: string
}

/** Ids that calls refer to; the caller adds those of new things. */
export interface Known {
  readonly jobs: string[]
  readonly triggers: string[]
  readonly workflows: string[]
  readonly executions: string[]
}

export const nothingKnown = (): Known => ({ jobs: [], triggers: [], workflows: [], executions: [] })

/** Words that break software that was not expecting them. */
const oddWords = [
  '',
  ' ',
  '0',
  '-0',
  '-1',
  '1e400',
  '9007199254740993',
  '9223372036854775808',
  'null',
  'NaN',
  'true',
  '__proto__',
  'constructor',
  'toString',
  "' OR 1=1 --",
  '%',
  '_',
  '*',
  '\u0000',
  '\ud800',
  '\ufeff',
  '한글 작업',
  'é',
  '😀'.repeat(30),
  'a'.repeat(300),
  '../../etc/passwd',
  '{"a":1}',
  '2025-13-01T00:00:00+09:00',
  '2025-06-01T00:00:00%2B09:00',
  '9999-12-31T23:59:59Z',
  '1970-01-01',
] as const

const oddValues: readonly unknown[] = [
  ...oddWords,
  null,
  true,
  0,
  -1,
  0.5,
  1e21,
  2 ** 53,
  [],
  {},
  [[]],
  [null],
  { a: { b: { c: [] } } },
  Array.from({ length: 300 }, () => 1),
]

/** An apostrophe, too: a URL parser on the way to the emulator would encode it after it was signed. */
const encoded = (text: string): string => {
  try {
    return encodeURIComponent(text).replaceAll("'", '%27')
  } catch {
    return '%ED%A0%80'
  }
}

const bodies = {
  job: (r: Random, edition: EditionId): object => ({
    name: r.of(['nightly', 'hourly', 'a-b_c', '작업']),
    nodes: [],
    ...(edition === '2026-09' ? { type: r.of(['VISUAL', 'SCRIPT']) } : {}),
    ...(r.chance(0.3) && { nodes: JSON.parse(nodesText) }),
  }),
  run: (): object => ({ jobCondition: settings }),
  trigger: (r: Random): object => ({
    name: 'trigger',
    ...r.of([
      { type: 'NONE', triggerRule: { type: 'NONE' } },
      { type: 'SCHEDULED', triggerRule: { type: 'RECURRING', interval: 'HOUR', time: '10' } },
      { type: 'SCHEDULED', triggerRule: { type: 'RECURRING', interval: 'DAY', time: '10:00' } },
      { type: 'SCHEDULED', triggerRule: { type: 'RECURRING', interval: 'MONTH', time: '10:00', dateOfMonth: '31' } },
    ]),
  }),
  workflow: (r: Random, _edition: EditionId, known: Known): object => {
    const trigger = r.of(known.triggers)
    const job = r.of(known.jobs)
    const condition = { numWorker: 2, timeout: 360, nrn: 'nrn', scriptPath: 'in/', logPath: 'out/' }
    return {
      name: 'flow',
      isTemp: false,
      nodes: [
        { id: trigger, name: 'start', type: 'TRIGGER', parentNodeIds: [] },
        { id: job, name: 'step', type: 'JOB', parentNodeIds: [trigger], jobCondition: condition },
      ],
    }
  },
}

type Row = readonly [method: string, path: string, query?: readonly string[], body?: keyof typeof bodies]

const page = ['page', 'limit']
const period = ['startDate', 'endDate']

/** Operations of all editions: one that an edition lacks is a 404. */
const operations: readonly Row[] = [
  ['GET', '/jobs', ['name', 'status', 'lastExecutionStatus', 'sort', ...page]],
  ['POST', '/jobs', [], 'job'],
  ['POST', '/jobs/verify', [], 'job'],
  ['GET', '/jobs/{jobs}'],
  ['PUT', '/jobs/{jobs}', [], 'job'],
  ['PATCH', '/jobs/{jobs}', [], 'job'],
  ['DELETE', '/jobs/{jobs}'],
  ['GET', '/jobs/{jobs}/executions', page],
  ['POST', '/jobs/{jobs}/executions', [], 'run'],
  ['PUT', '/jobs/{jobs}/executions', [], 'run'],
  ['GET', '/jobs/{jobs}/executions/{executions}'],
  ['GET', '/triggers', ['name', 'type', ...page]],
  ['POST', '/triggers', [], 'trigger'],
  ['GET', '/triggers/{triggers}'],
  ['PUT', '/triggers/{triggers}', [], 'trigger'],
  ['DELETE', '/triggers/{triggers}'],
  ['GET', '/workflows', ['name', ...page]],
  ['POST', '/workflows', [], 'workflow'],
  ['GET', '/workflows/{workflows}'],
  ['PUT', '/workflows/{workflows}', [], 'workflow'],
  ['DELETE', '/workflows/{workflows}'],
  ['GET', '/workflows/{workflows}/executions', page],
  ['POST', '/workflows/{workflows}/executions', [], 'run'],
  ['GET', '/stats/executions', period],
  ['GET', '/stats/executions-interval', [...period, 'interval']],
  ['GET', '/stats/executions-times', [...period, 'timezone']],
]

/** Control calls with a body that is right. */
const controls: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ['GET', '/clock'],
  ['PUT', '/clock', { advance: '10m' }],
  ['PUT', '/clock', { advance: 3_600_000, frozen: true }],
  ['PUT', '/clock', { until: 'idle' }],
  ['PUT', '/clock', { system: true }],
  ['PUT', '/clock', { rate: 60 }],
  ['GET', '/jobs?limit=10'],
  ['GET', '/executions?limit=10'],
  ['GET', '/workflows'],
  ['GET', '/triggers'],
  ['PATCH', '/jobs/{jobs}', { name: 'renamed', disabled: false }],
  ['PUT', '/jobs/{jobs}/next-runs', ['COMPLETED', { outcome: 'FAILED' }]],
  ['DELETE', '/jobs/{jobs}/next-runs'],
  ['POST', '/jobs/{jobs}/executions/{executions}/cancel'],
  ['POST', '/workflows/{workflows}/run'],
  ['GET', '/requests?limit=5'],
  ['POST', '/requests/near-misses', { path: '/api/v1/jobs' }],
  ['DELETE', '/requests'],
  ['GET', '/accounts'],
  ['GET', '/assumptions'],
  ['GET', '/faults'],
  ['GET', '/fault-presets'],
  ['PUT', '/snapshots/s1'],
  ['POST', '/snapshots/s1/restore'],
  ['DELETE', '/snapshots/s1'],
  ['POST', '/explain', { method: 'GET', target: '/api/v1/jobs', headers: {} }],
  ['POST', '/sign', { method: 'GET', target: '/api/v1/jobs' }],
]

const idOf = (r: Random, known: Known, kind: string): string => {
  const ids = known[kind as keyof Known] ?? []
  return ids.length === 0 || r.chance(0.1) ? encoded(r.of(['nosuchid1234', ...oddWords.slice(1)])) : r.of(ids)
}
const filled = (r: Random, path: string, known: Known): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, kind: string) => idOf(r, known, kind))

const rightWords: Readonly<Record<string, readonly string[]>> = {
  page: ['0', '1', '3'],
  limit: ['1', '20', '1000'],
  startDate: ['2025-05-01T00:00:00', '2025-05-01T00:00:00+09:00', '2025-05-01'],
  endDate: ['2025-07-01T00:00:00', '2025-06-01'],
  interval: ['HOUR', 'DAY', '60'],
  status: ['RUNNABLE', 'RUNNING', 'READY'],
  name: ['n', 'ight', '한글'],
}

function queryOf(r: Random, names: readonly string[], odd: number): string {
  const asked = [...names.filter(() => r.chance(0.6)), ...(r.chance(odd) ? [r.of(oddWords)] : [])]
  const pairs = asked.map(name => {
    const word = r.chance(odd) ? r.of(oddWords) : r.of(rightWords[name] ?? oddWords)
    return r.chance(0.03) ? encoded(name) : `${encoded(name)}=${encoded(word)}`
  })
  if (r.chance(odd / 4)) pairs.push(...pairs)
  const query = pairs.join('&')
  // A bare question mark is left to the tests on a connection: inject() drops it before it arrives.
  return query === '' ? '' : `?${query}`
}

/** Changes one place of a JSON value, at any depth. */
function mutated(r: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || r.chance(0.25)) return r.of(oddValues)
  if (Array.isArray(value)) {
    const at = r.below(value.length + 1)
    return r.chance(0.3) ? value.toSpliced(at, 1) : value.toSpliced(at, 1, mutated(r, value[at]))
  }
  const entries = Object.entries(value)
  const at = r.below(entries.length + 1)
  const [name, member] = entries[at] ?? [r.of(oddWords), null]
  const rest = entries.filter((_, index) => index !== at)
  return Object.fromEntries(r.chance(0.3) ? rest : [...rest, [name, mutated(r, member)]])
}

function textOf(r: Random, value: unknown, odd: number): string {
  const text = JSON.stringify(r.chance(odd) ? mutated(r, value) : value) ?? ''
  if (!r.chance(odd / 4)) return text
  const at = r.below(text.length + 1)
  return (
    text.slice(0, at) +
    r.of(['', ',', '}', '"', '\\u0000', '\\ud800', '1e999', '\ufeff', '[['.repeat(500)]) +
    text.slice(at + r.below(3))
  )
}

/** A call of the emulated API; `odd` is the share of parts that no client should send. */
export function apiCall(r: Random, edition: EditionId, known: Known, odd = 0.3): Call {
  const [method, path, query = [], kind] = r.of(operations)
  const target = `/api/v1${filled(r, path, known)}${queryOf(r, query, odd)}`
  const body = kind && textOf(r, bodies[kind](r, edition, known), odd)
  return {
    method: r.chance(odd / 20) ? r.of(['HEAD', 'OPTIONS', 'DELETE', 'PATCH']) : method,
    target,
    ...(body !== undefined && { body }),
  }
}

/** A call of a control endpoint. */
export function controlCall(r: Random, known: Known, odd = 0.3): Call {
  const [method, path, right] = r.of(controls)
  const target = `/__admin${filled(r, path, known)}${r.chance(odd / 3) ? queryOf(r, ['limit', 'account', 'status'], odd).replace('?', path.includes('?') ? '&' : '?') : ''}`
  return { method, target, ...(right !== undefined && { body: textOf(r, right, odd) }) }
}

/** Content of a fixture, right or wrong. */
export function fixtureOf(r: Random, odd = 0.5): unknown {
  const names = ['load', 'clean', 'export'].slice(0, 1 + r.below(3))
  const right = {
    jobs: names.map(name => ({
      name,
      ...(r.chance(0.3) && { status: r.of(['RUNNABLE', 'RUNNING', 'DRAFT', 'DELETED']) }),
      ...(r.chance(0.4) && {
        executions: [{ status: r.of(['COMPLETED', 'FAILED', 'RUNNING', 'READY']), createdDate: '-1h' }],
      }),
      ...(r.chance(0.2) && { nextRuns: ['FAILED', { outcome: 'COMPLETED' }] }),
    })),
    triggers: [{ name: 'hourly', triggerRule: { type: 'RECURRING', interval: 'HOUR', time: '00' } }],
    workflows: [
      {
        name: 'flow',
        nodes: [
          { type: 'TRIGGER', name: 'hourly' },
          { type: 'JOB', name: names[0] },
        ],
      },
    ],
  }
  return r.chance(odd) ? mutated(r, right) : right
}

/** Headers with one of them missing, changed or malformed. */
export function spoiled(r: Random, headers: Readonly<Record<string, string>>): Record<string, string> {
  const name = r.of(Object.keys(headers))
  const { [name]: value = '', ...rest } = headers
  const visible = oddWords.filter(word => /^[\x20-\x7e]*$/.test(word))
  return r.chance(0.3)
    ? rest
    : { ...rest, [name]: r.of([...visible, value.slice(1), `${value} `, value.toLowerCase(), value.repeat(2)]) }
}

/** Notes the ids that a reply names. */
export function learn(known: Known, reply: unknown): void {
  if (typeof reply !== 'object' || reply === null) return
  const names = { jobs: 'jobId', triggers: 'triggerId', workflows: 'workflowId', executions: 'jobExecutionId' } as const
  for (const kind of Object.keys(names) as (keyof Known)[]) {
    const id = (reply as Record<string, unknown>)[names[kind]]
    if (typeof id !== 'string' || known[kind].includes(id)) continue
    known[kind].push(id)
    if (known[kind].length > 50) known[kind].shift()
  }
}
