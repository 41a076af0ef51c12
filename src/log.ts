import { constants, fstatSync, openSync, writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { isatty } from 'node:tty'
import type { DestinationStream } from 'pino'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export interface Log {
  debug(facts: object, sentence: string): void
  info(facts: object, sentence: string): void
  warn(facts: object, sentence: string): void
  error(facts: object, sentence: string): void
  /** Whether lines of this level are kept; a log that does not say keeps all. */
  isLevelEnabled?(level: string): boolean
}

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

/** The text that waits to be written to a descriptor: none after an error that says nobody will ever read it. */
function createBacklog(fd: number) {
  /** What is being written; what came later waits as text. */
  let head = Buffer.alloc(0)
  let tail: string[] = []
  let tailBytes = 0
  let dropped = 0
  let closed = false

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

  const isWaiting = () => !closed && (head.length > 0 || tail.length > 0)

  return {
    isWaiting,
    /** False when the text was dropped. */
    add(text: string): boolean {
      if (closed) return false
      const length = Buffer.byteLength(text)
      if (head.length + tailBytes + length > maximumWaiting) {
        dropped += 1
        return false
      }
      tail.push(text)
      tailBytes += length
      return true
    },
    /** Writes what waits as far as somebody takes it; tells whether any of it was taken. */
    write(): boolean {
      let moved = false
      while (isWaiting() && writePart()) moved = true
      return moved
    },
    /** The number of dropped lines that were not reported yet; 0 until there is room again. */
    takeDropped(): number {
      if (head.length + tailBytes >= maximumWaiting / 2) return 0
      const count = dropped
      dropped = 0
      return count
    },
  }
}

function createWriter(shared: number): Writer {
  const backlog = createBacklog(withoutBlocking(shared))
  let retrying = false
  let reporting = false
  let report: ((count: number) => void) | undefined

  function drain(): boolean {
    const moved = backlog.write()
    // The report is a line itself, and comes here again.
    const dropped = reporting ? 0 : backlog.takeDropped()
    if (dropped > 0) {
      reporting = true
      report?.(dropped)
      reporting = false
    }
    return moved
  }

  function retry(afterMs: number): void {
    retrying = true
    setTimeout(() => {
      const moved = drain()
      retrying = false
      if (backlog.isWaiting()) retry(moved ? retryMs.first : Math.min(afterMs * 2, retryMs.last))
    }, afterMs).unref()
  }

  // `process` tells when the end comes; nothing that a user chooses is read here.
  process.on('exit', () => {
    let idleMs = 0
    for (let ms = 0; backlog.isWaiting() && idleMs < exitPatienceMs && ms < exitLimitMs; ms += exitPauseMs) {
      idleMs = drain() ? 0 : idleMs + exitPauseMs
      if (backlog.isWaiting()) pause(exitPauseMs)
    }
  })

  return {
    write(text) {
      if (!backlog.add(text) || retrying) return
      drain()
      if (backlog.isWaiting()) retry(retryMs.first)
    },
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
