import { type Assumed, assume } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import { assumptionClaims } from './assumption-claims.ts'
import { type Claim, type Context, type Finding, NotObservable, type Outcome, type Permissions } from './claim.ts'
import { gatewayClaims } from './gateway-claims.ts'
import { operationClaims } from './operation-claims.ts'
import { createScratch } from './scratch.ts'
import { BudgetError, checkTarget, type Session } from './session.ts'

/** What a comparison found. */
export interface Comparison {
  readonly edition: string
  readonly allowed: Permissions
  readonly findings: readonly Finding[]
  /** Requests that were sent. */
  readonly sent: number
  /** Objects that were created and could not be deleted. */
  readonly left: readonly string[]
}

export interface CompareOptions {
  readonly session: Session
  readonly edition: EditionTable
  readonly allowed: Permissions
  /** What the names of created objects begin with. */
  readonly prefix: string
  /** Told of every finding as it is made. */
  readonly found?: (finding: Finding, index: number, of: number) => void
  /** Told what the clean-up left, also when the comparison ends early. */
  readonly cleaned?: (left: readonly string[]) => void
}

/** Every claim about an edition, in the order in which they are checked. */
export function claimsOf(edition: EditionTable, assumed: Assumed = assume()): Claim[] {
  const list = `${edition.operations.getJobs?.path}?page=0&limit=1`
  return [...gatewayClaims(list), ...assumptionClaims(), ...operationClaims(edition, { assumed })]
}

async function outcomeOf(claim: Claim, context: Context): Promise<Outcome> {
  try {
    return await claim.check(context)
  } catch (error) {
    if (!(error instanceof NotObservable || error instanceof BudgetError)) throw error
    return { verdict: 'not observable', expected: claim.title, seen: error.message }
  }
}

/** Lists have something to show then, whatever the account holds. */
async function fillScratch(context: Context): Promise<void> {
  const { scratch } = context
  if (!scratch) return
  await outcomeOf(
    {
      id: 'scratch',
      title: 'objects are created',
      mark: 'documented',
      source: '',
      check: async () => {
        await scratch.newWorkflow(await scratch.newTrigger(), [await scratch.newJob()])
        return { verdict: 'as claimed', expected: '', seen: '' }
      },
    },
    context,
  )
}

async function checked(claims: readonly Claim[], context: Context, found: CompareOptions['found']): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const claim of claims) {
    const { check: _check, ...about } = claim
    const finding = { ...about, ...(await outcomeOf(claim, context)) }
    findings.push(finding)
    found?.(finding, findings.length, claims.length)
  }
  return findings
}

/**
 * Holds a target against every claim about an edition. Deletes what it created, also when it ends early.
 * Throws a TargetError when the target cannot be compared with, and an InterruptedError.
 */
export async function compareTarget(options: CompareOptions): Promise<Comparison> {
  const { session, edition, allowed, prefix, found, cleaned } = options
  const claims = claimsOf(edition)
  await checkTarget(session, `${edition.operations.getJobs?.path}?page=0&limit=100`)
  const context: Context = { session, edition, allowed, assumed: assume() }
  if (allowed.writes) context.scratch = createScratch(context, prefix)
  const left: string[] = []
  let findings: Finding[]
  try {
    await fillScratch(context)
    findings = await checked(claims, context, found)
  } finally {
    if (context.scratch) {
      left.push(...(await context.scratch.cleanUp()))
      cleaned?.(left)
    }
  }
  return { edition: edition.id, allowed, findings, sent: session.sent(), left }
}

/** The assumptions that the target shows to be other than the emulator's defaults. */
export const switchesOf = ({ findings }: Comparison): Readonly<Record<string, string>> =>
  Object.fromEntries(
    findings.flatMap(({ assumption, value, verdict }) =>
      assumption !== undefined && value !== undefined && verdict === 'different' ? [[assumption, value]] : [],
    ),
  )
