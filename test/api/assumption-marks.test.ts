import t from 'tap'
import { assumptionMarks } from '../../src/api/assumption-marks.ts'
import { assume, assumptions } from '../../src/api/assumptions.ts'
import type { EditionTable } from '../../src/api/edition.ts'
import { editionIds, editions } from '../../src/api/editions/editions.ts'
import { fixedAssumptions } from '../../src/api/fixed-assumptions.ts'
import { type MarkableDocument, placesOf } from '../../src/api/mark-document.ts'
import type { OperationName } from '../../src/api/operation.ts'
import { documentOf } from '../support/documents.ts'

const names = [...Object.keys(assumptions), ...Object.keys(fixedAssumptions)]

/** Every place of a document that is marked, with its names. */
function* marked(node: unknown, at: string): Generator<[string, string[]]> {
  if (typeof node !== 'object' || node === null) return
  for (const [key, member] of Object.entries(node)) {
    if (key === 'x-assumption') yield [at, member]
    else yield* marked(member, `${at}/${key}`)
  }
}

t.test('places every assumption in a document, and describes it in one list', async t => {
  t.equal(new Set(names).size, names.length, 'no name is in both lists')
  t.same(Object.keys(assumptionMarks).sort(), [...names].sort())
  for (const { question, title, behaviour, evidence } of Object.values(fixedAssumptions)) {
    t.match(question, /^(Q\d+|design)$/)
    t.match(title, /[^.]$/)
    t.match(behaviour, /[^.]$/)
    t.match(evidence, /\.$/)
  }

  const used = new Set<string>()
  for (const id of editionIds) {
    const edition: EditionTable = editions[id]
    for (const switches of [assume(), assume({ conditionName: 'runCondition', triggerIdInPath: 'optional' })]) {
      const { document } = await documentOf(id, switches)
      for (const [name, marks] of Object.entries<readonly string[]>(assumptionMarks)) {
        for (const mark of marks) {
          const [where = '', letters = edition.letter] = mark.split(' @')
          const found = letters.includes(edition.letter) && placesOf(where, document as unknown as MarkableDocument)
          if (!found || found.length === 0) continue
          used.add(`${name}: ${mark}`)
          for (const place of found) t.ok(place['x-assumption']?.includes(name), `${id} ${mark}: ${name}`)
        }
      }
    }
  }
  const all = Object.entries<readonly string[]>(assumptionMarks).flatMap(([name, marks]) =>
    marks.map(mark => `${name}: ${mark}`),
  )
  t.same(
    all.filter(mark => !used.has(mark)),
    [],
    'a mark that finds nothing',
  )
})

for (const id of editionIds) {
  t.test(`names a page of ${id} where the edition has one, and marks the rest`, async t => {
    const { document } = await documentOf(id, assume({ triggerIdInPath: 'optional' }))
    const { notDocumented }: EditionTable = editions[id]
    for (const methods of Object.values(document.paths)) {
      for (const operation of Object.values(methods)) {
        const { operationId, description, 'x-assumption': marks = [] } = operation
        const basis = notDocumented[operationId as OperationName]
        const published = /Published as/.test(String(description))
        t.equal(published, basis === undefined, `${operationId}: ${description}`)
        t.equal(marks.includes('undocumentedOperation'), basis !== undefined, operationId)
      }
    }
    for (const [at, found] of marked(document, '')) {
      for (const name of found) t.ok(names.includes(name), `${at}: ${name}`)
    }
  })
}
