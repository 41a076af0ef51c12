import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readDataFile } from '../../src/schema/data-file.ts'

t.test('reads anchors and merge keys of YAML, also used many times', async t => {
  const path = join(t.testdir(), 'jobs.yaml')
  const uses = Array.from({ length: 300 }, (_, i) => `  - <<: *base\n    name: job ${i}\n`)
  writeFileSync(path, `jobs:\n  - &base { name: first, state: stopped }\n${uses.join('')}`)
  const { jobs } = (await readDataFile(path)) as { jobs: readonly unknown[] }
  t.equal(jobs.length, 301)
  t.same(jobs.at(-1), { name: 'job 299', state: 'stopped' })
})
