import { report } from '../domain/problem.ts'
import { DatabaseError } from '../store/database.ts'
import type { SavedClock, SnapshotStore } from '../store/snapshot.ts'
import { FolderError, type SnapshotFolder } from '../store/snapshot-folder.ts'

/** A snapshot as it is listed. */
export interface Snapshot {
  readonly name: string
  readonly bytes: number
  /** What the simulation clock showed, in epoch milliseconds; absent in one that was imported from a database file. */
  readonly moment?: number | undefined
}

export interface SnapshotDeps {
  readonly store: SnapshotStore
  /** Absent: there are no files. */
  readonly folder: SnapshotFolder | undefined
  /** Where the clocks stand. */
  readonly clock: () => SavedClock
  /** Lets the emulator go on from data that was put back. */
  readonly goOn: (clock: SavedClock | undefined) => void
  readonly most?: { readonly snapshots: number; readonly bytes: number }
}

const limits = { snapshots: 50, bytes: 256 * 1024 ** 2 }

/** Named copies of all data and of the clocks, in memory, with a way to files and back. */
export function snapshotService({ store, folder, clock, goOn, most = limits }: SnapshotDeps) {
  const kept = new Map<string, { readonly data: Buffer; readonly clock: SavedClock | undefined }>()

  const checkName = (name: string): string =>
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name) ? name : report({ problem: 'snapshotName' })

  const find = (name: string) =>
    kept.get(checkName(name)) ?? report({ problem: 'unknown', kind: 'snapshot', id: name, known: [...kept.keys()] })

  const shown = (name: string): Snapshot => {
    const { data, clock: stood } = find(name)
    return { name, bytes: data.length, moment: stood?.moment }
  }

  function keep(name: string, data: Buffer, stood: SavedClock | undefined): Snapshot {
    const others = [...kept].filter(([known]) => known !== name)
    if (others.length >= most.snapshots) {
      report({ problem: 'tooManySnapshots', count: others.length })
    }
    const bytes = others.reduce((sum, [, one]) => sum + one.data.length, data.length)
    if (bytes > most.bytes) {
      report({ problem: 'snapshotsTooLarge', bytes, most: most.bytes })
    }
    kept.set(name, { data, clock: stood })
    return shown(name)
  }

  const files = () => folder ?? report({ problem: 'noSnapshotFolder' })

  /** What is wrong with a file is told to whoever named it. */
  function telling<T>(act: () => T): T {
    try {
      return act()
    } catch (error) {
      if (error instanceof DatabaseError) report({ problem: 'snapshotFile', invalid: true, reason: error.message })
      if (error instanceof FolderError) report({ problem: 'snapshotFile', invalid: false, reason: error.message })
      throw error
    }
  }

  return {
    has: (name: string) => kept.has(name),
    list: (): Snapshot[] => [...kept.keys()].sort().map(shown),
    save(name: string): Snapshot {
      checkName(name)
      const stood = clock()
      return keep(name, store.take(stood), stood)
    },
    restore(name: string): Snapshot {
      const { data, clock: stood } = find(name)
      store.put(name, data)
      goOn(stood)
      return shown(name)
    },
    remove(name: string): void {
      find(name)
      kept.delete(name)
    },
    export(name: string): Snapshot {
      const { data } = find(name)
      const folder = files()
      telling(() => folder.write(name, data))
      return shown(name)
    },
    import(name: string): Snapshot {
      checkName(name)
      const folder = files()
      return telling(() => {
        const data = folder.read(name, most.bytes)
        return keep(name, data, store.clockOf(name, data))
      })
    },
  }
}

export type SnapshotService = ReturnType<typeof snapshotService>
