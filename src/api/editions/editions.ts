import type { EditionTable } from '../edition.ts'
import { edition2023 } from './2023-10/edition.ts'
import { edition2025 } from './2025-03/edition.ts'
import { edition2026 } from './2026-09/edition.ts'

/** Every edition by its name, oldest first. */
export const editions = {
  '2023-10': edition2023,
  '2025-03': edition2025,
  '2026-09': edition2026,
} as const satisfies Record<string, EditionTable>

export type EditionId = keyof typeof editions
export const editionIds = Object.keys(editions) as EditionId[]
export const defaultEdition: EditionId = '2025-03'
