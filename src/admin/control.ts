import { Type } from 'typebox'
import { distanceForm, givenDistance, givenMoment, momentForm } from '../clock-control.ts'
import type { PlannedFate, SeenExecution } from '../domain/execution.ts'
import { type Job, jobStates } from '../domain/job.ts'
import { endedAt, type RunEnd, runEnds, runStates, startedAt, stateAt } from '../domain/run.ts'
import type { Caller } from '../service/caller.ts'
import type { ControlService, ForcedJob } from '../service/control.ts'
import { complain, listOf, refined, type Shape, shape, text, wholeFrom, word, yesOrNo } from '../spec/body.ts'
import { inSeoul, jobStatusWord, meaningOf, runStatusWord } from '../spec/vocabulary.ts'
import { Complaint } from './problem.ts'
import { bodyTaken, strictly } from './strict.ts'

/** The accounts by their names and keys. */
export interface AccountsByName {
  readonly named: (name: string) => number | undefined
  readonly ofKey: (accessKey: string) => number | undefined
}

export interface ControlParts {
  readonly control: ControlService
  readonly accounts: AccountsByName
  readonly defaultAccount: string
  /** The moment, with the data brought up to it. */
  readonly present: () => number
  /** Runs a change: all of it or nothing. */
  readonly write: <T>(change: () => T) => T
}

interface Asked {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

const one = (query: Asked['query'], name: string): string | undefined => {
  const value = query[name]
  if (value === undefined || typeof value === 'string') return value
  throw new Complaint(400, `${name}: must be given once.`)
}

/** Whose data is meant: the account of that name or key, else the default one. */
function accountIn(query: Asked['query'], { accounts, defaultAccount }: ControlParts): number {
  const other = Object.keys(query).find(name => name !== 'account' && name !== 'accessKey')
  if (other !== undefined) {
    throw new Complaint(400, `${JSON.stringify(other)}: no such parameter; there are account and accessKey.`)
  }
  const [name, accessKey] = [one(query, 'account'), one(query, 'accessKey')]
  if (name !== undefined && accessKey !== undefined) {
    throw new Complaint(400, 'account and accessKey: one of them, not both.')
  }
  const found = accessKey === undefined ? accounts.named(name ?? defaultAccount) : accounts.ofKey(accessKey)
  if (found !== undefined) return found
  const missing =
    accessKey === undefined ? `account ${JSON.stringify(name)}` : `access key ${JSON.stringify(accessKey)}`
  throw new Complaint(404, `There is no ${missing}.`)
}

const meaning = <W extends Readonly<Record<string, string>>>(words: W, among: readonly (keyof W & string)[]) =>
  refined(word(among.map(name => words[name] ?? '')), found => meaningOf(words, found) as keyof W & string)

const nameShape = refined(text, (name, at) =>
  name !== '' && name.length <= 1000 ? name : complain(at, 'must be a text of 1 to 1000 characters'),
)
const runState = meaning(runStatusWord, runStates)
const lastRunState: Shape<ForcedJob['lastRunState']> = {
  ...runState,
  expected: `${runState.expected} or null`,
  take: (value, at) => (value === null ? 'never' : (runState.take(value, at) as ForcedJob['lastRunState'])),
}

const jobChange = strictly({
  name: nameShape,
  status: meaning(jobStatusWord, jobStates),
  disabled: yesOrNo,
  maxConcurrentRuns: wholeFrom(1, 2 ** 31 - 1),
  lastExecutionStatus: lastRunState,
  lastExecutionDate: shape(Type.Union([Type.String(), Type.Number()]), momentForm, givenMoment),
})

/** The longest wait or run that can be asked for: the year 9999 is far away, but a sum of moments must fit. */
const longest = 1_000_000_000_000
const stretch = refined(shape(Type.Union([Type.String(), Type.Number()]), distanceForm, givenDistance), (time, at) =>
  time >= 0 && time <= longest ? time : complain(at, `must be from 0 to ${longest} milliseconds`),
)
const mostPlanned = 1000
const nextRuns = refined(
  listOf(strictly({ end: meaning(runStatusWord, runEnds), waitingTime: stretch, runTime: stretch })),
  (list, at) => (list.length <= mostPlanned ? list : complain(at, `must be a list of at most ${mostPlanned}`)),
)

const present = (value: object) => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined))

const shownJob = (job: Job) => ({
  jobId: job.id,
  name: job.name,
  status: jobStatusWord[job.state],
  disabled: job.disabled,
  maxConcurrentRuns: job.maxConcurrentRuns,
  ...(job.lastRun && {
    lastExecutionStatus: runStatusWord[job.lastRun.state],
    lastExecutionDate: inSeoul(job.lastRun.at),
  }),
  createdDate: inSeoul(job.createdAt),
  updatedDate: inSeoul(job.updatedAt),
})

const shownRuns = (jobId: string, fates: readonly PlannedFate[]) => ({
  jobId,
  nextRuns: fates.map(({ end, waitingMs, runningMs }) => ({
    end: runStatusWord[end],
    waitingTime: waitingMs,
    runTime: runningMs,
  })),
})

function shownExecution({ now, ...run }: SeenExecution) {
  const [started, ended] = [startedAt(run, now), endedAt(run, now)]
  return {
    jobId: run.origin.jobId,
    executionId: run.id,
    status: runStatusWord[stateAt(run, now)],
    createdDate: inSeoul(run.queuedAt),
    ...(started !== undefined && { startedDate: inSeoul(started) }),
    ...(ended !== undefined && { endedDate: inSeoul(ended) }),
  }
}

/** Jobs and runs, to be put into any state: each answers what came of it. */
export function controlEndpoints(parts: ControlParts) {
  const { control, write } = parts

  /** Takes the body first, then brings the data up to now and changes it in one transaction. */
  const doing =
    <T>(
      taken: (body: unknown) => T,
      act: (caller: Caller, params: Readonly<Record<string, string>>, body: T) => object,
    ) =>
    ({ params, query, body }: Asked): object => {
      const accountId = accountIn(query, parts)
      const wanted = taken(body)
      return write(() => act({ accountId, now: parts.present() }, params, wanted))
    }
  const nothing = (): undefined => undefined
  const jobOf = ({ jobId = '' }: Readonly<Record<string, string>>) => ({ jobId })

  return {
    job: doing(nothing, (caller, params) => shownJob(control.job(caller, jobOf(params)))),
    changeJob: doing(
      body => bodyTaken(jobChange, body),
      (caller, params, { status, lastExecutionStatus, lastExecutionDate, ...rest }) =>
        shownJob(
          control.force(caller, {
            ...jobOf(params),
            ...present({ ...rest, state: status, lastRunState: lastExecutionStatus, lastRunAt: lastExecutionDate }),
          }),
        ),
    ),
    nextRuns: doing(nothing, (caller, params) =>
      shownRuns(params.jobId ?? '', control.nextRuns(caller, jobOf(params))),
    ),
    planRuns: doing(
      body => bodyTaken(nextRuns, body),
      (caller, params, planned) => {
        const fates = planned.map(({ end, waitingTime, runTime }) =>
          present({ end: end as RunEnd | undefined, waitingMs: waitingTime, runningMs: runTime }),
        )
        return shownRuns(params.jobId ?? '', control.planRuns(caller, { ...jobOf(params), fates }))
      },
    ),
    clearRuns: doing(nothing, (caller, params) =>
      shownRuns(params.jobId ?? '', control.planRuns(caller, { ...jobOf(params), fates: [] })),
    ),
    cancel: doing(nothing, (caller, { executionId = '', ...params }) =>
      shownExecution(control.cancel(caller, { ...jobOf(params), executionId })),
    ),
  }
}
