import { entropy } from '../../src/entropy.ts'
import { FaultRules } from '../../src/faults/faults.ts'
import type { FaultRule } from '../../src/faults/rule.ts'

/** Rules of faults by a clock that stands still until the test moves it. */
export function faultRules(initial: readonly FaultRule[] = [], seed = '1') {
  const clock = { moment: 0 }
  const operations = new Map([
    ['getJobs', ['getJobs']],
    ['createJob', ['createJob']],
    ['runJob', ['runJob']],
    ['executeJob', ['runJob']],
    ['getExecutionTimes', ['getExecutionTimes', 'getExecutionTimesLive']],
  ])
  const rules = new FaultRules({ chance: entropy(seed), now: () => clock.moment, operations, initial })
  return { rules, clock }
}
