import t from 'tap'
import type {
  Edition2023,
  Edition2025,
  Edition2025Schemas,
  Edition2026,
  OperationName,
} from '../../src/library/index.ts'
import { emulator } from '../support/emulator.ts'

/** Fails to compile unless both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_same: Same<A, B>): void => undefined

type JobStatus = 'RUNNABLE' | 'RUNNING' | 'DELETED' | 'UNKNOWN' | 'DRAFT' | 'STOPPED' | 'EDITING'

t.test('exports the types of every operation of every edition', async t => {
  same<Exclude<keyof Edition2025, OperationName>, never>(true)
  same<Exclude<keyof Edition2023 | keyof Edition2026, OperationName>, never>(true)
  same<Edition2025['getJob']['path'], { readonly jobId: string }>(true)
  same<Edition2025['getJobs']['query']['status'], JobStatus | undefined>(true)
  same<Edition2025['getJobs']['response'], Edition2025Schemas['JobList']>(true)
  same<Edition2025Schemas['JobList']['list'][number]['status'], JobStatus>(true)
  same<Edition2026['getJobs']['response']['list'][number]['status'], 'READY'>(true)
  same<Edition2025['deleteJob']['response'], boolean>(true)
  same<'body' extends keyof Edition2025['getJobs'] ? true : false, false>(true)
  t.pass('it compiles')
})

t.test('rejects a wrongly typed client at compile time', async t => {
  const trigger: Edition2025['createTrigger']['body'] = {
    name: 'every_hour',
    type: 'SCHEDULED',
    triggerRule: { type: 'RECURRING', interval: 'HOUR', time: '30' },
  }
  // @ts-expect-error: the words are in capitals
  const lower: Edition2025['createTrigger']['body']['type'] = 'scheduled'
  // @ts-expect-error: the settings are required
  const incomplete: Edition2025['setJobCondition']['body'] = {}
  // @ts-expect-error: the first edition has no filter of this name
  const unknown: Edition2025['getTriggers']['query'] = { nmae: 'x' }
  const node: Edition2025Schemas['JobNode'] = {
    type: 'SOURCE_OBS',
    id: 1,
    name: 'orders',
    parentNodeIds: [],
    regionNo: '1',
    bucketName: 'orders',
    prefix: '2025/',
    dataType: 'JSON',
    fieldList: [{ name: 'id', type: 'Int' }],
    anything: { more: true },
  }
  t.ok([trigger, lower, incomplete, unknown, node])
})

t.test('returns responses with the members of their types', async t => {
  const { get } = await emulator(t, { jobs: [{ name: 'nightly' }] })
  const { body } = await get('/api/v1/jobs')
  const { list, count, page, limit }: Edition2025['getJobs']['response'] = body
  t.match({ list, count, page, limit }, { count: 1, page: 0, limit: 1000, list: [{ name: 'nightly' }] })
})
