import type { EditionTable } from '../../edition.ts'
import { edition2025 } from '../2025-03/edition.ts'
import { getJobs } from './jobs.ts'

export const edition2026 = {
  ...edition2025,
  id: '2026-09',
  letter: 'C',
  period: 'from 2026-09-17',
  errorShape: 'detail',
  operations: { ...edition2025.operations, getJobs },
} as const satisfies EditionTable
