import { minute } from '../time/korean-time.ts'

export const executionStates = ['ready', 'running', 'completed', 'failed', 'canceled'] as const
export type ExecutionState = (typeof executionStates)[number]

export const executionEnds = ['completed', 'failed', 'canceled'] as const satisfies readonly ExecutionState[]
export type ExecutionEnd = (typeof executionEnds)[number]

/** What becomes of an execution, told from its creation on: waits, runs, ends. */
export interface Fate {
  readonly waiting: number
  readonly duration: number
  readonly end: ExecutionEnd
}

/** An execution with its whole life; its state is a function of the moment. An execution that ends before it starts never starts. */
export interface Lifetime {
  readonly queuedAt: number
  readonly startsAt: number
  readonly endsAt: number
  readonly end: ExecutionEnd
}

interface Span {
  readonly from: number
  readonly to: number
}

export interface FateSettings {
  readonly waiting: Span
  readonly duration: Span
  /** From 0, none fails, to 1, all fail. */
  readonly failureRate: number
}

/** What the execution settings of a job say about the length of an execution. */
export interface RunCondition {
  readonly timeoutMinutes: number
}

export interface TimeoutRules {
  readonly timeoutEnd: 'failed' | 'canceled'
  readonly timeoutZero: 'unlimited' | 'default' | 'refuse'
}

/** The part of seeded chance that a draw needs: a whole number from 0 to `below` - 1. */
export interface Chance {
  below(below: number): number
}

const defaultTimeoutMinutes = 360
const millionths = 1_000_000

const drawSpan = (chance: Chance, { from, to }: Span): number => from + chance.below(to - from + 1)

function longestExecution({ timeoutMinutes }: RunCondition, { timeoutZero }: TimeoutRules): number {
  if (timeoutMinutes > 0) return timeoutMinutes * minute
  return timeoutZero === 'default' ? defaultTimeoutMinutes * minute : Number.POSITIVE_INFINITY
}

/** Draws what becomes of an execution. Always three draws in the same order, so one setting never moves what another gives. */
export function drawFate(chance: Chance, settings: FateSettings, condition: RunCondition, rules: TimeoutRules): Fate {
  const waiting = drawSpan(chance, settings.waiting)
  const duration = drawSpan(chance, settings.duration)
  const fails = chance.below(millionths) < settings.failureRate * millionths
  const longest = longestExecution(condition, rules)
  if (duration > longest) return { waiting, duration: longest, end: rules.timeoutEnd }
  return { waiting, duration, end: fails ? 'failed' : 'completed' }
}

/** The execution of that fate, created at `queuedAt`. */
export function lifetimeOf(queuedAt: number, { waiting, duration, end }: Fate): Lifetime {
  const startsAt = queuedAt + waiting
  return { queuedAt, startsAt, endsAt: startsAt + duration, end }
}

/** The execution, canceled at `at`; one that has ended by then stays as it is. */
export const canceledAt = (execution: Lifetime, at: number): Lifetime =>
  execution.endsAt <= at ? execution : { ...execution, endsAt: at, end: 'canceled' }

/** When the execution left the queue, `undefined` while it has not. */
export const startedAt = ({ startsAt, endsAt }: Lifetime, now: number): number | undefined =>
  startsAt <= now && startsAt <= endsAt ? startsAt : undefined

/** When the execution ended, `undefined` while it has not. */
export const endedAt = ({ endsAt }: Lifetime, now: number): number | undefined => (endsAt <= now ? endsAt : undefined)

/** The state of an execution at a moment that is not before its creation. */
export function stateAt(execution: Lifetime, now: number): ExecutionState {
  if (endedAt(execution, now) !== undefined) return execution.end
  return startedAt(execution, now) === undefined ? 'ready' : 'running'
}

const wholeMinutes = (time: number): number => Math.floor(time / minute)

/** Whole minutes between creation and start, known from the start on. */
export function waitingMinutes(execution: Lifetime, now: number): number | undefined {
  const started = startedAt(execution, now)
  return started === undefined ? undefined : wholeMinutes(started - execution.queuedAt)
}

/** Whole minutes between start and end, known from the end on; none for an execution that never started. */
export function runningMinutes(execution: Lifetime, now: number): number | undefined {
  const started = startedAt(execution, now)
  const ended = endedAt(execution, now)
  return started === undefined || ended === undefined ? undefined : wholeMinutes(ended - started)
}
