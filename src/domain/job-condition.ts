/** How a job runs unless an execution says otherwise. */
export interface JobCondition {
  /** The kind of worker; editions from 2026-09 on have one kind and do not name it. */
  readonly workerType?: string
  readonly workers: number
  /** After how many minutes an execution is given up. */
  readonly timeoutMinutes: number
  readonly role?: string
  readonly scriptPath?: string
  readonly logPath?: string
  readonly parameters?: Readonly<Record<string, string>>
}

export const usualCondition = { workers: 2, timeoutMinutes: 360 } as const satisfies JobCondition
