import type { Entropy } from '../entropy.ts'
import type { FaultRules } from '../faults/faults.ts'
import type { Journal } from '../journal/journal.ts'
import type { Content } from '../store/database.ts'
import { snapshotStore } from '../store/snapshot.ts'
import { snapshotFolder } from '../store/snapshot-folder.ts'
import type { Stores } from '../store/stores.ts'
import type { Stubs } from '../stubs/stubs.ts'
import type { SkewedClock, VirtualClock } from '../time/clock.ts'
import { type AccountRequest, accountService, type NewAccount } from './accounts.ts'
import type { ChangeFeed } from './changes.ts'
import { type ClockControl, clockControl, type MovedClock } from './clocks.ts'
import { resetService } from './reset.ts'
import type { Services } from './services.ts'
import { snapshotService } from './snapshots.ts'

export interface LifecycleDeps {
  readonly stores: Stores
  readonly services: Services
  readonly clock: VirtualClock
  readonly gatewayClock: SkewedClock
  readonly options: {
    /** Milliseconds that the gateway clock is ahead at the start. */
    readonly gatewaySkew: number
    /** The folder of snapshot files; `undefined`: there are none. */
    readonly snapshots: string | undefined
  }
  readonly journal: Journal
  readonly faults: FaultRules
  readonly stubs: Stubs
  readonly changes: ChangeFeed
  readonly chance: Entropy
  /** The account that cannot be deleted. */
  readonly defaultAccount: string
  /** Stores the credentials that this start was given. */
  readonly admitStarted: () => void
}

type Clocks = ReturnType<typeof announcedClocks>

/** The control of both clocks, which tells the change feed of every change. */
function announcedClocks({ clock, gatewayClock, stores, services, changes }: LifecycleDeps) {
  const control = clockControl({
    clock,
    gateway: gatewayClock,
    slices: services.settling.slices,
    executions: { lastEnd: stores.executions.lastEnd, endOf: stores.executions.openEnd },
  })
  const announced = (moved: MovedClock): MovedClock => {
    changes.tell({ what: ['clock'] })
    return moved
  }
  const clocks: ClockControl = {
    ...control,
    change: asked => announced(control.change(asked)),
    changeInSteps: async (asked, pause) => announced(await control.changeInSteps(asked, pause)),
  }
  /** The current time, with the data brought up to it. */
  function settledNow(): number {
    const now = clock.now()
    services.settling.settle(now)
    return now
  }
  return { clocks, settledNow }
}

/** Changes an account and forgets its decisions, journal entries, faults and stubs; returns its name. */
function changeAccount(
  { stores, services, journal, faults, stubs, changes }: LifecycleDeps,
  accountId: number,
  change: () => void,
) {
  const name = stores.accounts.name(accountId) ?? ''
  const keys = stores.accounts.keys(accountId)
  stores.database.write(change)
  stores.database.compact()
  services.decisions.clear(accountId)
  journal.clear(name)
  faults.forget(name, keys)
  stubs.forget(name, keys)
  changes.tell({ what: ['all'], account: name })
  return name
}

function createResets(deps: LifecycleDeps, { clocks, settledNow }: Clocks) {
  const { stores, services, clock, gatewayClock } = deps
  const resets = resetService({
    database: stores.database,
    seeded: stores.seeded,
    scheduling: services.scheduling,
    admitStarted: deps.admitStarted,
  })

  function resetAll(): void {
    clocks.interrupt('everything was reset')
    services.decisions.clear()
    resets.all(clock.beginning())
    stores.database.compact()
    clock.restart()
    gatewayClock.skew = deps.options.gatewaySkew
    deps.journal.clear()
    deps.faults.reset()
    deps.stubs.reset()
    deps.changes.tell({ what: ['clock', 'all'] })
  }

  /** Resets the data of one account; returns its name. */
  const resetAccount = (accountId: number): string =>
    changeAccount(deps, accountId, () => resets.account({ accountId, now: settledNow() }))

  return {
    resetAll,
    resetAccount,
    /** Resets all data, or that of the named account; `false` when there is no such account. */
    reset(account?: string): boolean {
      const accountId = account === undefined ? undefined : stores.accounts.find(account)
      if (accountId !== undefined) resetAccount(accountId)
      else if (account === undefined) resetAll()
      else return false
      return true
    },
  }
}

function createAccounts(deps: LifecycleDeps, { settledNow }: Clocks) {
  const { database, accounts, seeded } = deps.stores
  const names = accountService({ accounts, chance: deps.chance.fork('accounts'), standing: deps.defaultAccount })
  return {
    listAccounts: names.list,
    getAccount: names.get,
    /** Creates an account; `fill` seeds it within the same write, so a failure leaves nothing. */
    addAccount(asked: AccountRequest, fill: (name: string, now: number) => void): NewAccount {
      const now = settledNow()
      const made = database.write(() =>
        names.add(asked, ({ id, name }) => {
          fill(name, now)
          deps.services.scheduling.planAccount({ accountId: id, now })
          seeded.mark(id, now)
        }),
      )
      deps.changes.tell({ what: ['accounts'] })
      return made
    },
    deleteAccount: (name: string): void => {
      changeAccount(deps, accounts.find(name) ?? 0, () => names.remove(name))
    },
  }
}

function createSnapshots(deps: LifecycleDeps, { clocks }: Clocks) {
  const { stores, services, clock, gatewayClock, options } = deps
  return snapshotService({
    store: snapshotStore(stores.database),
    folder: options.snapshots === undefined ? undefined : snapshotFolder(options.snapshots),
    clock: () => ({ moment: clock.now(), frozen: clock.frozen, rate: clock.rate, skew: gatewayClock.skew }),
    goOn(saved) {
      deps.admitStarted()
      stores.seeded.markStarted(clock.now())
      if (saved) {
        clock.place(saved)
        gatewayClock.skew = saved.skew
      }
      clocks.interrupt('a snapshot was restored')
      services.decisions.clear()
      deps.changes.tell({ what: ['clock', 'all'] })
    },
  })
}

/** What changes all data or all of an account's: clock moves, resets, snapshots, accounts created and deleted. */
export function createLifecycle(deps: LifecycleDeps) {
  const { database, accounts, seeded } = deps.stores
  const clocks = announcedClocks(deps)
  return {
    ...clocks,
    ...createResets(deps, clocks),
    ...createAccounts(deps, clocks),
    snapshots: createSnapshots(deps, clocks),
    /** Seeds a new database with what `read` gives, and accepts the credentials of this start. `true`: it was new. */
    async start(read: () => Promise<Omit<Content, 'finish'>>, startedAt: number): Promise<boolean> {
      const isNew = accounts.isEmpty()
      if (isNew) {
        const { isLarge, fill } = await read()
        database.replace({
          isLarge,
          fill() {
            accounts.open(deps.defaultAccount)
            fill()
          },
          finish() {
            deps.services.scheduling.planAll(startedAt)
            seeded.markStarted(startedAt)
          },
        })
      }
      deps.admitStarted()
      // An account that came with a credential of this start belongs to the start, and so do all of an older file.
      seeded.markStarted(startedAt)
      return isNew
    },
  }
}

export type Lifecycle = ReturnType<typeof createLifecycle>
