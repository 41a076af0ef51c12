import { assume } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import { entropy } from '../entropy.ts'
import { FixtureError, type PlacedComplaint } from '../seed/complaint.ts'
import type { Fixture } from '../seed/fixture-schema.ts'
import { readFixtures } from '../seed/fixtures.ts'
import { type Item, textIn } from './account.ts'
import type { Draft } from './fixture-of.ts'
import type { Missing } from './missing.ts'

/** Members without which there is nothing to keep. */
const needed = new Set(['name', 'jobId', 'triggerId', 'workflowId', 'triggerRule', 'type'])

const words: Readonly<Record<string, string>> = {
  nodes: 'graphs of jobs',
  executions: 'executions of jobs',
  jobCondition: 'settings of jobs',
}

/** Leaves out the smallest part of the fixture that a complaint concerns, and says what that is. */
function leaveOut(fixture: Draft, { path, complaint }: PlacedComplaint): [Draft, Missing] {
  const [kind, index, member, nested, ofNested] = path
  const reason = `the fixture cannot hold it: ${complaint}`
  /* c8 ignore next -- only a bug puts a flaw elsewhere */
  if (kind !== 'jobs' && kind !== 'triggers' && kind !== 'workflows') throw new Error(reason)
  const list = fixture[kind]
  const item = list[Number(index)] ?? {}
  const about = { of: textIn(item, 'name'), reason }
  const withItem = (changed: Item | undefined): Draft => ({
    ...fixture,
    [kind]: list.flatMap((each, at) => (at !== index ? [each] : changed ? [changed] : [])),
  })
  if (kind !== 'jobs' || member === undefined || needed.has(String(member))) {
    return [withItem(undefined), { what: kind, ...about }]
  }
  const { [String(member)]: value, ...rest } = item
  const what = words[String(member)] ?? `${member} of jobs`
  if (member === 'executions' && typeof nested === 'number' && Array.isArray(value)) {
    const executions = value.flatMap((each: Item, at) => {
      if (at !== nested) return [each]
      const { workflowId: _unknown, ...withoutWorkflow } = each
      return ofNested === 'workflowId' ? [withoutWorkflow] : []
    })
    return [withItem({ ...rest, ...(executions.length > 0 && { executions }) }), { what, ...about }]
  }
  return [withItem(rest), { what, ...about }]
}

/**
 * The fixture as far as an emulator of this edition starts with it, and what had to be left out. A target may show what the
 * edition does not allow.
 */
export async function fitted(
  fixture: Draft,
  edition: EditionTable,
  now: number,
): Promise<{ readonly fixture: Draft; readonly missing: readonly Missing[] }> {
  const chance = entropy('pull')
  const times = { now, from: now, waitingMs: 0, runningMs: 0, chance, edition, assumed: assume() }
  const missing: Missing[] = []
  let kept = fixture
  for (;;) {
    try {
      await readFixtures(kept as Fixture, times)
      return { fixture: kept, missing }
    } catch (error) {
      if (!(error instanceof FixtureError)) throw error
      // From the end, so that places before it stay what they are; one part of each object at a time.
      const last = new Map(error.complaints.map(each => [each.path.slice(0, 2).join(), each]))
      for (const each of [...last.values()].sort((a, b) => Number(b.path[1]) - Number(a.path[1]))) {
        const [without, left] = leaveOut(kept, each)
        kept = without
        missing.push(left)
      }
    }
  }
}
