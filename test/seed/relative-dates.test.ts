import t from 'tap'
import { emulator, testNow } from '../support/emulator.ts'

t.test('resolves relative dates when the data is seeded, and a reset restores them', async t => {
  const jobs = [
    {
      name: 'orders',
      createdDate: '-2d',
      executions: [{ status: 'COMPLETED' as const, createdDate: '-3h30m', endDate: '-3h' }],
    },
  ]
  const { get, emulator: whole } = await emulator(t, { jobs })
  const [job] = (await get('/api/v1/jobs')).body.list
  t.match(job, { createdDate: '2025-05-30T00:00:00+09:00', lastExecutionDate: '2025-05-31T20:30:00+09:00' })
  const { list } = (await get(`/api/v1/jobs/${job.jobId}/executions`)).body
  t.match(list, [{ status: 'COMPLETED', endDate: '2025-05-31T21:00:00+09:00' }])
  whole.clock.change({ now: testNow + 86_400_000 })
  whole.reset()
  t.same((await get('/api/v1/jobs')).body.list, [job])
  for (const wrong of ['-', '-2', '2d', '-2y', '-1h1d']) {
    await t.rejects(emulator(t, { jobs: [{ name: 'orders', createdDate: wrong }] }), /or -2d, found/, wrong)
  }
})
