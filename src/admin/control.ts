import { executionStatusWord, oneOf as wordSchema } from '../api/vocabulary.ts'
import type { PlannedFate, SeenExecution } from '../domain/execution.ts'
import { type ExecutionEnd, endedAt, executionEnds, startedAt, stateAt } from '../domain/lifetime.ts'
import { type TSchema, Type } from '../schema/json-schema.ts'
import type { PutJob } from '../service/control.ts'
import { formatKorean } from '../time/korean-date.ts'
import { endpoint } from './endpoint.ts'
import { jobChange, nextRuns, wholeJob } from './job-bodies.ts'
import { jobReadings } from './job-readings.ts'
import { accountQuery, acting, type ControlDeps } from './owner.ts'
import { AdminError } from './problem.ts'
import { type CanceledExecution, jobReply, type NextRun, seoulDate, shownJob } from './shown-job.ts'

const present = (value: object) => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined))

const idForm = /^[0-9A-Za-z]{12}$/

const shownExecutions = (jobId: string, fates: readonly PlannedFate[]): NextRuns => ({
  jobId,
  nextRuns: fates.map(({ end, waitingMs, runningMs }) => ({
    end: executionStatusWord[end],
    waitingTime: waitingMs,
    runTime: runningMs,
  })),
})

function shownExecution({ now, ...execution }: SeenExecution): CanceledExecution {
  const [started, ended] = [startedAt(execution, now), endedAt(execution, now)]
  return {
    jobId: execution.origin.jobId,
    jobExecutionId: execution.id,
    status: executionStatusWord[stateAt(execution, now)],
    createdDate: formatKorean(execution.queuedAt),
    ...(started !== undefined && { startDate: formatKorean(started) }),
    ...(ended !== undefined && { endDate: formatKorean(ended) }),
  }
}

interface NextRuns {
  readonly jobId: string
  readonly nextRuns: readonly NextRun[]
}

const executionsReply: TSchema<NextRuns> = Type.Closed({
  jobId: Type.String(),
  nextRuns: Type.Array(
    Type.Closed({
      end: Type.Enum(
        executionEnds.map(end => executionStatusWord[end]),
        { type: 'string' },
      ),
      waitingTime: Type.Integer({ description: 'Milliseconds in READY.' }),
      runTime: Type.Integer({ description: 'Milliseconds in RUNNING.' }),
    }),
    { description: 'Plans of the next executions, in order.' },
  ),
})

const executionReply: TSchema<CanceledExecution> = Type.Closed({
  jobId: Type.String(),
  jobExecutionId: Type.String(),
  status: wordSchema(executionStatusWord),
  createdDate: seoulDate,
  startDate: Type.Optional(seoulDate),
  endDate: Type.Optional(seoulDate),
})

function executionEndpoints(deps: ControlDeps) {
  const { control } = deps
  const query = accountQuery
  const { reading, changing } = acting(deps)

  return {
    nextRuns: endpoint({
      method: 'GET',
      path: '/jobs/{jobId}/next-runs',
      title: 'Get the plans of the next executions of a job',
      query,
      reply: executionsReply,
      act: ({ query, params }) =>
        reading(query, caller => shownExecutions(params.jobId, control.nextRuns(caller, params))),
    }),
    planRuns: endpoint({
      method: 'PUT',
      path: '/jobs/{jobId}/next-runs',
      title: 'Replace the plans of the next executions of a job',
      query,
      body: nextRuns,
      reply: executionsReply,
      act({ query, params, body }) {
        const fates = body.map(({ end, waitingTime, runTime }) =>
          present({ end: end as ExecutionEnd | undefined, waitingMs: waitingTime, runningMs: runTime }),
        )
        return changing(query, caller => shownExecutions(params.jobId, control.planRuns(caller, { ...params, fates })))
      },
    }),
    clearRuns: endpoint({
      method: 'DELETE',
      path: '/jobs/{jobId}/next-runs',
      title: 'Delete the plans of the next executions of a job',
      query,
      reply: executionsReply,
      act: ({ query, params }) =>
        changing(query, caller => shownExecutions(params.jobId, control.planRuns(caller, { ...params, fates: [] }))),
    }),
    cancel: endpoint({
      method: 'POST',
      path: '/jobs/{jobId}/executions/{executionId}/cancel',
      title: 'Cancel an execution, as the console does',
      query,
      reply: executionReply,
      errorStatuses: [409],
      act: ({ query, params }) => changing(query, caller => shownExecution(control.cancel(caller, params))),
    }),
  }
}

export function controlEndpoints(deps: ControlDeps) {
  const { control } = deps
  const query = accountQuery
  const { changing } = acting(deps)

  return {
    ...jobReadings(deps),
    ...executionEndpoints(deps),
    putJob: endpoint({
      method: 'PUT',
      path: '/jobs/{jobId}',
      title: 'Create a job with this id, or replace it',
      query,
      body: wholeJob,
      reply: jobReply,
      act({ query, params, body: { jobId, type, status, lastExecutionStatus, lastExecutionDate, ...rest } }) {
        const { jobCondition, createdDate, updatedDate, ...same } = rest
        if (!idForm.test(params.jobId)) throw new AdminError(400, 'jobId: must be 12 letters and digits')
        if (jobId !== undefined && jobId !== params.jobId) {
          throw new AdminError(400, `jobId: must be ${params.jobId} as in the path, or absent`)
        }
        const given = {
          ...same,
          kind: type,
          state: status,
          lastExecutionState: lastExecutionStatus,
          lastExecutionAt: lastExecutionDate,
          condition: jobCondition,
          createdAt: createdDate,
          updatedAt: updatedDate,
        }
        return changing(query, caller => shownJob(control.put(caller, { ...params, ...(present(given) as PutJob) })))
      },
    }),
    removeJob: endpoint({
      method: 'DELETE',
      path: '/jobs/{jobId}',
      title: 'Remove a job completely, with its executions',
      query,
      act: ({ query, params }) => changing(query, caller => void control.remove(caller, params)),
    }),
    changeJob: endpoint({
      method: 'PATCH',
      path: '/jobs/{jobId}',
      title: 'Set the state of a job, including states that the API cannot reach',
      query,
      body: jobChange,
      reply: jobReply,
      act: ({ query, params, body: { status, lastExecutionStatus, lastExecutionDate, ...rest } }) =>
        changing(query, caller =>
          shownJob(
            control.force(caller, {
              ...params,
              ...present({
                ...rest,
                state: status,
                lastExecutionState: lastExecutionStatus,
                lastExecutionAt: lastExecutionDate,
              }),
            }),
          ),
        ),
    }),
  }
}
