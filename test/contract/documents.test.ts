import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { generatedFiles } from '../../scripts/generated.ts'
import { assumptionsPage, configurationPage, operationsPage, table } from '../../scripts/reference-pages.ts'
import { assume, assumptions } from '../../src/api/assumptions.ts'
import { operationsOf } from '../../src/api/edition.ts'
import { editionIds, editions } from '../../src/api/editions/editions.ts'
import { fixedAssumptions } from '../../src/api/fixed-assumptions.ts'
import { packageRoot } from '../../src/package.ts'
import { adminDocumentOf, documentOf } from '../support/documents.ts'
import { emulator } from '../support/emulator.ts'

for (const { path, make } of generatedFiles) {
  t.test(`finds ${path} as the sources generate it`, async t => {
    t.equal(readFileSync(new URL(path, packageRoot), 'utf8'), await make(), 'npm run generate brings it up to date')
  })
}

t.test('writes tables with a row each, as wide as the head, and escapes cell ends', async t => {
  const cells = (row: string) => row.split(/(?<!\\)\|/).length
  for (const page of [assumptionsPage(), operationsPage(), configurationPage()]) {
    const tables = page.split('\n\n').map(part =>
      part
        .trimEnd()
        .split('\n')
        .filter(line => line.startsWith('|')),
    )
    const widths = tables.filter(rows => rows.length > 0).map(rows => new Set(rows.map(cells)))
    t.ok(widths.length > 0)
    for (const width of widths) t.equal(width.size, 1)
  }
  t.equal(table(['a|b'], [['c']]), '| a\\|b |\n| --- |\n| c |\n')
})

t.test('lists every assumption in docs/assumptions.md', async t => {
  const names = [...assumptionsPage().matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
  t.same(names, [...Object.keys(assumptions), ...Object.keys(fixedAssumptions)])
})

/** Every schema that stands anywhere below a place, with where it stands. */
function* schemasIn(node: unknown, at: string): Generator<[string, Record<string, unknown>]> {
  if (typeof node !== 'object' || node === null) return
  const members = node as Record<string, unknown>
  if (!Array.isArray(node) && ('type' in members || 'enum' in members || 'anyOf' in members)) yield [at, members]
  for (const [key, member] of Object.entries(members)) {
    if (key === 'properties' && typeof member === 'object') {
      for (const [name, schema] of Object.entries(member ?? {})) yield* schemasIn(schema, `${at}/${name}`)
    } else yield* schemasIn(member, `${at}/${key}`)
  }
}

for (const id of editionIds) {
  t.test(
    `writes the document of ${id} as OpenAPI with a description of every schema and a type of every enum`,
    async t => {
      const { document } = await documentOf(id, assume())
      const { valid, errors } = await new Validator().validate(structuredClone(document) as never)
      t.equal(valid, true, JSON.stringify(errors))

      for (const [at, schema] of schemasIn(document.components.schemas, '')) {
        t.match(schema.description, /^[A-Z].+\.$/s, `${at} has a sentence`)
      }
      for (const [at, schema] of schemasIn(document, '')) {
        if ('enum' in schema) t.equal(schema.type, 'string', at)
      }
      for (const [path, methods] of Object.entries(document.paths)) {
        for (const [method, operation] of Object.entries(methods)) {
          const { requestBody, parameters = [], responses } = operation
          const at = `${method} ${path}`
          for (const [where, schema] of schemasIn(requestBody, at)) t.match(schema.description, /^[A-Z].+\.$/s, where)
          const inPath = parameters.filter(parameter => parameter.in === 'path')
          t.same(
            inPath.map(({ name }) => name),
            [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
            at,
          )
          for (const { description, required } of inPath)
            t.match([description, String(required)], [/^[A-Z].+\.$/, 'true'])
          const notFound = JSON.stringify(responses['404'])
          t.equal(notFound.includes('ServiceError'), inPath.length > 0, `${at}: who answers 404`)
          const optional = id === '2026-09' && path === '/api/v1/jobs/{jobId}/executions' && method === 'post'
          if (requestBody) t.equal(requestBody.required, !optional, `${at} needs its body`)
        }
      }
      const operations = Object.values(document.paths).flatMap(methods => Object.values(methods))
      const served = operationsOf(editions[id], assume()).map(([name]) => name)
      t.same(operations.map(({ operationId }) => operationId).sort(), served.sort())
      for (const operation of operations) t.ok(operation.responses['401'] && operation.responses['500'])
    },
  )
}

t.test('describes the members of requests by their purpose', async t => {
  for (const edition of ['2023-10', '2025-03', '2026-09']) {
    const path = new URL(`../../openapi/${edition}.json`, import.meta.url)
    const { schemas } = JSON.parse(readFileSync(path, 'utf8')).components
    for (const name of ['JobCondition', 'WorkflowNodeRequest', 'TriggerRuleRequest', 'JobNode_SOURCE_OBS']) {
      const members = Object.entries<{ description?: string; $ref?: string }>(schemas[name].properties)
      const common = name.startsWith('JobNode')
        ? members.filter(([key]) => /^(id|name|parentNodeIds)$/.test(key))
        : members
      t.ok(common.length > 2)
      for (const [key, { description, $ref }] of common) {
        t.ok($ref || /^[A-Z].*\. [A-Z].*\.$/.test(description ?? ''), `${edition} ${name}.${key}: ${description}`)
      }
    }
  }
})

t.test('writes the document of the control endpoints as OpenAPI with a title of each and their parameters', async t => {
  const { emulator: made } = await emulator(t)
  const { document } = await adminDocumentOf(made.app)
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never)
  t.equal(valid, true, JSON.stringify(errors))
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ at: `${method} ${path}`, ...operation })),
  )
  for (const { at, summary, parameters = [], requestBody, responses } of operations) {
    t.match(at, / \/__admin\//)
    t.match(summary, /^[A-Z].*[^.]$/, at)
    t.ok(responses['403'], at)
    for (const { in: where, name, description } of parameters) {
      if (where === 'query') t.match(description, /^[A-Z].+\.$/s, `${at}: ${name}`)
    }
    const schemas = [...schemasIn(requestBody, at)].filter(([where]) => !/\/anyOf\/\d+$/.test(where))
    for (const [where, schema] of schemas) t.match(schema.description, /^[A-Z].+\.$/s, where)
  }
  const { detail } = (await made.app.inject('/__admin/nowhere')).json()
  const there = /existing paths below \/__admin: (.*)$/
    .exec(detail)?.[1]
    ?.split(', ')
    .filter(path => !/^\/(docs|console)/.test(path))
  const inDocument = Object.keys(document.paths).map(path =>
    path.slice('/__admin'.length).replaceAll(/\{(\w+)\}/g, ':$1'),
  )
  t.same(inDocument.sort(), there?.sort(), 'every endpoint is in it')
})
