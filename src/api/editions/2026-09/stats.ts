import * as first from '../2023-10/stats.ts'
import * as before from '../2025-03/stats.ts'

export const countExecutions = { ...first.countExecutions, title: 'getExecutionCount' as const }
export const countExecutionsByDay = { ...before.countExecutionsByDay, title: 'getExecutionCountByInterval' as const }
