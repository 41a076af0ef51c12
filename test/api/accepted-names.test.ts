import t from 'tap'
import { acceptedNames } from '../../src/api/accepted-names.ts'
import { assume } from '../../src/api/assumptions.ts'
import { type EditionTable, operationsOf } from '../../src/api/edition.ts'
import { editionIds, editions } from '../../src/api/editions/editions.ts'
import { operationNames, publishedTitles } from '../../src/domain/operation-names.ts'

const tables = Object.values<EditionTable>(editions)

t.test('lists the names and titles of the tables', async t => {
  const names = tables.flatMap(({ operations }) => Object.keys(operations))
  t.same([...new Set(names)].sort(), [...operationNames].sort())
  const titles = new Set(
    tables.flatMap(({ operations }) => Object.values(operations).map(({ title }) => String(title))),
  )
  for (const name of operationNames) titles.delete(name)
  t.same([...titles].sort(), [...publishedTitles].sort())
})

for (const id of editionIds) {
  t.test(`resolves every name and title of ${id} to its operation, and to every path of it`, async t => {
    const accepted = acceptedNames(editions[id], assume())
    for (const [name, { title }] of operationsOf(editions[id], assume())) {
      t.ok(accepted.get(name)?.includes(name), name)
      t.ok(accepted.get(title)?.includes(name), title)
    }
    t.same(accepted.get('getExecutionTimes'), ['getExecutionTimes', 'getExecutionTimesLive'])
    t.same(accepted.get('getExecutionTimesLive'), ['getExecutionTimesLive'])
    t.same(accepted.get('executeJob'), ['runJob'])
    t.same(accepted.get('getJobById'), ['getJob'])
    t.equal(accepted.get('runWorkflow') !== undefined, id === '2026-09')
    t.equal(accepted.get('executeWorkflow') !== undefined, id === '2026-09')
  })
}

t.test('resolves a title that moved as its edition says, and rejects an ambiguous one', async t => {
  const meaning = (id: (typeof editionIds)[number]) => acceptedNames(editions[id], assume()).get('getExecutionCount')
  t.same(editionIds.map(meaning), [['countExecutionsByDay'], undefined, ['countExecutions']])
})

t.test('resolves names by the paths that the assumptions serve', async t => {
  const edition = editions['2025-03']
  const live = acceptedNames(edition, assume({ statsTimesPath: 'live' }))
  t.same(live.get('getExecutionTimes'), ['getExecutionTimesLive'])
  const documented = acceptedNames(edition, assume({ statsTimesPath: 'documented' }))
  t.same(documented.get('getExecutionTimes'), ['getExecutionTimes'])
  t.equal(documented.has('getExecutionTimesLive'), false)
  t.same(acceptedNames(edition, assume({ triggerIdInPath: 'optional' })).get('getTriggers'), [
    'getTriggers',
    'getTriggersWithoutId',
  ])
})
