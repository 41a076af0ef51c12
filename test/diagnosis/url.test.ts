import t from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { editionIds } from '../../src/api/editions/editions.ts'
import { vocabularyOf } from '../../src/api/routes.ts'
import { isRoute, unknownUrl } from '../../src/diagnosis/url.ts'
import { emulator } from '../support/emulator.ts'

const { routes } = vocabularyOf('2025-03', assume())

const rows: readonly (readonly [string, string, string | RegExp])[] = [
  ['POST', '/api/v1/workflows/abc/executions', /exists from 2026-09 on, .*: start with --edition 2026-09\.$/],
  ['PUT', '/api/v1/jobs', 'The path exists, but not for PUT; it has GET, POST.'],
  ['get', '/api/v1/jobs', 'The method must be in upper case: GET.'],
  ['GET', '/api/v1//jobs', 'Send the path with single slashes: GET /api/v1/jobs.'],
  ['GET', '/api/v1/jobs/', /value in the path is empty .*slash at the end .*\(GET \/api\/v1\/jobs\)/],
  ['GET', '/api/v1/workflows/x/', 'Send the path without the slash at the end: GET /api/v1/workflows/x.'],
  [
    'GET',
    '/api/v1/jobs//executions',
    /^A value in the path is empty .*: GET \/api\/v1\/jobs\/\{jobId\}\/executions\.$/,
  ],
  ['GET', '/jobs', 'Send the path with /api/v1 in front: GET /api/v1/jobs.'],
  ['GET', '/v1/jobs', 'Send the path with /api/v1 in front: GET /api/v1/jobs.'],
  ['GET', '/api/v1/api/v1/jobs', 'Send the path with /api/v1 once: GET /api/v1/jobs.'],
  ['GET', '/ncp/flow/api/v1/jobs?page=0', /without the prefix in front of \/api\/v1 .*proxy.*: GET \/api\/v1\/jobs\.$/],
  ['GET', '/api/v1/Jobs', 'Send the path in lower case: GET /api/v1/jobs.'],
  ['GET', '/api/v1/jobs%3Fpage=0', /question mark of the query as it is, not as %3F: GET \/api\/v1\/jobs/],
  ['GET', '/api/v1/jobs&page=0', /with a question mark in front of the query/],
  ['GET', '/api%2Fv1%2Fjobs', /with slashes as they are/],
  ['GET', '/api/v1/jobs%0A', /without the white space or quotes at its end/],
  ['GET', '/api/v1/jobs.json', /without the file ending/],
  ['GET', '/api/v1/./jobs', /without the dot segments/],
  ['GET', '/api/v1/job', 'Send the path in the plural: GET /api/v1/jobs.'],
  ['GET', '/api/v1/stats/execution_times', /with a hyphen: GET \/api\/v1\/stats\/execution-times/],
  ['GET', '/ncp/api/v1//jobs', /with single slashes and without the prefix/],
  ['PUT', '/jobs', /^Send the path with \/api\/v1 in front, and one of its methods \(GET, POST\): \/api\/v1\/jobs\.$/],
  ['POST', '/workflows/abc/executions', /with \/api\/v1 in front.*exists from 2026-09 on/],
  ['GET', '/api/v1/stats/execution-time', 'Did you mean GET /api/v1/stats/execution-times?'],
  ['GET', '/api/v2/jobs', 'Did you mean GET /api/v1/jobs?'],
  ['GET', '/foo/bar/baz', /^Edition 2025-03 has no such path; its paths begin with \/api\/v1\/jobs, /],
  ['GET', `/${'x'.repeat(600)}`, /^Edition 2025-03 has no such path/],
]

t.test('says what is meant by a path that no operation has', async t => {
  for (const [method, target, expected] of rows) {
    t.notOk(isRoute(method, target, routes))
    t.match(unknownUrl(method, target, routes), expected, `${method} ${target}`)
  }
})

t.test('names an edition that has the operation, older or newer', async t => {
  for (const edition of editionIds) {
    const { routes } = vocabularyOf(edition, assume())
    for (const { edition: other, method, path } of routes.all) {
      if (isRoute(method, path, routes)) continue
      const [, named = ''] = /--edition ([\d-]+)\.$/.exec(unknownUrl(method, path, routes)) ?? []
      t.ok(isRoute(method, path, { ...routes, edition: named }), `${method} ${path} of ${other} asked of ${edition}`)
    }
  }
})

t.test('tells it in the log and in the journal, and nothing of it on the wire', async t => {
  const lines: string[] = []
  const note = (_facts: object, text: string) => void lines.push(text)
  const { get, emulator: made } = await emulator(t, { log: { debug: note, info: note, warn: note, error: note } })
  const { status, text } = await get('/jobs')
  t.equal(status, 404)
  t.equal(text, '{"error":{"errorCode":"300","message":"Not Found Exception","details":"URL not found."}}')
  t.match(lines.at(-1), /^rejected \(unknownUrl\): .* - Send the path with \/api\/v1 in front: GET \/api\/v1\/jobs\.$/)
  t.match(made.journal.entries(), [
    {
      verdict: 'unknownUrl',
      diagnosis: { verdict: 'explained', cause: 'unknown-url', checks: [{ name: 'path', outcome: 'failed' }] },
    },
  ])
  await get('/api/v1/jobs?name=%C0%DB%BE%F7')
  t.match(
    lines.at(-1),
    /not UTF-8\. They are EUC-KR; encoded in UTF-8 the target is \/api\/v1\/jobs\?name=%EC%9E%91%EC%97%85\.$/,
  )
})
