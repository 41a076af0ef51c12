import { InvalidData, pointerOf } from '../schema/place.ts'
import { parseMoment } from '../time/korean-time.ts'
import { type PlacedComplaint, shown } from './complaint.ts'
import { type Location, locationText } from './placed.ts'

/** Remembers where a value stands; complains about one that stands at two places. */
export type Unique = (value: string, at: Location) => void

export type Complaints = ReturnType<typeof complaintList>

/** Gathers everything that is wrong with the sources. */
export function complaintList() {
  const list: PlacedComplaint[] = []

  const add = (at: Location, complaint: string): void =>
    void list.push({ line: `${locationText(at)}: ${complaint}`, path: at.path, complaint })

  return {
    list: list as readonly PlacedComplaint[],
    add,

    unique(what: string): Unique {
      const places = new Map<string, Location>()
      return (value, at) => {
        const first = places.get(value)
        if (!first) places.set(value, at)
        else {
          add(
            at,
            `expected another ${what} than elsewhere, found ${shown(value)}, which stands at ${locationText(first)}`,
          )
        }
      }
    },

    /** Reads a part as the API does; `undefined` and a complaint where it rejects the part. */
    reading<T>(source: string, read: () => T): T | undefined {
      try {
        return read()
      } catch (error) {
        if (!(error instanceof InvalidData)) throw error
        for (const { keys, whose, complaint } of error.flaws) {
          list.push({ line: `${source}: ${pointerOf(keys)}${whose}: ${complaint}`, path: keys, complaint })
        }
        return undefined
      }
    },

    /** The time of a date in epoch milliseconds; `otherwise` without a date, and for one that does not exist. */
    time(at: Location, text: string | undefined, otherwise: number): number {
      if (text === undefined) return otherwise
      const found = parseMoment(text)
      if (found === undefined) add(at, `expected a day and time that exist, found ${shown(text)}`)
      return found ?? otherwise
    },
  }
}
