import { accountStore } from '../store/accounts.ts'
import { type Contradiction, type ContradictionQuery, findContradictions } from '../store/contradictions.ts'
import { openDatabase } from '../store/database.ts'
import { executionStore } from '../store/executions.ts'
import { jobStore } from '../store/jobs.ts'
import { triggerStore } from '../store/triggers.ts'
import { workflowStore } from '../store/workflows.ts'
import { type SeedAccount, seedAccounts } from './seed.ts'

/** The contradictions in seed data that is seeded at `now`. Writes it to a database of its own: O(rows). */
export function contradictionsIn(
  seeds: readonly SeedAccount[],
  query: ContradictionQuery & { readonly now: number },
): readonly Contradiction[] {
  const database = openDatabase(':memory:')
  const stores = {
    accounts: accountStore(database),
    jobs: jobStore(database),
    executions: executionStore(database),
    triggers: triggerStore(database),
    workflows: workflowStore(database),
  }
  database.write(() => seedAccounts(stores, seeds, query.now))
  const found = findContradictions(database, query)
  database.close()
  return found
}

/** Names of jobs and workflows by their ids: fixtures often leave out the ids. */
function namesIn(seeds: readonly SeedAccount[]): ReadonlyMap<string, string> {
  const named = seeds.flatMap(({ jobs, workflows, triggers }) => [
    ...[...jobs].map(({ job }) => job),
    ...workflows,
    ...triggers,
  ])
  return new Map(named.map(({ id, name }) => [id, name]))
}

const mostWarnings = 20

/** Warns of what the real service could not hold, a line for each contradiction, at most 20. */
export function warnOfContradictions(
  seeds: readonly SeedAccount[],
  query: ContradictionQuery & { readonly now: number },
  log: { warn(facts: object, sentence: string): void },
): void {
  const found = contradictionsIn(seeds, query)
  if (found.length === 0) return
  const names = namesIn(seeds)
  for (const { account, subject, complaint } of found.slice(0, mostWarnings)) {
    const named = subject.replace(/\b(job|workflow|trigger) (\w{12})\b/g, (whole, kind, id) =>
      names.has(id) ? `${kind} "${names.get(id)}" (${id})` : whole,
    )
    log.warn({ account }, `contradiction in the fixtures: ${named} ${complaint}`)
  }
  const more = found.length - mostWarnings
  if (more > 0) log.warn({ contradictions: found.length }, `${more} more contradictions in the fixtures are not shown`)
}
