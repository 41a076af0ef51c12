import * as before from '../2025-03/triggers.ts'

export const getTrigger = { ...before.getTrigger, title: 'getTrigger' as const }
