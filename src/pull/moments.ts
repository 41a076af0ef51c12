import { formatKoreanLocal } from '../time/korean-date.ts'
import { minute, parseMoment } from '../time/korean-time.ts'
import { type Item, textIn } from './account.ts'

/** Something in lists that are in the order of dates. */
export interface Dated {
  readonly id: string
  readonly date: string
  /** The least milliseconds that its date may get. */
  readonly least: number
}

/** Whether a date is told to the second alone. */
const isCoarse = (date: string): boolean => date !== '' && !/\.\d/.test(date)

/** The same date with milliseconds; one that has them stays. */
export function withMilliseconds(date: string, milliseconds: number): string {
  const moment = milliseconds > 0 && isCoarse(date) ? parseMoment(date) : undefined
  return moment === undefined ? date : `${formatKoreanLocal(moment + milliseconds)}+09:00`
}

/**
 * Milliseconds that keep lists in their order: dates told to the second are often equal. `ties` says whether two with
 * one date stand in this order by themselves. Lists begin with the newest, or all with the oldest.
 */
export function millisecondsFor(
  things: readonly Dated[],
  lists: readonly (readonly string[])[],
  ties: (newer: string, older: string) => boolean,
): ReadonlyMap<string, number> {
  const dates = new Map(things.map(({ id, date }) => [id, date]))
  const found = new Map(things.map(({ id, date, least }) => [id, isCoarse(date) ? least : 0]))
  const rising = (list: readonly string[]): boolean => {
    const [first = '', last = ''] = [dates.get(list[0] ?? ''), dates.get(list.at(-1) ?? '')]
    return first < last
  }
  const oldestFirst = lists.map(list => (rising(list) ? list : [...list].reverse()))

  /** Raises the dates of one list where needed; `true` when one was raised. */
  function raise(list: readonly string[]): boolean {
    let raised = false
    for (const [index, newer] of list.entries()) {
      const older = list[index - 1]
      const date = dates.get(newer) ?? ''
      if (older === undefined || date !== dates.get(older) || !isCoarse(date)) continue
      const wanted = Math.min(999, (found.get(older) ?? 0) + (ties(newer, older) ? 0 : 1))
      if ((found.get(newer) ?? 0) >= wanted) continue
      found.set(newer, wanted)
      raised = true
    }
    return raised
  }

  // Lists that contradict each other, as they may when the data changes meanwhile, would go on for ever.
  for (let rounds = 0; rounds < 1000 && oldestFirst.map(raise).includes(true); rounds += 1);
  return found
}

/** By how much the start and the end of an execution lie below its creation within their seconds. */
export interface Drops {
  readonly start: number
  readonly end: number
}

/**
 * The whole minutes that an execution waited and ran are told from dates with milliseconds. Where the dates to the second
 * say a minute more, the later one had fewer milliseconds.
 */
export function dropsOf(execution: Item): Drops {
  const at = (name: string): number => parseMoment(textIn(execution, name)) ?? Number.NaN
  const tooLong = (from: number, to: number, told: unknown): number =>
    typeof told === 'number' && Math.floor((to - from) / minute) === told + 1 ? 1 : 0
  const start = tooLong(at('createdDate'), at('startDate'), execution.waitingTime)
  return { start, end: start + tooLong(at('startDate'), at('endDate'), execution.runningTime) }
}
