import assert from 'node:assert/strict'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { acceptedNames } from '../../src/api/accepted-names.ts'
import { assume } from '../../src/api/assumptions.ts'
import { type EditionTable, operationsOf } from '../../src/api/edition.ts'
import { type EditionId, editionIds, editions } from '../../src/api/editions/editions.ts'
import type { OperationReference } from '../../src/domain/operation-names.ts'
import { type RunningEmulator, signRequest, startEmulator } from '../../src/library/index.ts'

async function running(t: Test, edition: EditionId): Promise<RunningEmulator> {
  const made = await startEmulator({ edition, fixtures: 'none' })
  t.teardown(() => made.stop())
  return made
}

const refuse = { kind: 'refuse', error: 'quota' } as const

for (const edition of editionIds) {
  const table: EditionTable = editions[edition]
  const names = acceptedNames(table, assume())

  t.test(
    `applies a fault and a count under any accepted name to every path of the operation, edition ${edition}`,
    async t => {
      const emulator = await running(t, edition)
      for (const [reference, operations] of names) {
        const operation = reference as OperationReference
        emulator.faults.clear()
        emulator.journal.clear()
        emulator.faults.add({ operation, effect: refuse })
        for (const [name, { method, path }] of operationsOf(table, assume())) {
          const target = path.replaceAll(/\{\w+\}/g, 'noSuchThing1')
          const headers = signRequest({ method, target, timestamp: Date.now(), ...emulator.credentials })
          const { statusCode } = await emulator.inject({ method, url: target, headers })
          assert.equal(statusCode === 429, operations.includes(name), `${reference}: ${name}`)
        }
        t.equal(emulator.journal.count({ operation, status: 429 }), operations.length, reference)
        t.equal(emulator.journal.count({ operation }), operations.length, reference)
        const read = await fetch(`${emulator.url}/__admin/requests/count?operation=${operation}`)
        t.same(await read.json(), { count: operations.length })
        if (operations[0]) t.same(emulator.journal.nearMisses({ operation }), [], 'it was asked')
      }
    },
  )

  t.test(`rejects an unknown name everywhere, and changes nothing, edition ${edition}`, async t => {
    const emulator = await running(t, edition)
    const anyName = fc
      .oneof(
        fc.string({ minLength: 1 }),
        fc.constantFrom(...names.keys()).map(name => `${name}s`),
        fc.constantFrom(...names.keys()).map(name => name.toUpperCase()),
        fc.constantFrom('constructor', '__proto__', 'getExecutionCounts', 'executeWorkflows'),
      )
      .filter(name => !names.has(name))
    await fc.assert(
      fc.asyncProperty(anyName, async name => {
        const operation = name as OperationReference
        const unknown = { name: 'RangeError', message: /operation: must be one of getJobs, / }
        assert.throws(() => emulator.faults.add({ operation, effect: refuse }), unknown)
        assert.throws(() => emulator.journal.count({ operation }), unknown)
        assert.throws(() => emulator.journal.entries({ operation }), unknown)
        assert.throws(() => emulator.journal.nearMisses({ operation }), unknown)
        const query = new URLSearchParams({ operation })
        for (const path of ['', '/count', '/near-misses', '/stream']) {
          const { status } = await fetch(`${emulator.url}/__admin/requests${path}?${query}`)
          assert.equal(status, 400, path)
        }
        const added = await fetch(`${emulator.url}/__admin/faults`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ operation, effect: refuse }),
        })
        assert.equal(added.status, 400)
        assert.deepEqual(emulator.faults.list(), [])
      }),
      { numRuns: 20 },
    )
  })
}

t.test('rejects every typing error that it can see in a filter of the journal', async t => {
  const emulator = await running(t, '2025-03')
  for (const [filter, message] of [
    [{ opration: 'getJobs' }, /^opration: /],
    [{ method: 'G T' }, /^method: must be an HTTP method/],
    [{ path: 'api/v1/jobs' }, /^path: must be a path/],
    [{ status: '4x' }, /^status: must be a status/],
    [{ status: 20 }, /^status: must be a status/],
    [{ account: 'defualt' }, /^account: must be the name of an account, there is no "defualt"/],
    [{ refused: 'true' }, /^refused: must be true or false/],
    [{ fault: '1' }, /^fault: must be the id of a fault/],
    [{ since: -1 }, /^since: must be a whole number from 0/],
    [{ limit: 0 }, /^limit: must be a whole number from 1/],
  ] as const) {
    for (const read of ['count', 'entries', 'nearMisses'] as const) {
      t.throws(() => emulator.journal[read](filter as never), { name: 'RangeError', message }, JSON.stringify(filter))
    }
  }
  t.throws(() => emulator.journal.clear('defualt'), { name: 'RangeError', message: /^account: / })
  t.equal(emulator.journal.count({ operation: undefined, status: 200 } as never), 0)
  emulator.journal.clear('default')
  emulator.journal.clear()

  const account = await emulator.newAccount({ name: 'worker' })
  t.equal(emulator.journal.count({ account: 'worker' }), 0)
  await account.remove()
  t.equal(emulator.journal.count({ account: 'worker' }), 0, 'an account that was removed is no typing error')
})
