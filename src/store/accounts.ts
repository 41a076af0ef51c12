import type { Credential, OwnedCredential } from '../domain/account.ts'
import type { Database } from './database.ts'

interface Row {
  access_key: string
  secret_key: string
  account_id: number
  active: number
  subscribed: number
}

const toCredential = (row: Row): OwnedCredential => ({
  accessKey: row.access_key,
  secretKey: row.secret_key,
  accountId: row.account_id,
  active: row.active === 1,
  subscribed: row.subscribed === 1,
})

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
export function accountStore({ sql, write, onRollback, forget: forgetAll }: Database) {
  const idOf = sql.prepare<[string], number>('SELECT id FROM accounts WHERE name = ?').pluck()
  const nameOf = sql.prepare<[number], string>('SELECT name FROM accounts WHERE id = ?').pluck()
  const insert = sql.prepare<[string], number>('INSERT INTO accounts (name) VALUES (?) RETURNING id').pluck()
  const insertAt = sql.prepare<[number, string]>('INSERT INTO accounts (id, name) VALUES (?, ?)')
  const remove = sql.prepare<[number]>('DELETE FROM accounts WHERE id = ?')
  const isThere = sql.prepare<[number], number>('SELECT count(*) FROM accounts WHERE id = ?').pluck()
  const listed = sql.prepare<[], AccountRow>(`${account} ORDER BY name`)
  const listedAt = sql.prepare<[string], AccountRow>(`${account} WHERE name = ?`)
  const count = sql.prepare<[], number>('SELECT count(*) FROM accounts').pluck()
  const byKey = sql.prepare<[string], Row>('SELECT * FROM credentials WHERE access_key = ?')
  const keysOf = sql.prepare<[number], string>('SELECT access_key FROM credentials WHERE account_id = ?').pluck()
  const all = sql.prepare<[], Row & { account: string }>(
    'SELECT c.*, a.name AS account FROM credentials c JOIN accounts a ON a.id = c.account_id ORDER BY a.id, access_key',
  )
  const put = sql.prepare(
    `INSERT OR REPLACE INTO credentials (access_key, secret_key, account_id, active, subscribed, origin)
     VALUES (@accessKey, @secretKey, @accountId, @active, @subscribed, @origin)`,
  )
  const dropStarted = sql.prepare("DELETE FROM credentials WHERE origin = 'start'")

  // Asked once a request: a row costs more than the signature it leads to.
  let known = new Map<string, OwnedCredential>()
  let names = new Map<number, string>()
  const forget = () => {
    known = new Map()
    names = new Map()
  }
  onRollback(forget)

  const open = (name: string): number => idOf.get(name) ?? Number(insert.get(name))

  function putCredential(account: string, credential: Credential, origin: 'seed' | 'start'): void {
    put.run({
      accessKey: credential.accessKey,
      secretKey: credential.secretKey,
      accountId: open(account),
      active: Number(credential.active),
      subscribed: Number(credential.subscribed),
      origin,
    })
    forget()
  }

  function credential(accessKey: string): OwnedCredential | undefined {
    const found = known.get(accessKey)
    if (found) return found
    const row = byKey.get(accessKey)
    if (!row) return undefined
    const read = toCredential(row)
    known.set(accessKey, read)
    return read
  }

  function nameOfId(id: number): string | undefined {
    const found = names.get(id) ?? nameOf.get(id)
    if (found !== undefined) names.set(id, found)
    return found
  }

  return {
    /** The id of an account, `undefined` when it does not exist. */
    find: (name: string) => idOf.get(name),
    /** The id of the account that an access key belongs to. */
    ofKey: (accessKey: string) => credential(accessKey)?.accountId,
    /** The names of all accounts. */
    names: () => listed.all().map(row => toSummary(row).name),
    /** The id of an account, made when it is not there. */
    open: (name: string): number => idOf.get(name) ?? write(() => open(name)),
    /** Adds an account with a row number of the caller's choice. */
    add: (id: number, name: string) => write(() => void insertAt.run(id, name)),
    /** Takes an account away, with everything that belongs to it. */
    remove: (id: number) =>
      write(() => {
        remove.run(id)
        forgetAll()
      }),
    /** The access keys of an account. */
    keys: (id: number) => keysOf.all(id),
    isThere: (id: number) => isThere.get(id) === 1,
    list: () => listed.all().map(toSummary),
    summary(name: string): AccountSummary | undefined {
      const row = listedAt.get(name)
      return row && toSummary(row)
    },
    isEmpty: () => count.get() === 0,
    addCredential: (account: string, credential: Credential) => write(() => putCredential(account, credential, 'seed')),
    /** Puts the credentials given at this start in the place of those of the start before. */
    putStarted: (given: readonly (Credential & { account: string })[]) =>
      write(() => {
        dropStarted.run()
        for (const { account, ...credential } of given) putCredential(account, credential, 'start')
        forget()
      }),
    credential,
    /** The name of the account with this id. */
    name: nameOfId,
    /** The name of the account with this id, or where that is 0 of the account that the access key belongs to. */
    nameFor: (id: number, accessKey: string | undefined): string | undefined =>
      nameOfId(id || (accessKey === undefined ? 0 : (credential(accessKey)?.accountId ?? 0))),
    credentials: () => all.all().map(row => ({ ...toCredential(row), account: row.account })),
  }
}

export type AccountStore = ReturnType<typeof accountStore>
