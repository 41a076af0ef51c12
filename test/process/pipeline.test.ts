import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { builtCli, run, start } from '../support/process.ts'

const script = new URL('../../examples/pipeline.sh', import.meta.url)

t.test('the README shows the script of a pipeline as it stands', async t => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  t.ok(readme.includes(`\`\`\`sh\n${readFileSync(script, 'utf8')}\`\`\``))
})

t.test('the script runs a pipeline for a day', async t => {
  const { url } = await start(t, ['--fixtures', 'none', '--now', '2025-06-01'])
  const env = { DATAFLOW_URL: url, DATAFLOW_CLI: builtCli[0] ?? '' }
  const { code, out, err } = await run(t, ['/bin/sh', fileURLToPath(script)], env).ended
  t.match({ code, err }, { code: 0, err: '' })
  t.match(out, /"executions":24\}/)
  t.match(out, /"list":\[\{.*"status":"COMPLETED".*"createdDate":"2025-06-01T23:30:00\+09:00".*\}\],"count":24,/)
  t.match(out, /\{"totalCount":24,"completedCount":23,"failedCount":1\}/)
})
