import type { Paging } from '../domain/page.ts'
import type { Workflow, WorkflowNode } from '../domain/workflow.ts'
import type { Database } from './database.ts'
import { dateOrders, pages } from './paged.ts'
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
  ...(row.last_run_at === null ? {} : { lastExecutionAt: row.last_run_at }),
})

const toRow = (accountId: number, workflow: Workflow) => ({
  account_id: accountId,
  id: workflow.id,
  name: workflow.name,
  nodes: JSON.stringify(workflow.nodes),
  draft: Number(workflow.draft),
  created_at: workflow.createdAt,
  updated_at: workflow.updatedAt,
  last_run_at: workflow.lastExecutionAt ?? null,
})

/** Workflows of all accounts, and when triggers start them. */
export function workflowStore(database: Database) {
  const { sql, write } = database
  const { page, changed } = pages<Row, StoredWorkflow>(database, {
    name: 'workflows',
    kind: 'workflows',
    orders: dateOrders,
    toRecord: toWorkflow,
  })

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

  return {
    add: (accountId: number, workflow: Workflow) =>
      write(() => changed(accountId, Number(insert.run(toRow(accountId, workflow)).lastInsertRowid))),
    update: (accountId: number, workflow: Workflow) =>
      write(() => {
        const { created_at: _made, last_run_at: _ran, ...given } = toRow(accountId, workflow)
        const seq = update.get(given)
        if (seq !== undefined) changed(accountId, seq)
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
    remove: (accountId: number, id: string) =>
      write(() => {
        const seq = remove.get(accountId, id)
        if (seq !== undefined) changed(accountId, seq)
        return seq !== undefined
      }),
    /** The workflows one of whose nodes is this trigger or job. */
    using: (accountId: number, id: string) => using.all(accountId, id).map(toWorkflow),
    page: (accountId: number, query: Paging) => page(accountId, [], query),
    /** Records that a workflow started executions. */
    fired: (seq: number, at: number) =>
      write(() => {
        const accountId = fired.get(at, seq)
        if (accountId !== undefined) changed(accountId, seq)
      }),
    ...scheduleStore(database),
  }
}

export type WorkflowStore = ReturnType<typeof workflowStore>
