import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { builtCli, run, start } from '../support/process.ts'

const script = new URL('../../examples/pipeline.sh', import.meta.url)

t.test('shows the script of the pipeline example in docs/time.md', async t => {
  const page = readFileSync(new URL('../../docs/time.md', import.meta.url), 'utf8')
  t.ok(page.includes(`\`\`\`sh\n${readFileSync(script, 'utf8')}\`\`\``))
})

t.test('runs a pipeline for a day', async t => {
  const { url } = await start(t, ['--fixtures', 'none', '--now', '2025-06-01'])
  const env = { DATAFLOW_URL: url, DATAFLOW_CLI: builtCli[0] ?? '' }
  const { code, out, err } = await run(t, ['/bin/sh', fileURLToPath(script)], env).ended
  t.match({ code, err }, { code: 0, err: '' })
  t.match(out, /"executions":24\}/)
  t.match(out, /"list":\[\{.*"status":"COMPLETED".*"createdDate":"2025-06-01T23:30:00\+09:00".*\}\],"count":24,/)
  t.match(out, /\{"totalCount":24,"completedCount":23,"failedCount":1\}/)
})
