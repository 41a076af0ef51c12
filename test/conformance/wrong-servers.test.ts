import t from 'tap'
import type { Send, TargetResponse } from '../../src/conformance/session.ts'
import { compareEmulator, idsWith } from '../support/conformance.ts'

type Response = Omit<TargetResponse, 'json'>
type Request = Parameters<Send>[0]

const asJson = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>

/** Changes the responses that `where` names. */
const changing =
  (where: (request: Request, response: Response) => boolean, change: (response: Response) => Response) =>
  (send: Send): Send =>
  async request => {
    const response = await send(request)
    return where(request, response) ? change(response) : response
  }

const edited =
  (change: (body: Record<string, unknown>) => void) =>
  (response: Response): Response => {
    const body = asJson(response.text)
    change(body)
    return { ...response, text: JSON.stringify(body) }
  }

const list =
  (target: string) =>
  (request: Request, { status }: Response) =>
    request.method === 'GET' && status === 200 && request.target.startsWith(`${target}?`)

/** A change of every element of a list. */
const elements = (change: (element: Record<string, unknown>) => void) =>
  edited(body => {
    for (const element of body.list as Record<string, unknown>[]) change(element)
  })

const details = (text: string) => (_request: Request, response: Response) => response.text.includes(text)
const status = (status: number) => (response: Response) => ({ ...response, status })
const header = (name: string, value: string | undefined) => (response: Response) => ({
  ...response,
  headers: { ...response.headers, [name]: value },
})

const jobs = '/api/v1/jobs'
const ofJobs = (query: string) => (request: Request) =>
  request.target.startsWith(jobs) && request.target.includes(query)
const oneJob = (request: Request, response: Response) =>
  response.status === 200 && /^\/api\/v1\/jobs\/job\w+$/.test(request.target)

/** Servers that are wrong in one thing, and the claims that say so. */
const servers: readonly (readonly [string, (send: Send) => Send, readonly string[]])[] = [
  [
    'has another type of job',
    changing(
      list(jobs),
      elements(job => Object.assign(job, { type: 'BATCH' })),
    ),
    ['getJobs.response'],
  ],
  [
    'leaves out the name of triggers',
    changing(
      list('/api/v1/triggers'),
      elements(each => Reflect.deleteProperty(each, 'name')),
    ),
    ['getTriggers.response'],
  ],
  [
    'adds a member to workflows',
    changing(
      list('/api/v1/workflows'),
      elements(each => Object.assign(each, { owner: 'me' })),
    ),
    ['getWorkflows.response'],
  ],
  [
    'writes updatedDate with milliseconds',
    changing(
      list(jobs),
      elements(job => Object.assign(job, { updatedDate: '2025-03-20T08:54:03.000' })),
    ),
    ['getJobs.response'],
  ],
  [
    'shows numbers as text',
    changing(
      oneJob,
      edited(body => Object.assign(body, { description: 7 })),
    ),
    ['getJob.response'],
  ],
  [
    'shows an unknown status of executions',
    changing(
      list(`${jobs}/job000000002/executions`),
      elements(each => Object.assign(each, { status: 'DONE' })),
    ),
    ['getJobExecutions.response'],
  ],
  [
    'counts negative',
    changing(
      list('/api/v1/stats/executions'),
      edited(body => Object.assign(body, { totalCount: -1 })),
    ),
    ['countExecutions.response'],
  ],
  [
    'echoes the page plus one',
    changing(
      list('/api/v1/triggers'),
      edited(body => Object.assign(body, { page: 1 })),
    ),
    ['getTriggers.page'],
  ],
  [
    'finds unknown jobs',
    changing((_request, { status, text }) => status === 404 && text.includes('unknown job'), status(400)),
    ['getJob.unknown-id', 'getJobExecutions.unknown-id'],
  ],
  [
    'calls not-found otherwise',
    changing(
      details('unknown workflow'),
      edited(body => Object.assign(body.error as object, { message: 'no-such' })),
    ),
    ['getWorkflow.unknown-id', 'getWorkflowExecutions.unknown-id'],
  ],
  [
    'sends 401 as 403 without a signature',
    changing(details('are missing'), status(403)),
    [
      'gateway.credentialsMissing',
      'gateway.credentialsMissing.2',
      'gateway.credentialsMissing.3',
      'gateway.credentialsMissing.4',
    ],
  ],
  [
    'has another text for expired timestamps',
    changing(
      details('Expired timestamp'),
      edited(body => Object.assign(body.error as object, { details: 'Too old.' })),
    ),
    ['gateway.timestampExpired', 'gateway.timestampExpired.2'],
  ],
  [
    'responds 405 to a wrong method',
    changing(({ method }) => method === 'DELETE', status(405)),
    ['gateway.unknownUrl.3'],
  ],
  [
    'looks for credentials before paths',
    changing((request, { status }) => status === 404 && Object.keys(request.headers).length === 0, status(401)),
    ['gateway.unknownUrl.2'],
  ],
  [
    'says the service refused an unknown path',
    changing(details('URL not found'), header('x-ncp-apigw-response-origin', 'ENDPOINT')),
    ['gateway.unknownUrl', 'gateway.unknownUrl.2', 'gateway.unknownUrl.3'],
  ],
  [
    'omits trace ids of single triggers',
    changing(request => /triggers\/trigger/.test(request.target), header('x-ncp-trace-id', undefined)),
    ['getTrigger.response'],
  ],
  [
    'sends text/html with JSON',
    changing(
      request => request.target.startsWith('/api/v1/stats/executions-interval') && !/=x|endDate=&/.test(request.target),
      header('content-type', 'text/html'),
    ),
    ['countExecutionsByDay.response', 'countExecutionsByDay.startDate.absent', 'countExecutionsByDay.endDate.absent'],
  ],
  [
    'reports errors of parameters as 422',
    changing(ofJobs('limit=x'), status(422)),
    ['getJobs.limit.x', 'getJobExecutions.limit.x'],
  ],
  [
    'fails on a large limit',
    changing(
      request => request.target.includes('limit=2147483648') && request.target.startsWith('/api/v1/triggers?'),
      status(500),
    ),
    ['getTriggers.limit.2147483648'],
  ],
  [
    'finds every name',
    changing(
      ({ target }) => target.includes('no-such-name-'),
      edited(body => Object.assign(body, { list: [{ jobId: 'a' }] })),
    ),
    ['getJobs.name'],
  ],
  [
    'ignores the status filter',
    changing(
      ofJobs('status=RUNNABLE&page'),
      elements(job => Object.assign(job, { status: 'STOPPED' })),
    ),
    ['getJobs.status'],
  ],
  [
    'repeats the first page',
    changing(
      ofJobs('?page=1&limit=1'),
      edited(body => Object.assign(body, { list: [{ jobId: 'other' }] })),
    ),
    ['getJobs.pages'],
  ],
  [
    'does not know the malformed target',
    changing(details('Query string is invalid'), status(500)),
    ['gateway.badTarget'],
  ],
]

for (const [title, proxy, claims] of servers) {
  t.test(`names the claims of a server that ${title}`, async t => {
    const { compare } = await compareEmulator(t, { proxy })
    t.same(idsWith(await compare(), 'different'), claims)
  })
}
