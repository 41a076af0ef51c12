import { type InitialStub, Stubs } from '../../src/stubs/stubs.ts'

const operations = new Map([
  ['getJobs', ['getJobs']],
  ['createJob', ['createJob']],
  ['getJob', ['getJob']],
  ['getJobById', ['getJob']],
])

/** Stubs of an edition that has these operations, and the paths of jobs. */
export function stubsOf(files: readonly InitialStub[] = []) {
  const told = { changes: 0 }
  const stubs = new Stubs({
    operations,
    isServed: (method, path) => /^\/api\/v1\/jobs(\/[^/]+)?$/.test(path) && (method ?? 'GET') !== 'DELETE',
    initial: files,
    changed: () => {
      told.changes += 1
    },
  })
  return { stubs, told }
}
