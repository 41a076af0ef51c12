import type { Page, Paging } from '../domain/page.ts'
import type { Workflow, WorkflowNode } from '../domain/workflow.ts'
import type { Database } from './database.ts'
import { dateOrders, pager } from './paged.ts'
import { rememberedRecords } from './records.ts'
import { scheduleStore } from './schedules.ts'

interface Row {
  seq: number
  account_id: number
  id: string
  name: string
  nodes: string
  draft: number
  created_at: number
  updated_at: number
  last_run_at: number | null
}

/** A workflow with its row number, for those who schedule it. */
export interface StoredWorkflow extends Workflow {
  readonly seq: number
  readonly accountId: number
}

const toWorkflow = (row: Row): StoredWorkflow => ({
  seq: row.seq,
  accountId: row.account_id,
  id: row.id,
  name: row.name,
  nodes: JSON.parse(row.nodes) as WorkflowNode[],
  draft: row.draft === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  ...(row.last_run_at === null ? {} : { lastRunAt: row.last_run_at }),
})

const toRow = (accountId: number, workflow: Workflow) => ({
  account_id: accountId,
  id: workflow.id,
  name: workflow.name,
  nodes: JSON.stringify(workflow.nodes),
  draft: Number(workflow.draft),
  created_at: workflow.createdAt,
  updated_at: workflow.updatedAt,
  last_run_at: workflow.lastRunAt ?? null,
})

/** Finds pages of workflows. */
function workflowLists(database: Database) {
  const { sql, versionOf } = database
  const count = sql.prepare<[number], number>('SELECT count(*) FROM workflows WHERE account_id = ?').pluck()
  const bySeq = sql.prepare<[number], Row>('SELECT * FROM workflows WHERE seq = ?')
  const records = rememberedRecords(database, seq => {
    const row = bySeq.get(seq)
    return row && toWorkflow(row)
  })
  const ordered = (order: Paging['order']) => {
    const all = `SELECT seq FROM workflows WHERE account_id = ? ORDER BY ${dateOrders[order]}`
    return {
      page: sql.prepare<[number, number, number], number>(`${all} LIMIT ? OFFSET ?`).pluck(),
      positions: sql.prepare<[number], number>(all).pluck(),
    }
  }
  const [newest, oldest] = [ordered('newest'), ordered('oldest')]
  const pageOf = pager(records)

  return {
    records,
    page(accountId: number, query: Paging): Page<StoredWorkflow> {
      const [there, back] = query.order === 'newest' ? [newest, oldest] : [oldest, newest]
      return pageOf(query, {
        key: `${accountId} ${query.order}`,
        version: versionOf(accountId, ['workflows']),
        total: count.get(accountId) ?? 0,
        walk: (size, offset) => there.page.all(accountId, size, offset),
        walkBack: (size, offset) => back.page.all(accountId, size, offset),
        positions: () => there.positions.all(accountId),
      })
    },
  }
}

/** Workflows of all accounts, and when triggers start them. */
export function workflowStore(database: Database) {
  const { sql, write, touch } = database
  const { records, page } = workflowLists(database)

  const insert = sql.prepare<Omit<Row, 'seq'>>(
    `INSERT INTO workflows (account_id, id, name, nodes, draft, created_at, updated_at, last_run_at)
     VALUES (@account_id, @id, @name, @nodes, @draft, @created_at, @updated_at, @last_run_at)`,
  )
  const update = sql
    .prepare<Pick<Row, 'account_id' | 'id' | 'name' | 'nodes' | 'draft' | 'updated_at'>, number>(
      `UPDATE workflows SET name = @name, nodes = @nodes, draft = @draft, updated_at = @updated_at
       WHERE account_id = @account_id AND id = @id RETURNING seq`,
    )
    .pluck()
  const fired = sql
    .prepare<[number, number], number>(
      'UPDATE workflows SET last_run_at = max(coalesce(last_run_at, 0), ?) WHERE seq = ? RETURNING account_id',
    )
    .pluck()
  const byId = sql.prepare<[number, string], Row>('SELECT * FROM workflows WHERE account_id = ? AND id = ?')
  const bySeq = sql.prepare<[number], Row>('SELECT * FROM workflows WHERE seq = ?')
  const all = sql.prepare<[], Row>('SELECT * FROM workflows ORDER BY seq')
  const ofAccount = sql.prepare<[number], Row>('SELECT * FROM workflows WHERE account_id = ? ORDER BY seq')
  const remove = sql
    .prepare<[number, string], number>('DELETE FROM workflows WHERE account_id = ? AND id = ? RETURNING seq')
    .pluck()
  const using = sql.prepare<[number, string], Row>(
    `SELECT * FROM workflows WHERE account_id = ? AND EXISTS
       (SELECT 1 FROM json_each(nodes) WHERE json_extract(value, '$.id') = ?)`,
  )

  function changed(accountId: number | undefined, seq: number | undefined): boolean {
    if (accountId === undefined || seq === undefined) return false
    records.drop(seq)
    touch(accountId, 'workflows')
    return true
  }

  return {
    add: (accountId: number, workflow: Workflow) =>
      write(() => void changed(accountId, Number(insert.run(toRow(accountId, workflow)).lastInsertRowid))),
    update: (accountId: number, workflow: Workflow) =>
      write(() => {
        const { created_at: _made, last_run_at: _ran, ...given } = toRow(accountId, workflow)
        changed(accountId, update.get(given))
      }),
    find(accountId: number, id: string): StoredWorkflow | undefined {
      const row = byId.get(accountId, id)
      return row && toWorkflow(row)
    },
    at(seq: number): StoredWorkflow | undefined {
      const row = bySeq.get(seq)
      return row && toWorkflow(row)
    },
    all: () => all.all().map(toWorkflow),
    of: (accountId: number) => ofAccount.all(accountId).map(toWorkflow),
    remove: (accountId: number, id: string) => write(() => changed(accountId, remove.get(accountId, id))),
    /** The workflows one of whose nodes is this trigger or job. */
    using: (accountId: number, id: string) => using.all(accountId, id).map(toWorkflow),
    page,
    /** Records that a workflow started runs. */
    fired: (seq: number, at: number) => write(() => void changed(fired.get(at, seq), seq)),
    ...scheduleStore(database),
  }
}

export type WorkflowStore = ReturnType<typeof workflowStore>
