import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { bareNode, builtCli, run, shellLine } from '../support/process.ts'
import { Sqlite } from '../support/sqlite.ts'

const host = '127.0.0.1'

/** Starts an emulator whose files may not become larger than so many kilobytes, as on a disk that is full then. Node ignores the signal. */
async function cramped(t: Parameters<typeof run>[0], db: string, kilobytes: number) {
  const flags = ['--port', '0', '--host', host, '--auth', 'off', '--db', db, '--fixtures', 'none']
  const command = shellLine([...bareNode, ...builtCli, ...flags])
  const running = run(t, ['bash', '-c', `ulimit -f ${kilobytes}; exec ${command}`])
  return { ...running, url: await running.saw(/listens on (http:\S+)\n/) }
}

t.test('rejects a write to a full disk in the documented shape, with all data as before', async t => {
  const db = join(t.testdir(), 'full.db')
  const { url, child, ended } = await cramped(t, db, 1500)
  const names: string[] = []
  const create = (name: string) =>
    fetch(`${url}/api/v1/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, nodes: [], description: 'x'.repeat(200) }),
    })
  let rejected: Response | undefined
  while (!rejected && names.length < 20_000) {
    const name = `job-${names.length}`
    const response = await create(name)
    if (response.status < 300) {
      names.push(name)
      await response.arrayBuffer()
    } else rejected = response
  }
  t.equal(rejected?.status, 500)
  t.match(await rejected?.json(), { error: { errorCode: '900', message: 'Unexpected Error' } })
  const reset = await fetch(`${url}/__admin/snapshots/s/export`, { method: 'POST' })
  t.ok(reset.status >= 400 && reset.status < 500)
  const { count } = (await (await fetch(`${url}/api/v1/jobs?limit=1`)).json()) as { count: number }
  t.equal(count, names.length, 'reads go on')
  child.kill('SIGTERM')
  const { code, err } = await ended
  t.equal(code, 0)
  t.match(err, /cannot be written \(.+\); nothing was changed; check the free space/)
  t.notMatch(err, /bug in the emulator/)
  const file = new Sqlite(db)
  t.teardown(() => file.close())
  t.equal(file.pragma('integrity_check', { simple: true }), 'ok')
  t.same(file.prepare('SELECT name FROM jobs ORDER BY seq').pluck().all(), names)
  t.ok(readFileSync(db).length > 0)
})
