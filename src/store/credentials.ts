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

/** The access keys of all accounts; `open` returns the id of an account and creates it if needed. */
export function credentialStore({ sql, write, onRollback }: Database, open: (account: string) => number) {
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

  // Needed at every request: reading the row would cost more than checking the signature.
  let known = new Map<string, OwnedCredential>()
  const forget = () => {
    known = new Map()
  }
  onRollback(forget)

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

  return {
    credential,
    /** The id of the account that an access key belongs to. */
    ofKey: (accessKey: string) => credential(accessKey)?.accountId,
    /** The access keys of an account. */
    keys: (id: number) => keysOf.all(id),
    credentials: () => all.all().map(row => ({ ...toCredential(row), account: row.account })),
    addCredential: (account: string, credential: Credential) => write(() => putCredential(account, credential, 'seed')),
    /** Replaces the credentials given at the previous start with those given at this one. */
    putStarted: (given: readonly (Credential & { account: string })[]) =>
      write(() => {
        dropStarted.run()
        for (const { account, ...credential } of given) putCredential(account, credential, 'start')
        forget()
      }),
  }
}
