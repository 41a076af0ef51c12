import { readFileSync } from 'node:fs'
import t from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { editionIds, editions } from '../../src/api/editions/editions.ts'
import { packageRoot } from '../../src/package.ts'
import { documentOf } from '../support/documents.ts'

interface Published {
  readonly operation: keyof (typeof editions)['2023-10']['operations']
  readonly status: number
  readonly source: string
  readonly comment: string
  // biome-ignore lint/suspicious/noExplicitAny: examples have many shapes
  readonly body: any
}

const published = (edition: string, name: string) =>
  JSON.parse(readFileSync(new URL(`fixtures/published/${edition}/${name}.json`, packageRoot), 'utf8')) as Published

for (const edition of editionIds) {
  t.test(`accepts the published getJobs of ${edition} in its edition and no other`, async t => {
    const { operation, status, source, body } = published(edition, 'get-jobs')
    const { method, path, source: page } = editions[edition].operations[operation]
    t.equal(source, page)
    for (const other of editionIds) {
      const { check } = await documentOf(other, assume())
      const complaint = check(method, path, status, body)
      if (other === edition) t.equal(complaint, undefined)
      else t.type(complaint, 'string', `${other} has another shape`)
    }
    const [first] = body.list
    const { check } = await documentOf(edition, assume())
    for (const changed of [
      { ...first, extra: 1 },
      { ...first, disabled: 'false' },
      { ...first, jobId: 'short' },
    ]) {
      t.type(check(method, path, status, { ...body, list: [changed] }), 'string')
    }
    t.type(check(method, path, 299, body), 'string', 'a status that the document lacks is a complaint')
    t.type(check('GET', '/nowhere', 404, body), 'string', 'what is no operation is answered by the gateway')
  })
}
