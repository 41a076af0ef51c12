import type { Snapshot, SnapshotService } from '../service/snapshots.ts'
import { asRangeErrors } from './range-errors.ts'

/**
 * Named copies of all data (every account with its credentials) and of the clocks, in memory: at most 50, at most 256 MiB
 * in total. They do not contain faults and the journal. Names have 1 to 64 letters, digits, `_` and `-`; the first is a
 * letter or digit. A reset after a restore still restores the seeded data.
 * An invalid call throws a RangeError and changes nothing.
 */
export interface EmulatorSnapshots {
  /** Saves a snapshot; replaces one with the same name. */
  save(name: string): Snapshot
  /** Restores data and clocks. */
  restore(name: string): Snapshot
  /** All snapshots, sorted by name. */
  list(): Snapshot[]
  delete(name: string): void
  /** Writes it to NAME.db in the folder of the option `snapshots`; the file can also be used as `db`. */
  export(name: string): Snapshot
  /** Loads NAME.db from that folder as a snapshot, without restoring it. */
  import(name: string): Snapshot
}

const checked =
  <Given extends unknown[], T>(act: (...given: Given) => T) =>
  (...given: Given): T =>
    asRangeErrors(() => act(...given))

export const emulatorSnapshots = (snapshots: SnapshotService): EmulatorSnapshots => ({
  save: checked(snapshots.save),
  restore: checked(snapshots.restore),
  list: snapshots.list,
  delete: checked(snapshots.remove),
  export: checked(snapshots.export),
  import: checked(snapshots.import),
})
