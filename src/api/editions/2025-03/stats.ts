import { formatKoreanLocal } from '../../../time/korean-date.ts'
import type { Assumed } from '../../assumptions.ts'
import { listView } from '../../view.ts'
import * as before from '../2023-10/stats.ts'

const toTheSecond = (moment: number) => formatKoreanLocal(moment).slice(0, 19)

/** Every day starts one second past midnight, and dates have no milliseconds. */
export const countExecutionsByDay = {
  ...before.countExecutionsByDay,
  title: 'getExecutionInterval' as const,
  also: () => ({ dayStart: 'fixed' as const }),
  reply: (assumed: Assumed) => listView('ExecutionDays', 'result', before.dayView(toTheSecond, assumed), assumed),
}
