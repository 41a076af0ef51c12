import { credentialStore } from './credentials.ts'
import type { Database } from './database.ts'

interface AccountRow {
  id: number
  name: string
  keys: string
  jobs: number
}

/** An account as it is listed: without secrets. */
export interface AccountSummary {
  readonly name: string
  readonly accessKeys: readonly string[]
  /** How many jobs it holds, deleted ones included. */
  readonly jobs: number
}

const account = `
  SELECT id, name,
    (SELECT json_group_array(access_key) FROM
       (SELECT access_key FROM credentials WHERE account_id = id ORDER BY access_key)) AS keys,
    (SELECT coalesce(sum(jobs), 0) FROM job_counts WHERE account_id = id) AS jobs
  FROM accounts`

const toSummary = ({ name, keys, jobs }: AccountRow): AccountSummary => ({
  name,
  accessKeys: JSON.parse(keys) as string[],
  jobs,
})

/** Accounts and the credentials that belong to them. */
export function accountStore(database: Database) {
  const { sql, write, onRollback, forget } = database
  const idOf = sql.prepare<[string], number>('SELECT id FROM accounts WHERE name = ?').pluck()
  const nameOf = sql.prepare<[number], string>('SELECT name FROM accounts WHERE id = ?').pluck()
  const insert = sql.prepare<[string], number>('INSERT INTO accounts (name) VALUES (?) RETURNING id').pluck()
  const insertAt = sql.prepare<[number, string]>('INSERT INTO accounts (id, name) VALUES (?, ?)')
  const remove = sql.prepare<[number]>('DELETE FROM accounts WHERE id = ?')
  const isThere = sql.prepare<[number], number>('SELECT count(*) FROM accounts WHERE id = ?').pluck()
  const listed = sql.prepare<[], AccountRow>(`${account} ORDER BY name`)
  const listedAt = sql.prepare<[string], AccountRow>(`${account} WHERE name = ?`)
  const count = sql.prepare<[], number>('SELECT count(*) FROM accounts').pluck()

  let names = new Map<number, string>()
  onRollback(() => {
    names = new Map()
  })

  const open = (name: string): number => idOf.get(name) ?? Number(insert.get(name))

  function nameOfId(id: number): string | undefined {
    const found = names.get(id) ?? nameOf.get(id)
    if (found !== undefined) names.set(id, found)
    return found
  }

  const credentials = credentialStore(database, open)

  return {
    ...credentials,
    /** The id of an account, `undefined` when it does not exist. */
    find: (name: string) => idOf.get(name),
    /** The names of all accounts. */
    names: () => listed.all().map(row => toSummary(row).name),
    /** The id of an account, created if it does not exist. */
    open: (name: string): number => idOf.get(name) ?? write(() => open(name)),
    /** Adds an account with a row number of the caller's choice. */
    add: (id: number, name: string) => write(() => void insertAt.run(id, name)),
    /** Removes an account with everything that belongs to it. */
    remove: (id: number) =>
      write(() => {
        remove.run(id)
        forget()
      }),
    isThere: (id: number) => isThere.get(id) === 1,
    list: () => listed.all().map(toSummary),
    summary(name: string): AccountSummary | undefined {
      const row = listedAt.get(name)
      return row && toSummary(row)
    },
    isEmpty: () => count.get() === 0,
    /** The name of the account with this id. */
    name: nameOfId,
    /** The name of the account with this id, or where that is 0 of the account that the access key belongs to. */
    nameFor: (id: number, accessKey: string | undefined): string | undefined =>
      nameOfId(id || (accessKey === undefined ? 0 : (credentials.ofKey(accessKey) ?? 0))),
  }
}

export type AccountStore = ReturnType<typeof accountStore>
