/** How a job runs unless an execution says otherwise. */
export interface JobCondition {
  /** The kind of worker; editions from 2026-09 on have one kind and do not name it. */
  readonly workerType?: string
  readonly workers: number
  /** After how many minutes a run is given up. */
  readonly timeoutMinutes: number
  /** The role that the job runs with. */
  readonly role?: string
  /** Where scripts are kept. */
  readonly scriptPath?: string
  /** Where the history of a run is kept. */
  readonly logPath?: string
  /** What a script job is started with. */
  readonly parameters?: Readonly<Record<string, string>>
}

/** What holds for a job whose creator says nothing. */
export const usualCondition = { workers: 2, timeoutMinutes: 360 } as const satisfies JobCondition
