import type { EditionTable } from '../../edition.ts'
import { edition2023 } from '../2023-10/edition.ts'
import { getJobs } from './jobs.ts'

export const edition2025 = {
  ...edition2023,
  id: '2025-03',
  letter: 'B',
  period: '2025-03 to mid 2026',
  operations: { ...edition2023.operations, getJobs },
} as const satisfies EditionTable
