import { connect, type Socket } from 'node:net'
import type { Test } from 'tap'

/** An answer as it came over the wire, header names in lower case. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

export interface Conversation {
  readonly answers: readonly WireAnswer[]
  /** What came after the last whole answer. */
  readonly rest: string
}

/** Takes one whole answer from the start of what was received. */
function take(received: Buffer, bodyless: boolean): { answer: WireAnswer; length: number } | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [statusLine = '', ...lines] = received.subarray(0, end).toString('latin1').split('\r\n')
  const headers = Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const start = end + 4
  const length = start + (bodyless ? 0 : Number(headers['content-length'] ?? 0))
  if (received.length < length) return undefined
  const answer = { status: Number(statusLine.split(' ')[1]), headers, text: received.toString('utf8', start, length) }
  return { answer, length }
}

export interface Talk {
  /** How many answers to wait for; without it, until the server closes the connection. */
  readonly answers?: number
  /** True when the answers have a content-length but no body, as those to HEAD. */
  readonly bodyless?: boolean
}

/**
 * Sends bytes (text is one byte a character) to a port of 127.0.0.1 and collects the answers.
 * Rejects when the connection is reset before they are there.
 */
export function talk(
  t: Test,
  port: number,
  bytes: string | Buffer,
  { answers: wanted, bodyless = false }: Talk = {},
): Promise<Conversation> {
  const socket = dial(t, port)
  return new Promise((resolve, reject) => {
    const answers: WireAnswer[] = []
    let received = Buffer.alloc(0)
    const finish = () => {
      resolve({ answers, rest: received.toString('latin1') })
      socket.destroy()
    }
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk])
      for (let taken = take(received, bodyless); taken; taken = take(received, bodyless)) {
        answers.push(taken.answer)
        received = received.subarray(taken.length)
      }
      if (wanted !== undefined && answers.length >= wanted) finish()
    })
    socket.on('close', finish)
    socket.on('error', reject)
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  })
}

/** A bare connection that is gone with the test. */
export function dial(t: Test, port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1' })
  t.teardown(() => socket.destroy())
  return socket
}
