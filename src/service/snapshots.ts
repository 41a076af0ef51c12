import { report } from '../domain/problem.ts'
import { DatabaseError } from '../store/database.ts'
import type { Imaging, SavedClock } from '../store/snapshot.ts'
import { FolderError, type ImageFolder } from '../store/snapshot-folder.ts'

/** A snapshot as it is listed. */
export interface Snapshot {
  readonly name: string
  readonly bytes: number
  /** What the simulation clock showed, in epoch milliseconds; absent in one that was imported from a database file. */
  readonly moment?: number | undefined
}

export interface SnapshotParts {
  readonly images: Imaging
  /** Absent: there are no files. */
  readonly folder: ImageFolder | undefined
  /** Where the clocks stand. */
  readonly clock: () => SavedClock
  /** Lets the emulator go on from data that was put back. */
  readonly goOn: (clock: SavedClock | undefined) => void
  readonly most?: { readonly snapshots: number; readonly bytes: number }
}

const limits = { snapshots: 50, bytes: 256 * 1024 ** 2 }

/** Named copies of all data and of the clocks, in memory, with a way to files and back. */
export function snapshotService({ images, folder, clock, goOn, most = limits }: SnapshotParts) {
  const kept = new Map<string, { readonly image: Buffer; readonly clock: SavedClock | undefined }>()

  const checkName = (name: string): string =>
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name) ? name : report({ problem: 'snapshotName' })

  const find = (name: string) =>
    kept.get(checkName(name)) ?? report({ problem: 'unknown', kind: 'snapshot', id: name, known: [...kept.keys()] })

  const shown = (name: string): Snapshot => {
    const { image, clock: stood } = find(name)
    return { name, bytes: image.length, moment: stood?.moment }
  }

  function keep(name: string, image: Buffer, stood: SavedClock | undefined): Snapshot {
    const others = [...kept].filter(([known]) => known !== name)
    if (others.length >= most.snapshots) {
      report({ problem: 'tooManySnapshots', count: others.length })
    }
    const bytes = others.reduce((sum, [, one]) => sum + one.image.length, image.length)
    if (bytes > most.bytes) {
      report({ problem: 'snapshotsTooLarge', bytes, most: most.bytes })
    }
    kept.set(name, { image, clock: stood })
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
      return keep(name, images.take(stood), stood)
    },
    restore(name: string): Snapshot {
      const { image, clock: stood } = find(name)
      images.put(name, image)
      goOn(stood)
      return shown(name)
    },
    remove(name: string): void {
      find(name)
      kept.delete(name)
    },
    export(name: string): Snapshot {
      const { image } = find(name)
      const folder = files()
      telling(() => folder.write(name, image))
      return shown(name)
    },
    import(name: string): Snapshot {
      checkName(name)
      const folder = files()
      return telling(() => {
        const image = folder.read(name, most.bytes)
        return keep(name, image, images.clockOf(name, image))
      })
    },
  }
}

export type SnapshotService = ReturnType<typeof snapshotService>
