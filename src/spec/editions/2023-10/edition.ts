import type { EditionTable } from '../../edition.ts'
import { getJobs } from './jobs.ts'

export const edition2023 = {
  id: '2023-10',
  letter: 'A',
  period: '2023-10 to 2024',
  errorShape: 'error',
  operations: { getJobs },
} as const satisfies EditionTable
