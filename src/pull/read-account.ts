import { jobStatusWord } from '../api/vocabulary.ts'
import type { Account, Item } from './account.ts'
import { textIn } from './account.ts'
import type { Reader } from './read-lists.ts'

/** What the lists of an account hold, before its jobs are opened. */
export type Lists = Pick<Account, 'jobs' | 'deleted' | 'triggers' | 'workflows'>

/** Told how many objects have been opened. */
export type Progress = (done: number, of: number) => void

/** The lists of an account; what cannot be read is noted by the reader. */
export async function readLists(reader: Reader): Promise<Lists> {
  const jobs = await reader.all('getJobs', 'jobId', 'jobs')
  const deleted = reader.filtersStatus
    ? await reader.all('getJobs', 'jobId', 'deleted jobs', `status=${jobStatusWord.deleted}&`)
    : []
  return {
    jobs,
    deleted,
    triggers: await reader.all('getTriggers', 'triggerId', 'triggers'),
    workflows: await reader.all('getWorkflows', 'workflowId', 'workflows'),
  }
}

const isDeleted = (job: Item): boolean => job.status === jobStatusWord.deleted

interface Step {
  readonly kind: 'detail' | 'executions' | 'workflowExecutions'
  readonly id: string
  readonly name: string
}

/** What is to be opened: each job, its executions where it has any, and the executions of each workflow. */
function stepsOf({ jobs, workflows }: Lists, executions: number): Step[] {
  const opened = jobs
    .filter(job => !isDeleted(job))
    .flatMap((job): Step[] => {
      const about = { id: textIn(job, 'jobId'), name: textIn(job, 'name') }
      const ran = executions > 0 && textIn(job, 'lastExecutionDate') !== ''
      return [{ kind: 'detail', ...about }, ...(ran ? [{ kind: 'executions', ...about } as const] : [])]
    })
  const ofWorkflows = executions > 0 ? workflows : []
  return [
    ...opened,
    ...ofWorkflows.map(workflow => ({
      kind: 'workflowExecutions' as const,
      id: textIn(workflow, 'workflowId'),
      name: textIn(workflow, 'name'),
    })),
  ]
}

/** How many requests it takes to open everything in the lists, without retries. */
export const requestsFor = (lists: Lists, executions: number): number => stepsOf(lists, executions).length

const words = {
  detail: 'graphs and settings of jobs',
  executions: 'executions of jobs',
  workflowExecutions: 'executions of workflows',
} as const

/** Opens everything in the lists. At most `executions` executions of each job and workflow are read, the newest ones. */
export async function readAccount(
  reader: Reader,
  lists: Lists,
  executions: number,
  progress: Progress,
): Promise<Account> {
  const found = {
    detail: new Map<string, Item>(),
    executions: new Map<string, readonly Item[]>(),
    workflowExecutions: new Map<string, readonly Item[]>(),
  }

  async function open({ kind, id }: Step): Promise<string | undefined> {
    if (kind === 'detail') {
      const job = await reader.one('getJob', id)
      if (typeof job === 'string') return job
      found.detail.set(id, job)
      return undefined
    }
    const operation = kind === 'executions' ? 'getJobExecutions' : 'getWorkflowExecutions'
    const { items, failure } = await reader.newest(operation, id, executions)
    found[kind].set(id, items)
    return failure
  }

  const steps = stepsOf(lists, executions)
  for (const [index, step] of steps.entries()) {
    const reason = await open(step)
    if (reason !== undefined) reader.note({ what: words[step.kind], of: step.name, reason })
    progress(index + 1, steps.length)
  }
  return {
    ...lists,
    details: found.detail,
    executions: found.executions,
    workflowExecutions: found.workflowExecutions,
  }
}
