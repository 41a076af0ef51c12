import { type Explainer, explainer } from '../diagnosis/explainer.ts'
import { hideSecrets } from '../diagnosis/secrets.ts'
import type { Credential } from '../domain/account.ts'
import type { AcceptedNames } from '../domain/operation-names.ts'
import type { Journal } from '../journal/journal.ts'
import { type JournalReading, journalReading } from '../journal/reading.ts'
import type { Log } from '../log.ts'
import { type Clock, stopwatch } from '../time/clock.ts'
import { createRecorder, type Recorder, type RecorderDeps } from './recorder.ts'
import { secretFreeLog } from './secret-free-log.ts'

type ExplainerDeps = Parameters<typeof explainer>[0]

export interface ObserverDeps extends Pick<RecorderDeps, 'accountName'>, Omit<ExplainerDeps, 'pairs'> {
  readonly journal: Journal
  /** How many requests the journal keeps; 0: nothing is recorded. */
  readonly capacity: number
  readonly systemClock: Clock
  readonly gatewayClock: Clock
  readonly credentials: () => readonly Credential[]
  readonly version: () => number
  readonly log: Log
  readonly operations: AcceptedNames
}

export interface Observer {
  readonly recorder: Recorder | undefined
  readonly reading: JournalReading
  readonly explain: Explainer
  /** The log of requests, without secret keys. */
  readonly log: Log
  /** Keeps what the journal needs of the database, which is closed next: the journal stays readable. */
  detach(): void
}

/** What watches requests: the recorder that fills the journal, the reading of it, and the diagnosis. */
export function createObserver(deps: ObserverDeps): Observer {
  const { journal, capacity, systemClock, gatewayClock, operations, accountName, version, log, ...diagnosis } = deps
  let detached: readonly Credential[] | undefined
  let latest: { readonly version: number; readonly credentials: readonly Credential[] } | undefined
  function credentials(): readonly Credential[] {
    if (detached) return detached
    const now = version()
    if (latest?.version !== now) latest = { version: now, credentials: deps.credentials() }
    return latest.credentials
  }
  return {
    recorder:
      capacity === 0 ? undefined : createRecorder({ journal, clock: systemClock, elapsed: stopwatch(), accountName }),
    log: secretFreeLog(log, () => hideSecrets(credentials().map(({ secretKey }) => secretKey))),
    reading: journalReading(journal, credentials, operations),
    explain: explainer({ ...diagnosis, pairs: credentials }, () => gatewayClock.now()),
    detach() {
      detached ??= deps.credentials()
    },
  }
}
