import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { startEmulator } from '../../src/library/index.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

t.test('shows the examples of other languages in docs/testing.md as they stand', async t => {
  const page = read('docs/testing.md')
  for (const [language, comment, ...files] of [
    ['python', '#', 'pytest/dataflow.py', 'pytest/test_jobs.py'],
    ['java', '//', 'junit/DataFlow.java', 'junit/DataFlowTest.java'],
    ['go', '//', 'go/dataflow_test.go'],
    ['php', '//', 'php/dataflow.php'],
    ['ruby', '#', 'ruby/dataflow.rb'],
  ] as const) {
    for (const file of files) {
      const shown = `\`\`\`${language}\n${comment} ${file.replace(/.*\//, '')}\n${read(`examples/${file}`)}\`\`\`\n`
      t.ok(page.includes(shown), file)
    }
  }
})

t.test('runs the example of workflows, triggers and executions', async t => {
  const [, code = ''] = /^```js\nimport assert [\s\S]*?\n\n([\s\S]*?)^```$/m.exec(read('docs/testing.md')) ?? []
  t.match(code, /workflows\.run/)
  const AsyncFunction = (async () => undefined).constructor as new (
    ...parts: string[]
  ) => (...given: unknown[]) => Promise<void>
  await t.resolves(new AsyncFunction('assert', 'startEmulator', code)(assert, startEmulator))
})
