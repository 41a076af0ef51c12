import { constants, fstatSync, openSync, writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { isatty } from 'node:tty'
import type { DestinationStream } from 'pino'

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

/** How many bytes wait for a reader; lines beyond are dropped. */
const maximumWaiting = 4 * 1024 ** 2
/** How long the exit waits for a reader that has stopped reading, in milliseconds. */
const exitPatienceMs = 250
/** How long the exit waits for a reader that reads, in milliseconds. */
const exitLimitMs = 700
const exitPauseMs = 5
const retryMs = { first: 2, last: 100 } as const

/** Writes to a file descriptor; see {@link writerTo}. */
interface Writer {
  write(text: string): void
  /** Calls `report` with the number of dropped lines as soon as there is room again. */
  onDropped(report: (count: number) => void): void
}

/** Node's own sockets set this on the descriptor; kept, as closing one would close the descriptor. */
const keptSockets: Socket[] = []

/**
 * A descriptor of the same file that never blocks. Opening a pipe or a terminal anew leaves alone the mode of the
 * descriptor, which other processes share. A socket (what `child_process` of Node makes) cannot be opened anew.
 * Where neither works, as for a terminal on macOS and Windows, writes may block.
 */
function withoutBlocking(fd: number): number {
  if (fstatSync(fd).isFile()) return fd
  try {
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    try {
      keptSockets.push(new Socket({ fd, readable: false, writable: true }).unref())
      /* c8 ignore next 3 -- a descriptor that is neither a file nor a socket: no system of ours has one */
    } catch {
      // No socket either: written to as it is.
    }
    return fd
  }
}

/** Waits without the event loop, which does not run any more at exit. */
const pause = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

function createWriter(shared: number): Writer {
  const fd = withoutBlocking(shared)
  /** What is being written; what came later waits as text. */
  let head = Buffer.alloc(0)
  let tail: string[] = []
  let tailBytes = 0
  let dropped = 0
  let closed = false
  let retrying = false
  let reporting = false
  let report: ((count: number) => void) | undefined

  const isWaiting = () => head.length > 0 || tail.length > 0

  function giveUp(isFull: boolean): void {
    if (isFull) dropped += head.toString('latin1').split('\n').length - 1
    else closed = true
    head = Buffer.alloc(0)
  }

  /** Writes a part of what waits; false when nobody takes any of it now. */
  function writePart(): boolean {
    if (head.length === 0) {
      head = Buffer.from(tail.join(''))
      tail = []
      tailBytes = 0
    }
    try {
      head = head.subarray(writeSync(fd, head))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') return false
      // With EPIPE, EIO and the like nobody will ever read it; a full disk may have room later.
      giveUp(code === 'ENOSPC')
    }
    return true
  }

  /** Writes what waits as far as somebody takes it; tells whether any of it was taken. */
  function drain(): boolean {
    let moved = false
    while (isWaiting() && !closed && writePart()) moved = true
    if (dropped > 0 && !reporting && head.length + tailBytes < maximumWaiting / 2) {
      const count = dropped
      dropped = 0
      reporting = true
      report?.(count)
      reporting = false
    }
    return moved
  }

  function retry(afterMs: number): void {
    retrying = true
    setTimeout(() => {
      const moved = drain()
      retrying = false
      if (isWaiting() && !closed) retry(moved ? retryMs.first : Math.min(afterMs * 2, retryMs.last))
    }, afterMs).unref()
  }

  function write(text: string): void {
    if (closed) return
    const length = Buffer.byteLength(text)
    if (head.length + tailBytes + length > maximumWaiting) {
      dropped += 1
      return
    }
    tail.push(text)
    tailBytes += length
    if (retrying) return
    drain()
    if (isWaiting() && !closed) retry(retryMs.first)
  }

  // `process` tells when the end comes; nothing that a user chooses is read here.
  process.on('exit', () => {
    let idleMs = 0
    for (let ms = 0; isWaiting() && !closed && idleMs < exitPatienceMs && ms < exitLimitMs; ms += exitPauseMs) {
      idleMs = drain() ? 0 : idleMs + exitPauseMs
      if (isWaiting()) pause(exitPauseMs)
    }
  })

  return {
    write,
    onDropped(listener) {
      report = listener
    },
  }
}

const writers = new Map<number, Writer>()

/**
 * The writer of this process for a file descriptor. It never blocks: what nobody reads waits, up to a limit, and is
 * dropped beyond. What waits at exit is written as long as somebody reads it, for less than a second.
 */
export function writerTo(fd: number): Writer {
  const known = writers.get(fd)
  if (known) return known
  const made = createWriter(fd)
  writers.set(fd, made)
  return made
}

/** JSON lines, or lines for a person, one an event. */
export async function logTo(fd: number, level: LogLevel, format: 'json' | 'pretty'): Promise<Log> {
  if (level === 'silent') return silentLog
  const { default: pino } = await import('pino')
  const writer = writerTo(fd)
  const logThrough = (stream: DestinationStream): Log => {
    const log = pino(
      {
        level,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (level: string) => ({ level }) },
      },
      stream,
    )
    const notice = level === 'error' ? log.error.bind(log) : log.warn.bind(log)
    writer.onDropped(count => notice({ dropped: count }, 'log lines were dropped because nobody read them in time'))
    return log
  }
  if (format === 'json') return logThrough(writer)
  const { default: pretty } = await import('pino-pretty')
  const render = pretty.prettyFactory({
    colorize: isatty(fd) && pretty.isColorSupported,
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  })
  return logThrough({ write: line => writer.write(render(line)) })
}
