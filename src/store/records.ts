/** How many records are remembered. */
const capacity = 10_000
/** The records of a larger page are not remembered: they would take the place of all others. */
const largestRemembered = 1000

/**
 * Remembers the records of rows, so that a row that has not changed gives the same object again.
 * What is made of a record can then be remembered with the object.
 */
export function rememberedRecords<T>(read: (seq: number) => T | undefined) {
  const known = new Map<number, T>()

  function at(seq: number, remember: boolean): T | undefined {
    const found = known.get(seq)
    if (found !== undefined) return found
    const record = read(seq)
    if (record === undefined || !remember) return record
    if (known.size >= capacity) known.clear()
    known.set(seq, record)
    return record
  }

  return {
    /** The records of these rows, in the same order; many are not remembered. */
    of(seqs: readonly number[], remember = seqs.length <= largestRemembered): T[] {
      const records: T[] = []
      for (const seq of seqs) {
        const record = at(seq, remember)
        if (record !== undefined) records.push(record)
      }
      return records
    },
    /** To be called when the row has changed or is gone. */
    drop: (seq: number) => void known.delete(seq),
    clear: () => known.clear(),
  }
}
