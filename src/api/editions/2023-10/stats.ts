import type { ExecutionTotals } from '../../../domain/execution.ts'
import type { Counted, CountedDay } from '../../../domain/statistics.ts'
import { Type } from '../../../schema/json-schema.ts'
import { quoted } from '../../../schema/place.ts'
import { formatKoreanLocal } from '../../../time/korean-date.ts'
import { day, parseMoment } from '../../../time/korean-time.ts'
import type { Assumed } from '../../assumptions.ts'
import { operation } from '../../operation.ts'
import { badParameter, type Param, single } from '../../query.ts'
import { fieldOf, listView, type View, view } from '../../view.ts'

/** A longer period would be a reply of thousands of days; no limit is published. */
const longestDays = 3660

const form = 'YYYY-MM-DDTHH:mm:ss in Korean time'

/** What to send instead of a plus sign that is not escaped, or of a space; empty where the date has neither. */
function missingEscape(text: string, { statsDates }: Assumed): string {
  if (/T.* \d\d:?\d\d$/.test(text)) {
    return statsDates === 'refuse'
      ? '; leave out the offset: the time is Korean time'
      : '; + stands for a space in a query: send the plus sign of the offset as %2B'
  }
  return /^\d{4}-\d\d-\d\d \d/.test(text) ? '; + and %20 stand for a space: send T between date and time' : ''
}

function dateOf(values: readonly string[], name: string, assumed: Assumed): number {
  const text = single(values, name)
  if (!text) return badParameter(name, `is required, ${form}`)
  // A plus that was not percent-encoded arrives as a space.
  const sent = assumed.plusInQuery === 'accept' ? text.replace(/ (?=\d\d:?\d\d$)/, '+') : text
  const offset = /T.*(Z|[+-]\d\d:?\d\d)$/.test(sent)
  const moment = offset && assumed.statsDates === 'refuse' ? undefined : parseMoment(sent)
  return (
    moment ?? badParameter(name, `must be a date and time, ${form}, was ${quoted(text)}${missingEscape(text, assumed)}`)
  )
}

const date = (description: string) => ({
  schema: () => Type.String({ description: `${description}, ${form}` }),
})

const startDate = {
  ...date('Start of the period'),
  read: (values, name, assumed) => ({ startDate: dateOf(values, name, assumed) }),
} satisfies Param<object>

const endDate = {
  ...date('End of the period, its last second included'),
  read: (values, name, assumed) => ({ endDate: dateOf(values, name, assumed) }),
} satisfies Param<object>

/** Refuses a period that ends before it starts, or that is too long to show. */
function period({ startDate, endDate }: { startDate: number; endDate: number }): void {
  if (endDate < startDate) badParameter('endDate', 'must not be before startDate')
  if (endDate - startDate > longestDays * day)
    badParameter('endDate', `must be at most ${longestDays} days after startDate`)
}

const total = fieldOf<ExecutionTotals>()
const number = Type.Integer({ minimum: 0 })

const totalsView = (assumed: Assumed): View<ExecutionTotals> =>
  view(
    'ExecutionCount',
    {
      totalCount: total(number, ({ total }) => total, 'Executions asked for in the period.'),
      completedCount: total(number, ({ completed }) => completed, 'Those that completed.'),
      failedCount: total(number, ({ failed }) => failed, 'Those that failed.'),
    },
    assumed,
    [],
    'How many executions there were, and how they ended.',
  )

const daily = fieldOf<CountedDay>()

/** A day of the period; `write` says how its ends are written. */
export const dayView = (write: (moment: number) => string, assumed: Assumed): View<CountedDay> =>
  view(
    'ExecutionDay',
    {
      totalCount: daily(number, ({ total }) => total, 'Executions asked for on this day.'),
      startDate: daily(Type.String(), ({ startsAt }) => write(startsAt), 'Start of the day, Korean time.'),
      endDate: daily(Type.String(), ({ endsAt }) => write(endsAt), 'End of the day, Korean time.'),
    },
    assumed,
    [],
    'A day of the period.',
  )

const timed = fieldOf<Counted>()

const bucketView = (assumed: Assumed): View<Counted> =>
  view(
    'ExecutionTime',
    {
      time: timed(Type.Integer(), ({ startsAt }) => startsAt, 'Start of two hours, epoch milliseconds.'),
      value: timed(number, ({ executions }) => executions, 'Executions asked for in them.'),
    },
    assumed,
    [],
    'Two hours of the period.',
  )

const dates = { startDate, endDate }

export const countExecutions = operation<'countExecutions'>()({
  method: 'GET',
  path: '/api/v1/stats/executions',
  title: 'getExecutionResult',
  summary: 'Count executions by how they ended',
  source: 'analytics-dataflow-getexecutionresult',
  query: dates,
  check: period,
  status: () => 200,
  reply: totalsView,
})

export const countExecutionsByDay = operation<'countExecutionsByDay'>()({
  method: 'GET',
  path: '/api/v1/stats/executions-interval',
  title: 'getExecutionCount',
  summary: 'Count executions by day',
  source: 'analytics-dataflow-getexecutioncount',
  query: dates,
  check: period,
  also: () => ({ dayStart: 'drifting' as const }),
  status: () => 200,
  reply: assumed => listView('ExecutionDays', 'result', dayView(formatKoreanLocal, assumed), assumed),
})

export const getExecutionTimes = operation<'getExecutionTimes'>()({
  method: 'GET',
  path: '/api/v1/stats/executions-times',
  title: 'getExecutionTimes',
  summary: 'Count executions by time',
  source: 'analytics-dataflow-getexecutiontimes',
  query: dates,
  check: period,
  also: (assumed: Assumed) => ({ empty: assumed.statsEmpty }),
  served: ({ statsTimesPath }) => statsTimesPath !== 'live',
  status: () => 200,
  reply: assumed => listView('ExecutionTimes', 'result', bucketView(assumed), assumed),
})

export const getExecutionTimesLive = operation<'getExecutionTimesLive'>()({
  ...getExecutionTimes,
  variantOf: 'getExecutionTimes',
  path: '/api/v1/stats/execution-times',
  summary: 'Count executions by time, at the path that was seen to answer',
  served: ({ statsTimesPath }) => statsTimesPath !== 'documented',
})
