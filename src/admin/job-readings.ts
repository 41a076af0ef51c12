import { conditionSchema, showCondition } from '../api/job-condition.ts'
import { executionStatusWord, jobStatusWord, meaningOf } from '../api/vocabulary.ts'
import type { JobDetail } from '../domain/job.ts'
import { isJsonObject, type Json, RawJson, readJson } from '../schema/json.ts'
import { type TSchema, Type } from '../schema/json-schema.ts'
import { oneOf, refined, text } from '../schema/shape.ts'
import type { Caller } from '../service/caller.ts'
import type { ListedJob } from '../service/overview.ts'
import { endpoint } from './endpoint.ts'
import { accountQuery, acting, type ControlDeps } from './owner.ts'
import { listQuery, pagingOf, timing, timingOf } from './paging.ts'
import { jobMembers, shownJob } from './shown-job.ts'

const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()])

const statusQuery = refined(oneOf(Object.values(jobStatusWord)), found => meaningOf(jobStatusWord, found))
const executionStatusQuery = refined(oneOf(Object.values(executionStatusWord)), found =>
  meaningOf(executionStatusWord, found),
)

const listed = ({ job, progress, endsAt }: ListedJob) => ({
  ...shownJob(job),
  progress: progress ?? null,
  endsAt: endsAt ?? null,
})

/** Numbers of 64 bits as text: most readers of JSON would round them. */
const idText = (id: Json | undefined): string => (id instanceof RawJson ? id.text : String(id ?? ''))

const plain = (value: Json): unknown => {
  if (value instanceof RawJson) return value.text
  if (Array.isArray(value)) return value.map(plain)
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)])) : value
}

/** The nodes of a job with ids as text; absent members are empty texts. */
function shownNodes(stored: string) {
  const nodes = readJson(stored)
  return (Array.isArray(nodes) ? nodes : [])
    .filter(isJsonObject)
    .map(({ id, name, type, parentNodeIds, ...settings }) => ({
      id: idText(id),
      name: typeof name === 'string' ? name : '',
      type: typeof type === 'string' ? type : '',
      parentNodeIds: Array.isArray(parentNodeIds) ? parentNodeIds.map(idText) : [],
      settings: plain(settings),
    }))
}

const detailReply = Type.Closed({
  ...jobMembers,
  description: Type.String(),
  jobCondition: conditionSchema,
  nodes: Type.Array(
    Type.Closed({
      id: Type.String({ description: 'As text, as it has up to 64 bits.' }),
      name: Type.String(),
      type: Type.String(),
      parentNodeIds: Type.Array(Type.String()),
      settings: Type.Record(Type.Unknown(), { description: 'The other members.' }),
    }),
  ),
  workflows: Type.Array(Type.Closed({ workflowId: Type.String(), name: Type.String() }), {
    description: 'The workflows that run it.',
  }),
})

/** The endpoints that read jobs: a page of jobs, or one job with its nodes and settings. */
export function jobReadings(deps: ControlDeps) {
  const { control, overview } = deps
  const { reading } = acting(deps)

  const detail = (caller: Caller, job: JobDetail) => ({
    ...shownJob(job),
    description: job.description,
    jobCondition: showCondition(job.condition),
    nodes: shownNodes(job.nodes),
    workflows: overview.using(caller, job.id).map(({ id, name }) => ({ workflowId: id, name })),
  })

  return {
    jobs: endpoint({
      method: 'GET',
      path: '/jobs',
      title: 'List the jobs of an account in any state, the newest first',
      query: {
        ...accountQuery,
        name: text,
        status: statusQuery,
        lastExecutionStatus: executionStatusQuery,
        ...listQuery,
      },
      reply: Type.Closed({
        ...timing,
        count: Type.Integer({ description: 'How many the filter finds, on all pages.' }),
        jobs: Type.Array(
          Type.Closed({
            ...jobMembers,
            progress: orNull(Type.Number({ description: 'How far the running execution is, from 0 to 1.' })),
            endsAt: orNull(Type.Integer({ description: 'When the running execution ends, in epoch milliseconds.' })),
          }),
        ),
      }),
      act: ({ query: { name, status, lastExecutionStatus, ...query } }) =>
        reading(query, caller => {
          const { list, total } = overview.jobs(caller, {
            ...pagingOf(query),
            states: status === undefined ? 'all' : [status],
            lastExecutionState: lastExecutionStatus,
            name: name ? { text: name, match: 'substring', ignoreCase: true } : undefined,
          })
          return { ...timingOf(deps, caller), count: total, jobs: list.map(listed) }
        }),
    }),
    job: endpoint({
      method: 'GET',
      path: '/jobs/{jobId}',
      title: 'Get a job with its nodes and settings, a deleted one, too',
      query: accountQuery,
      reply: detailReply,
      act: ({ query, params }) => reading(query, caller => detail(caller, control.job(caller, params))),
    }),
  }
}
