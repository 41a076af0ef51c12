import type { Assumption } from '../api/assumption.ts'
import { type AssumptionName, assumptions } from '../api/assumptions.ts'
import { type Claim, type Context, notObservable, type Outcome } from './claim.ts'
import { type Probe, type Probes, scratchOf } from './probes.ts'
import { readingProbes } from './reading-probes.ts'
import { writingProbes } from './writing-probes.ts'

const probes: Probes = { ...readingProbes, ...writingProbes }

/** The assumptions that no client can observe, and values that look like the default to every client, with the reasons. */
export const unobservable: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(probes).flatMap(([name, probe]) => (typeof probe === 'string' ? [[name, probe]] : [])),
  ),
  'timeoutZero=default': 'a timeout of 0 is taken as with `unlimited`, and no execution runs that long',
  'disabled=false': 'it looks like an account in which no job is disabled',
}

const shown = (name: AssumptionName, value: string): string => {
  const { values }: Assumption = assumptions[name]
  return `${value}: ${values[value]}`
}

/** Says which value of an assumption the target shows, and takes it for the claims that follow. */
async function observed(name: AssumptionName, probe: Probe | string | undefined, context: Context): Promise<Outcome> {
  const usual: string = assumptions[name].default
  if (typeof probe === 'string') return notObservable(probe)
  if (probe === undefined) throw new Error(`no probe observes the assumption ${name}`)
  if (probe.needs === 'runs' && !context.allowed.runs) notObservable('needs --allow-runs')
  if (probe.needs) scratchOf(context)
  const found = await probe.find(context)
  const values = typeof found === 'string' ? [found] : found
  const [value, ...others] = values
  const expected = shown(name, usual)
  if (value === undefined) return { verdict: 'different', expected, seen: 'something that no value of it describes' }
  if (others.length > 0 && values.includes(usual)) notObservable(`the target fits ${values.join(' and ')} alike`)
  context.assumed = { ...context.assumed, [name]: value }
  return { verdict: value === usual ? 'as claimed' : 'different', expected, seen: shown(name, value), value }
}

/** A claim for every assumption, those first that others depend on. */
export function assumptionClaims(): Claim[] {
  const names = new Set([...Object.keys(probes), ...Object.keys(assumptions)] as AssumptionName[])
  return [...names].map(name => {
    const { title, source } = assumptions[name]
    return {
      id: `assumption.${name}`,
      title,
      mark: 'assumed',
      source,
      assumption: name,
      check: context => observed(name, probes[name], context),
    }
  })
}
