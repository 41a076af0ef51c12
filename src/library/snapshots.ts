import type { Snapshot, SnapshotService } from '../service/snapshots.ts'
import { asRangeErrors } from './range-errors.ts'

/**
 * Named copies of all data (every account with its credentials) and of the clocks, in memory: at most 50, of 256 MiB
 * together. Faults and the journal are not part of them. Names have 1 to 64 letters, digits, `_` and `-`, the first a
 * letter or digit. A reset after a restore goes to the data that was planted, as before.
 * What cannot be throws a RangeError, with nothing changed.
 */
export interface EmulatorSnapshots {
  /** Saves, in the place of a snapshot of the same name. */
  save(name: string): Snapshot
  /** Puts data and clocks back as they were when it was saved. */
  restore(name: string): Snapshot
  /** All of them, by name. */
  list(): Snapshot[]
  delete(name: string): void
  /** Writes it to NAME.db in the folder of the option `snapshots`; the file can also be used as `db`. */
  export(name: string): Snapshot
  /** Takes NAME.db of that folder for a snapshot, to be restored. */
  import(name: string): Snapshot
}

const checked =
  <Given extends unknown[], T>(act: (...given: Given) => T) =>
  (...given: Given): T =>
    asRangeErrors(() => act(...given))

/** Snapshots as a test suite uses them. */
export const emulatorSnapshots = (snapshots: SnapshotService): EmulatorSnapshots => ({
  save: checked(snapshots.save),
  restore: checked(snapshots.restore),
  list: snapshots.list,
  delete: checked(snapshots.remove),
  export: checked(snapshots.export),
  import: checked(snapshots.import),
})
