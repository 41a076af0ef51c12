import type { OperationName } from '../api/operation.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { formatKorean } from '../time/korean-date.ts'
import { type Context, notObservable } from './claim.ts'
import { idsOf, itemsOf, jobsOf, listTarget, rowOf, targetOf, textOf } from './data.ts'
import { acceptance, type Probe, type Probes, valuesWhere } from './probes.ts'
import { rejectionOf } from './responses.ts'
import { fittingBody, graph, jobBodies } from './scratch.ts'
import type { TargetResponse } from './session.ts'

const day = 86_400_000
const hour = 3_600_000

const getJobs = (context: Context): string => rowOf(context, 'getJobs').path

const readJobs = async (context: Context, query: string): Promise<TargetResponse> =>
  context.session.get(listTarget(getJobs(context), `${query}&page=0&limit=100`))

async function someJobs(context: Context, least = 1) {
  const jobs = await jobsOf(context)
  return jobs.length >= least ? jobs : notObservable(`it takes ${least === 1 ? 'a job' : `${least} jobs`}`)
}

const swapped = (text: string): string =>
  [...text].map(letter => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join('')

const nameMatch: Probe = {
  find: async context => {
    const jobs = await someJobs(context)
    const job = jobs.find(each => (textOf(each, 'name')?.length ?? 0) >= 5) ?? notObservable('no name is long enough')
    const name = textOf(job, 'name') ?? ''
    const finds = async (text: string) =>
      idsOf((await readJobs(context, `name=${encodeURIComponent(text)}`)).json).includes(String(job.jobId))
    if (await finds(name.slice(1, -1))) return 'substring'
    if (await finds(name.slice(0, -1))) return 'prefix'
    return (await finds(name)) ? 'exact' : []
  },
}

const nameCase: Probe = {
  find: async context => {
    const jobs = await someJobs(context)
    const job = jobs.find(each => /[a-z]/i.test(textOf(each, 'name') ?? '')) ?? notObservable('no name has letters')
    const { json } = await readJobs(context, `name=${encodeURIComponent(swapped(textOf(job, 'name') ?? ''))}`)
    return idsOf(json).includes(String(job.jobId)) ? 'insensitive' : 'sensitive'
  },
}

function filtered(context: Context): void {
  if (!('status' in rowOf(context, 'getJobs').query)) notObservable('this edition has no status filter')
}

const statusCase: Probe = {
  find: async context => {
    filtered(context)
    const jobs = await someJobs(context)
    const status = textOf(jobs[0] ?? {}, 'status') ?? notObservable('jobs show no status')
    const right = idsOf((await readJobs(context, `status=${status}`)).json)
    if (right.length === 0) notObservable('the status filter finds no job')
    const unknown = await readJobs(context, 'status=NO_SUCH_STATUS')
    const small = await readJobs(context, `status=${status.toLowerCase()}`)
    const found = idsOf(small.json)
    const same = small.status === 200 && found.join() === right.join()
    if (same && idsOf(unknown.json).join() === found.join()) {
      return notObservable('all jobs have one status, and an unknown status is ignored')
    }
    return same ? 'any' : 'exact'
  },
}

const unknownStatus: Probe = {
  find: async context => {
    filtered(context)
    const { status, json } = await readJobs(context, 'status=NO_SUCH_STATUS')
    if (status === 400) return 'refuse'
    if (status !== 200) return []
    const all = await someJobs(context)
    return itemsOf(json).length === 0 ? 'empty' : itemsOf(json).length === all.length ? 'ignore' : []
  },
}

const count: Probe = {
  find: async context => {
    const all = await someJobs(context, 2)
    const { json } = await context.session.get(`${getJobs(context)}?page=0&limit=1`)
    const shown = Number((json as { count?: unknown })?.count)
    return shown === 1 ? 'page' : shown >= all.length ? 'total' : []
  },
}

const order: Probe = {
  find: async context => {
    const dates = (await someJobs(context, 2)).flatMap(job => textOf(job, 'createdDate') ?? [])
    if (new Set(dates).size < 2) notObservable('all jobs have one createdDate')
    const rising = [...dates].sort()
    return dates.join() === rising.join() ? 'oldest' : dates.join() === rising.reverse().join() ? 'newest' : []
  },
}

const limitZero: Probe = {
  find: async context => {
    for (const name of ['getJobs', 'getWorkflows', 'getTriggers'] as const satisfies readonly OperationName[]) {
      const row = rowOf(context, name)
      if (rejectionOf(row, context.assumed, 'page=0&limit=0')) continue
      const all = await context.session.get(listTarget(row.path))
      if (itemsOf(all.json).length === 0) continue
      const { status, json } = await context.session.get(`${row.path}?page=0&limit=0`)
      return status !== 200 ? [] : itemsOf(json).length === 0 ? 'empty' : 'all'
    }
    /* c8 ignore next -- needs an account without any data */
    return notObservable('no list that takes limit=0 has elements')
  },
}

const pastEnd: Probe = {
  find: async context => {
    const { status, json } = await context.session.get(`${getJobs(context)}?page=1000000&limit=100`)
    return status === 400 ? 'refuse' : status === 200 && itemsOf(json).length === 0 ? 'empty' : []
  },
}

const neverRun: Probe = {
  find: async context => {
    const job =
      (await someJobs(context)).find(({ lastExecutionDate }) => typeof lastExecutionDate !== 'string') ??
      /* c8 ignore next -- needs an account in which every job was executed */
      notObservable('every job was executed')
    const { lastExecutionStatus: status, lastExecutionDate: date } = job
    if (status === undefined && date === undefined) return 'omit'
    if (status === null && date === null) return 'null'
    return status === 'READY' && date === undefined ? 'ready' : []
  },
}

const disabled: Probe = {
  find: async context =>
    (await someJobs(context)).some(job => job.disabled === true)
      ? 'stored'
      : notObservable('no job is shown as disabled, which fits both values'),
}

const resourceId: Probe = {
  find: async context => {
    const jobs = await someJobs(context)
    return jobs.every(job => job.resourceId === job.jobId) ? 'same' : 'own'
  },
}

/** A request that the service rejects. */
const rejectedByService = async (context: Context): Promise<object> => {
  const { json } = await context.session.get(`${getJobs(context)}?page=x`)
  return typeof json === 'object' && json !== null ? json : notObservable('the target sends no error body')
}

const errorBody: Probe = {
  find: async context => {
    const error = await rejectedByService(context)
    const shape = 'errorType' in error ? 'detail' : 'error' in error ? 'error' : undefined
    if (shape === undefined) return []
    return shape === context.edition.errorShape ? 'edition' : shape
  },
}

const errorCode: Probe = {
  find: async context => {
    const { error } = (await rejectedByService(context)) as { error?: { errorCode?: unknown } }
    if (error === undefined) return notObservable('this shape of errors has no errorCode')
    return error.errorCode === '400' ? 'status' : error.errorCode === 'bad-parameter' ? 'word' : []
  },
}

const verification = (context: Context, change: { name?: string; nodes?: readonly object[] }): object => {
  const row = rowOf(context, 'verifyJob')
  const whole = fittingBody(row, context, jobBodies('verified'))
  return { ...whole, ...change }
}

const verified = (
  name: Parameters<typeof acceptance>[0],
  changes: readonly { name?: string; nodes?: readonly object[] }[],
): Probe => acceptance(name, 'verifyJob', context => changes.map(change => ({ body: verification(context, change) })))

const contentType: Probe = {
  find: async context => {
    const { method, path } = rowOf(context, 'verifyJob')
    const { status } = await context.session.ask({
      method,
      target: path,
      body: verification(context, {}),
      headers: { 'content-type': 'text/plain' },
    })
    return status === 400 ? 'json' : status === 200 ? 'ignore' : []
  },
}

const aggregate = (key: string): object[] => {
  const [source = {}, target = {}] = graph()
  const fields = { groupByList: ['city'], aggregateFieldList: [{ name: 'city', [key]: 'most', function: 'MAX' }] }
  return [
    source,
    { type: 'TRANSFORM_AGGREGATE', id: 3, name: 'most', parentNodeIds: [1], ...fields },
    { ...target, parentNodeIds: [3] },
  ]
}

const oneColumn = (type: string) => ({ fieldList: [{ name: 'city', type }] })

async function withSignatureHeaders(
  context: Context,
  headersOf: (signature: string) => Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const target = `${getJobs(context)}?page=0&limit=1`
  return (await context.session.ask({ target, signatureHeaders: headersOf })).status
}

const signatureV1: Probe = {
  find: async context => {
    const status = await withSignatureHeaders(context, signature => ({
      [authHeaderNames.signature]: undefined,
      [authHeaderNames.signatureV1]: signature,
    }))
    return status === 200 ? 'accept' : status === 401 ? 'refuse' : []
  },
}

const signatureWinner: Probe = {
  find: async context => {
    if (context.assumed.signatureV1 === 'refuse') notObservable('the target ignores the other header')
    const status = await withSignatureHeaders(context, signature => ({
      [authHeaderNames.signature]: signature,
      [authHeaderNames.signatureV1]: 'd3Jvbmc=',
    }))
    return status === 200 ? 'v2' : status === 401 ? 'v1' : []
  },
}

const timestampForm: Probe = {
  find: async context => {
    const { status } = await context.session.ask({ target: `${getJobs(context)}?page=0&limit=1`, timestamp: 'noon' })
    return status === 401 ? 'invalid' : status === 400 ? 'header' : []
  },
}

const period = (start: number, end: number, offset = ''): string =>
  [`startDate=${formatKorean(start).slice(0, 19)}`, `endDate=${formatKorean(end).slice(0, 19)}`]
    .map(pair => pair + encodeURIComponent(offset))
    .join('&')

const statsEmpty: Probe = {
  find: async context => {
    const name = context.assumed.statsTimesPath === 'live' ? 'getExecutionTimesLive' : 'getExecutionTimes'
    const { path } = rowOf(context, name)
    const bucketsOf = async (query: string) => {
      const { json } = await context.session.get(`${path}?${query}`)
      const { result } = (json ?? {}) as { result?: unknown }
      return Array.isArray(result) ? (result as { time?: unknown; value?: unknown }[]) : []
    }
    const longAgo = Date.UTC(2001, 0, 1)
    if ((await bucketsOf(period(longAgo, longAgo + day))).length > 0) return 'all'
    const now = context.session.now()
    const buckets = await bucketsOf(period(now - 365 * day, now + day))
    if (buckets.some(({ value }) => value === 0)) return 'between'
    const times = buckets.map(({ time }) => Number(time))
    const gap = times.some((time, index) => index > 0 && time - (times[index - 1] ?? time) > 2 * hour)
    return gap ? 'omit' : notObservable('it takes executions that are more than 2 hours apart, in the last year')
  },
}

const conditionName: Probe = {
  find: async context => {
    const row = rowOf(context, 'getJob')
    const names = valuesWhere('conditionName', value => {
      const { fields = {} } = row.reply({ ...context.assumed, conditionName: value as 'jobCondition' })
      return value in fields
    })
    if (names.length < 2) notObservable('makes no difference in this edition')
    const { json } = await context.session.get(await targetOf(context, 'getJob'))
    return names.filter(name => Object.hasOwn((json ?? {}) as object, name))
  },
}

const workflowFilter: Probe = {
  find: async context => {
    const target = await targetOf(context, 'getWorkflowExecutions')
    const all = await context.session.get(listTarget(target))
    if (itemsOf(all.json).length === 0) notObservable('it takes a workflow with executions')
    const { json } = await context.session.get(listTarget(target, 'filter=no-such-name&page=0&limit=100'))
    return itemsOf(json).length === 0 ? 'name' : 'ignore'
  },
}

const statsTimesPath: Probe = {
  find: async context => {
    const now = context.session.now()
    const ask = async (name: 'getExecutionTimes' | 'getExecutionTimesLive') =>
      (await context.session.get(`${rowOf(context, name).path}?${period(now - day, now)}`)).status === 200
    const [documented, live] = [await ask('getExecutionTimes'), await ask('getExecutionTimesLive')]
    return documented && live ? 'both' : documented ? 'documented' : live ? 'live' : []
  },
}

const triggerIdInPath: Probe = {
  find: async context => {
    const { status } = await context.session.get(rowOf(context, 'getTriggersWithoutId').path)
    return status === 404 ? 'required' : status === 200 ? 'optional' : []
  },
}

const workflowDisabled: Probe = {
  find: async context => {
    const { json } = await context.session.get(listTarget(rowOf(context, 'getWorkflows').path))
    const [workflow = notObservable('the target shows no workflow')] = itemsOf(json)
    const type = typeof workflow.disabled
    return type === 'boolean' || type === 'string' ? type : []
  },
}

/** Probes that change nothing at the target. Those that others depend on come first. */
export const readingProbes: Probes = {
  errorBody,
  errorCode,
  signatureV1,
  signatureWinner,
  timestampForm,
  nameMatch,
  nameCase,
  statusValues: acceptance('statusValues', 'getJobs', () => [{ query: 'status=RUNNABLE&status=RUNNABLE' }]),
  statusCase,
  unknownStatus,
  count,
  order,
  limitZero,
  pastEnd,
  neverRun,
  disabled,
  resourceId,
  unknownParameter: acceptance('unknownParameter', 'getJobs', () => [{ query: 'page=0&limit=1&noSuchParameter=1' }]),
  contentType,
  nodeName: verified('nodeName', [{ nodes: graph({ name: 'Object Storage' }) }]),
  nameStart: verified('nameStart', [{ name: '_compare' }, { name: '-compare' }]),
  resultName: verified('resultName', [{ nodes: aggregate('ResultName') }, { nodes: aggregate('resultName') }]),
  columnType: verified('columnType', [{ nodes: graph(oneColumn('string')) }]),
  emptyNodes: verified('emptyNodes', [{ nodes: [] }]),
  statsDates: acceptance('statsDates', 'countExecutions', ({ session }) => [
    { query: period(session.now() - day, session.now(), '+09:00') },
  ]),
  plusInQuery: acceptance('plusInQuery', 'countExecutions', ({ session }) => [
    { query: period(session.now() - day, session.now(), '+09:00').replaceAll('%2B', '+') },
  ]),
  statsTimesPath,
  statsEmpty,
  conditionName,
  workflowFilter,
  triggerIdInPath,
  workflowDisabled,
  windowEdge: 'the clock of the gateway is not known to the millisecond',
  timeoutEnd: 'an execution would have to run longer than its timeout, at least a minute',
  afterFailure: 'a job would have to fail, and this API cannot make it',
  busyTrigger: 'a trigger would have to fire while its job is being executed',
  shortMonth: 'it shows at the end of a short month',
}
