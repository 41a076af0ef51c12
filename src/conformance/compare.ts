import { type Assumed, assume } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import { assumptionClaims } from './assumption-claims.ts'
import { type Claim, type Context, type Finding, NotObservable, type Outcome, type Permissions } from './claim.ts'
import { gatewayClaims } from './gateway-claims.ts'
import { operationClaims } from './operation-claims.ts'
import { createScratch } from './scratch.ts'
import { BudgetError, checkTarget, type Session } from './session.ts'

export interface Comparison {
  readonly edition: string
  readonly allowed: Permissions
  readonly findings: readonly Finding[]
  readonly sent: number
  readonly left: readonly string[]
}

export interface CompareOptions {
  readonly session: Session
  readonly edition: EditionTable
  readonly allowed: Permissions
  readonly prefix: string
  readonly found?: (finding: Finding, index: number, of: number) => void
  readonly cleaned?: (left: readonly string[]) => void
}

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

export const switchesOf = ({ findings }: Comparison): Readonly<Record<string, string>> =>
  Object.fromEntries(
    findings.flatMap(({ assumption, value, verdict }) =>
      assumption !== undefined && value !== undefined && verdict === 'different' ? [[assumption, value]] : [],
    ),
  )
