import type { Assumption } from '../assumption.ts'

const stats = 'analytics-dataflow-getexecutioncount'

export const statsAssumptions = {
  statsDates: {
    question: 'Q19',
    title: 'Dates of the statistics calls that carry an offset',
    values: { accept: 'read with their offset; without one it is Korean time', refuse: '400 bad-parameter' },
    default: 'accept',
    evidence:
      'Query and response of the examples carry none; the times in the example of 2025-03 are even hours in Korea.',
    confidence: 'medium',
    source: stats,
  },
  plusInQuery: {
    question: 'Q19',
    title: 'A + before the offset of a date in the query that is not percent-encoded',
    values: {
      accept: 'read as + although a query string decodes it as a space',
      refuse: 'it is a space, so the date is invalid: 400 bad-parameter',
    },
    default: 'accept',
    evidence: 'The published examples encode the colons and carry no offset; nothing is said of a plus.',
    confidence: 'low',
    source: stats,
  },
  statsEmpty: {
    question: 'Q19',
    title: 'Which two-hour buckets without executions executions-times shows',
    values: { omit: 'none', between: 'those between two with some', all: 'all of the period' },
    default: 'omit',
    evidence: 'The example asks for two days and shows four buckets two hours apart; no rule is printed.',
    confidence: 'low',
    source: stats,
  },
} as const satisfies Record<string, Assumption>
