import t from 'tap'
import { startEmulator } from '../src/index.ts'

t.test('starts', async t => {
  const e = await startEmulator()
  t.teardown(() => e.stop())
  t.match(e.url, /127/)
})
