import { isatty } from 'node:tty'
import pino from 'pino'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** The four ways the emulator speaks to its log. */
export interface Log {
  debug(facts: object, sentence: string): void
  info(facts: object, sentence: string): void
  warn(facts: object, sentence: string): void
  error(facts: object, sentence: string): void
  /** Whether lines of this level are kept; a log that does not say keeps all. */
  isLevelEnabled?(level: string): boolean
}

/** A log that keeps nothing. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, isLevelEnabled: () => false }

/** JSON lines, or lines for a person, one an event; written at once, so that nothing is lost at the end. */
export async function logTo(fd: number, level: LogLevel, format: 'json' | 'pretty'): Promise<Log> {
  if (level === 'silent') return silentLog
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  }
  const sink = pino.destination({ fd, sync: true })
  const logThrough = (stream: pino.DestinationStream): Log => pino(options, stream)
  if (format === 'json') return logThrough(sink)
  const { prettyFactory, isColorSupported } = await import('pino-pretty')
  const render = prettyFactory({
    colorize: isatty(fd) && isColorSupported,
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  })
  return logThrough({ write: line => sink.write(render(line)) })
}
