import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { startEmulator } from '../../src/library/index.ts'

/** Written by version 0.1.0 (commit 23a1000): two accounts, seeded and generated jobs, executions, a clock advanced by a day. */
const written = fileURLToPath(new URL('files/0.1.0.db', import.meta.url))

t.test('opens a database file of version 0.1.0', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'earlier-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const db = join(folder, 'emulator.db')
  copyFileSync(written, db)

  for (const round of ['migrated', 'opened again']) {
    const emulator = await startEmulator({ db, auth: 'off' })
    try {
      const get = async (target: string) => {
        const response = await emulator.inject({ method: 'GET', url: `/api/v1/${target}` })
        t.equal(response.statusCode, 200, `${round}: ${target}`)
        return response.json()
      }
      const { count, list } = await get('jobs?limit=1000')
      t.equal(count, 17, round)
      const ran = list.find((job: { name: string }) => job.name === 'aggregate-inventory-monthly')
      t.equal(ran.createdDate.slice(-6), '+09:00')
      t.equal((await get(`jobs/${ran.jobId}/executions`)).count, 4, round)
      t.equal((await get('workflows')).list[0].name, 'nightly-orders')
      t.equal((await get('triggers')).list[0].name, 'every-night')
      await t.rejects(emulator.newAccount({ name: 'analytics' }), RangeError, 'the account is there')
      if (round === 'opened again') {
        await emulator.reset()
        t.equal((await get('jobs?limit=1000')).count, 20, 'a reset restores the seeded data')
      }
    } finally {
      await emulator.stop()
    }
  }
})
