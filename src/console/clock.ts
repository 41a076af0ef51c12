import type { ClockState } from './shapes.ts'

/** The simulation clock as the emulator last told it, and when that was by the clock of the page. */
export interface KnownClock extends Pick<ClockState, 'epochMs' | 'frozen' | 'rate'> {
  readonly heardAt: number
}

/** Milliseconds since the page was opened; no change of the machine's clock moves it. */
export const pageTime = (): number => performance.now()

/** Epoch milliseconds of this machine. */
export const machineTime = (): number => Date.now()

/** What the simulation clock shows at a time of the page. */
export const simulationTime = ({ epochMs, frozen, rate, heardAt }: KnownClock, at: number): number =>
  frozen ? epochMs : epochMs + (at - heardAt) * rate

/** How long a page has to wait until the simulation clock shows a time; `undefined`: it never will. */
export function waitUntil(clock: KnownClock, time: number, at: number): number | undefined {
  const left = time - simulationTime(clock, at)
  if (left <= 0) return 0
  return clock.frozen ? undefined : left / clock.rate
}

const hour = 3_600_000
/** Korean time, wherever the browser stands. */
const seoul = (time: number): string => new Date(time + 9 * hour).toISOString()

/** `2025-03-21 09:00` in Korean time. */
export const minuteText = (time: number): string => seoul(time).slice(0, 16).replace('T', ' ')
/** `2025-03-21 09:00:12` in Korean time. */
export const secondText = (time: number): string => seoul(time).slice(0, 19).replace('T', ' ')
/** `09:00:12` in Korean time. */
export const clockText = (time: number): string => seoul(time).slice(11, 19)
/** `2025-03-21` in Korean time. */
export const dayText = (time: number): string => seoul(time).slice(0, 10)
/** `2026-11-26 14:05:30.120`, a time of this machine where the browser stands. */
export const machineText = (iso: string): string => `${new Date(iso).toLocaleDateString('sv')} ${machineClockText(iso)}`
/** `14:05:30.120`, the same without its day. */
export const machineClockText = (iso: string): string =>
  `${new Date(iso).toLocaleTimeString('sv')}.${iso.slice(20, 23)}`

/** How far away a time is, in the one unit that tells most. */
export function awayParts(ms: number): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number } {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return { unit: 'seconds', count: seconds }
  if (seconds < 3600) return { unit: 'minutes', count: Math.round(seconds / 60) }
  if (seconds < 48 * 3600) return { unit: 'hours', count: Math.round(seconds / 3600) }
  return { unit: 'days', count: Math.round(seconds / 86_400) }
}

/** A date of the API to the minute. */
export const dateText = (iso: string): string => iso.slice(0, 16).replace('T', ' ')

const two = (value: number): string => String(value).padStart(2, '0')

/** `8 s` below a minute, else `30:04` or `1:02:03`; `second` is the unit of the language. */
export function durationText(ms: number, second: string): string {
  const all = Math.max(0, Math.floor(ms / 1000))
  if (all < 60) return `${all}${second}`
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor(all / 60) % 60]
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(all % 60)}`
}
