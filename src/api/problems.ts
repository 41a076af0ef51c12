import { ApiError, type ServiceErrorName } from '../domain/api-error.ts'
import { type Problem, type ProblemName, ServiceProblem } from '../domain/problem.ts'

type Facts<Name extends ProblemName> = Extract<Problem, { readonly problem: Name }>

interface Wording<Name extends ProblemName> {
  readonly error: ServiceErrorName | ((facts: Facts<Name>) => ServiceErrorName)
  readonly text: string | ((facts: Facts<Name>) => string)
}

const quoted = (text: string): string => JSON.stringify(text)

/** How every problem that a service reports is called on the wire, and how it reads. */
const wordings: { readonly [Name in ProblemName]: Wording<Name> } = {
  unknown: {
    error: 'notFound',
    text: ({ kind, id, known }) =>
      `unknown ${kind} ${quoted(id)}${known ? `; existing ${kind}s: ${known.join(', ') || 'none'}` : ''}`,
  },
  unknownExecution: {
    error: 'notFound',
    text: ({ jobId, executionId }) => `job ${jobId} has no execution ${quoted(executionId)}`,
  },
  unknownNode: {
    error: 'badParameter',
    text: ({ index, kind, id }) => `nodes: /nodes/${index}/id: unknown ${kind} ${quoted(id)}`,
  },
  pageOutOfRange: {
    error: 'badParameter',
    text: ({ page, total }) => `page: page ${page} is past the end of ${total} elements`,
  },
  jobNameTaken: { error: 'badParameter', text: ({ name }) => `name: another job is called ${quoted(name)}` },
  jobBusy: {
    error: 'badState',
    text: ({ jobId, cannot }) => `job ${jobId} has an execution under way and cannot ${cannot}`,
  },
  jobNotRunnable: {
    error: 'badState',
    text: ({ jobId, state }) => `job ${jobId} is ${state}, only a runnable one can be run`,
  },
  tooManyExecutions: {
    error: 'badState',
    text: ({ jobId, underWay, most }) =>
      `job ${jobId} has ${underWay} executions under way, its maxConcurrentRuns is ${most}`,
  },
  executionEnded: {
    error: 'badState',
    text: ({ executionId, jobId, state }) => `execution ${executionId} of job ${jobId} has ended already (${state})`,
  },
  parametersOfVisualJob: {
    error: 'badParameter',
    text: ({ jobId }) => `parameters: only a job of type SCRIPT has parameters, job ${jobId} is of type VISUAL`,
  },
  draftWorkflow: { error: 'badState', text: ({ workflowId }) => `workflow ${workflowId} is a draft` },
  workflowNodeDeleted: {
    error: 'badState',
    text: ({ workflowId, kind, id }) => `workflow ${workflowId} cannot run: its ${kind} ${id} was deleted`,
  },
  workflowWithoutTrigger: {
    error: 'badState',
    text: ({ workflowId }) => `workflow ${workflowId} has no start trigger`,
  },
  scheduledWorkflow: {
    error: 'badState',
    text: ({ workflowId, triggerId }) =>
      `workflow ${workflowId} is started by schedule (trigger ${triggerId}), not by hand`,
  },
  dateOfNoExecution: {
    error: 'badParameter',
    text: 'lastExecutionDate: a job that was never executed has no such date',
  },
  dateWithoutStatus: {
    error: 'badParameter',
    text: 'lastExecutionDate: a job that was never executed needs lastExecutionStatus, too',
  },
  accountNameTaken: { error: 'badState', text: ({ name }) => `name: the account ${quoted(name)} exists already` },
  accessKeyTaken: {
    error: 'badState',
    text: ({ accessKey }) => `credentials: the access key ${quoted(accessKey)} is taken`,
  },
  defaultAccount: {
    error: 'badState',
    text: ({ name }) => `the account ${quoted(name)} cannot be deleted, only reset`,
  },
  clockInterrupted: {
    error: 'badState',
    text: ({ now, reason }) => `the clock stopped at ${now} on its way: ${reason}`,
  },
  snapshotName: {
    error: 'badParameter',
    text: 'name: must be 1 to 64 letters, digits, _ and -, the first a letter or digit',
  },
  tooManySnapshots: {
    error: 'badState',
    text: ({ count }) => `${count} snapshots exist, which is the limit; delete one`,
  },
  snapshotsTooLarge: {
    error: 'badState',
    text: ({ bytes, most }) => `all snapshots together would take ${bytes} bytes, the limit is ${most}; delete one`,
  },
  noSnapshotFolder: {
    error: 'badState',
    text: 'snapshot files need a folder; start the emulator with --snapshots DIR',
  },
  snapshotFile: {
    error: ({ invalid }) => (invalid ? 'badParameter' : 'badState'),
    text: ({ reason }) => reason,
  },
}

/** The error of the API that reports a problem; any other error is returned as it is. */
export function asApiError(error: unknown): unknown {
  if (!(error instanceof ServiceProblem)) return error
  const { facts } = error
  const { error: code, text } = wordings[facts.problem] as Wording<ProblemName>
  return new ApiError(typeof code === 'function' ? code(facts) : code, typeof text === 'function' ? text(facts) : text)
}
