import { type Entropy, newId } from '../entropy.ts'
import type { SequenceStore } from '../store/sequences.ts'

/** Makes ids: the same for the same seed and history, and never one that is taken. */
export const idMaker = ({ sequences, chance }: { sequences: SequenceStore; chance: Entropy }) => ({
  next(accountId: number, kind: 'job' | 'workflow' | 'trigger', taken: (id: string) => boolean): string {
    for (let number = sequences.drawn(accountId, kind) + 1; ; number++) {
      const id = newId(chance.fork(`${kind}/${accountId}/${number}`))
      if (taken(id)) continue
      sequences.set(accountId, kind, number)
      return id
    }
  },
})

export type Ids = ReturnType<typeof idMaker>
