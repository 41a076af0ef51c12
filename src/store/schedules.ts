import type { Database } from './database.ts'

/** A time at which a trigger starts a workflow. */
export interface DueSchedule {
  readonly workflowSeq: number
  readonly triggerId: string
  readonly triggerSeq: number
  readonly nextAt: number
}

/** A workflow by its row number. */
export interface Scheduled {
  readonly seq: number
  readonly accountId: number
}

/** When triggers start workflows, and up to when that has been played through. */
export function scheduleStore({ sql, write }: Database) {
  const unschedule = sql.prepare<[number]>('DELETE FROM schedules WHERE workflow_seq = ?')
  const schedule = sql.prepare<[number, number, string, number]>(
    `INSERT INTO schedules (workflow_seq, trigger_seq, next_at)
     SELECT ?, seq, ? FROM triggers WHERE id = ? AND account_id = ?`,
  )
  const planned = sql.prepare<[number], { triggerId: string; nextAt: number }>(
    `SELECT t.id AS triggerId, next_at AS nextAt FROM schedules JOIN triggers t ON t.seq = trigger_seq
     WHERE workflow_seq = ?`,
  )
  const firstDue = sql.prepare<[], number | null>('SELECT min(next_at) FROM schedules').pluck()
  const dueUntil = sql.prepare<[number], DueSchedule>(
    `SELECT workflow_seq AS workflowSeq, trigger_seq AS triggerSeq, t.id AS triggerId, next_at AS nextAt
     FROM schedules JOIN triggers t ON t.seq = trigger_seq WHERE next_at <= ?`,
  )
  const move = sql.prepare<[number, number, number]>(
    'UPDATE schedules SET next_at = ? WHERE workflow_seq = ? AND trigger_seq = ?',
  )
  const drop = sql.prepare<[number, number]>('DELETE FROM schedules WHERE workflow_seq = ? AND trigger_seq = ?')

  const settled = sql.prepare<[], number>('SELECT until FROM settled').pluck()
  const settle = sql.prepare<[number]>(
    'INSERT INTO settled VALUES (1, ?) ON CONFLICT DO UPDATE SET until = excluded.until',
  )

  return {
    /** Replaces the times at which triggers will start a workflow. */
    schedule: (workflow: Scheduled, times: readonly { triggerId: string; nextAt: number }[]) =>
      write(() => {
        unschedule.run(workflow.seq)
        for (const { triggerId, nextAt } of times) schedule.run(workflow.seq, nextAt, triggerId, workflow.accountId)
      }),
    /** The time that the data was last brought up to, `undefined` before the first one. */
    settledUntil: () => settled.get(),
    settle: (until: number) => write(() => void settle.run(until)),
    /** When the triggers of a workflow fire next. */
    planned: ({ seq }: Pick<Scheduled, 'seq'>): ReadonlyMap<string, number> =>
      new Map(planned.all(seq).map(({ triggerId, nextAt }) => [triggerId, nextAt])),
    /** The first time at which any trigger starts any workflow. */
    firstDue: () => firstDue.get() ?? undefined,
    dueUntil: (now: number) => dueUntil.all(now),
    /** Moves a schedule to its next time; without one it ends. */
    move: ({ workflowSeq, triggerSeq }: DueSchedule, nextAt: number | undefined) =>
      write(() => {
        if (nextAt === undefined) drop.run(workflowSeq, triggerSeq)
        else move.run(nextAt, workflowSeq, triggerSeq)
      }),
  }
}
