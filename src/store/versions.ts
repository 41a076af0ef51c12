import { type DataKind, dataKinds } from '../domain/data-kind.ts'

/**
 * Tells whether data that somebody remembers is still true: a version for each account and kind of data.
 *
 * Versions are numbers of one counter that never goes back, so the greatest of several versions names one state of all
 * of them. When a write fails, its versions go back to those before it: what was remembered then is true again.
 */
export function dataVersions() {
  let counter = 0
  let ofAll = 0
  const versions = new Map<number, number>()
  /** What the current write has changed, with the versions before it. */
  const undone: [key: number, before: number][] = []
  const keyOf = (accountId: number, kind: DataKind) => accountId * dataKinds.length + dataKinds.indexOf(kind)

  return {
    /** Data of this kind of the account changed. To be called inside a write. */
    touch(accountId: number, kind: DataKind): void {
      const key = keyOf(accountId, kind)
      undone.push([key, versions.get(key) ?? 0])
      versions.set(key, ++counter)
    },
    /** Any data may have changed. */
    touchAll(): void {
      ofAll = ++counter
    },
    /** Equal as long as no data of these kinds of the account has changed. */
    of(accountId: number, kinds: readonly DataKind[]): number {
      let greatest = ofAll
      for (const kind of kinds) greatest = Math.max(greatest, versions.get(keyOf(accountId, kind)) ?? 0)
      return greatest
    },
    /** The place to go back to when the write that begins now fails. */
    begin: (): number => undone.length,
    /** The outermost write has succeeded. */
    committed(): void {
      undone.length = 0
    },
    rolledBack(began: number): void {
      for (const [key, before] of undone.splice(began).reverse()) versions.set(key, before)
    },
  }
}
