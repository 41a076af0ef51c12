import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import t, { type Test } from 'tap'
import { emulator, type Setting } from '../support/emulator.ts'

const jobs = '/api/v1/jobs'
const head = (method: string, more = '') => `${method} ${jobs} HTTP/1.1\r\nHost: localhost\r\n${more}`

interface Ended {
  readonly received: string
  /** How long the connection was open, in milliseconds. */
  readonly open: number
}

/** Waits until the server closes a connection, and says what it sent. */
async function ended(socket: Socket): Promise<Ended> {
  const began = performance.now()
  let received = ''
  socket.on('data', chunk => {
    received += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  // `once` of node:events would reject where the connection is reset.
  await new Promise(resolve => socket.once('close', resolve))
  return { received, open: performance.now() - began }
}

async function limited(t: Test, setting: Setting) {
  const made = await emulator(t, { port: 0, host: '127.0.0.1', auth: 'off', ...setting })
  const port = Number(new URL(await made.emulator.listen()).port)
  const dial = () => {
    const socket = setting.tls
      ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
      : connect({ port, host: '127.0.0.1' })
    t.teardown(() => socket.destroy())
    return socket
  }
  const recorded = () => made.emulator.journal.entries()
  return { ...made, dial, recorded }
}

/** Writes text, and then its last letter again and again for as long as the connection is open. */
function drip(socket: Socket, bytes: string): void {
  socket.write(bytes)
  const timer = setInterval(() => socket.write(bytes.slice(-1)), 20)
  socket.once('close', () => clearInterval(timer))
}

const late = /^HTTP\/1\.1 400 .*"errorCode":"100"/s
const requestTimeout = 300

/** `records`: how many entries the journal then holds. */
const rows: readonly {
  readonly title: string
  readonly send: (socket: Socket) => void
  readonly received: RegExp
  readonly records: number
}[] = [
  { title: 'a connection that sends nothing', send: () => {}, received: /^$/, records: 0 },
  { title: 'a first line that arrives slowly', send: socket => drip(socket, 'GET /'), received: late, records: 1 },
  {
    title: 'headers that arrive slowly',
    send: socket => {
      socket.write(head('GET'))
      drip(socket, 'x: y')
    },
    received: late,
    records: 1,
  },
  {
    title: 'a body that arrives slowly',
    send: socket => {
      socket.write(head('POST', 'Content-Length: 100000\r\n\r\n'))
      drip(socket, 'a')
    },
    received: late,
    records: 1,
  },
  {
    title: 'a body that arrives slowly in chunks',
    send: socket => {
      socket.write(head('POST', 'Transfer-Encoding: chunked\r\n\r\n'))
      drip(socket, '100000\r\na')
    },
    received: late,
    records: 1,
  },
  {
    title: 'a body that is still arriving after the response',
    send: socket => {
      socket.write(head('GET', 'Content-Length: 100000\r\n\r\n').replace(jobs, '/nope'))
      drip(socket, 'a')
    },
    received: /^HTTP\/1\.1 404 (?!.*HTTP\/1\.1)/s,
    records: 1,
  },
  {
    title: 'a second request that arrives slowly',
    send: socket => {
      socket.write(head('GET', '\r\n'))
      socket.once('data', () => drip(socket, head('GET')))
    },
    received: /^HTTP\/1\.1 200 .*HTTP\/1\.1 400 /s,
    records: 2,
  },
]

for (const tls of [false, true]) {
  t.test(`cuts ${tls ? 'over TLS' : 'in plain HTTP'}`, async t => {
    const { dial, recorded, emulator } = await limited(t, { requestTimeout, tls })
    for (const { title, send, received, records } of rows) {
      t.test(`cuts ${title}`, async t => {
        emulator.reset()
        const socket = dial()
        send(socket)
        const end = await ended(socket)
        t.match(end.received, received)
        t.ok(end.open < requestTimeout + 1700, `open for ${Math.round(end.open)} ms`)
        t.equal(recorded().length, records)
      })
    }
  })
}

t.test('closes a connection that is silent between two requests', async t => {
  const { dial } = await limited(t, { keepAliveTimeout: 50 })
  const socket = dial()
  socket.write(head('GET', '\r\n'))
  const { received, open } = await ended(socket)
  t.match(received, /^HTTP\/1\.1 200 /)
  t.ok(open < 5000, `open for ${Math.round(open)} ms`)
})

t.test('keeps connections without limits', async t => {
  const { dial, recorded } = await limited(t, { requestTimeout: 0, keepAliveTimeout: 0 })
  const [slow, quick] = [dial(), dial()]
  slow.write(head('GET'))
  quick.write(head('GET', '\r\n'))
  await once(quick, 'data')
  slow.write('\r\n')
  const [answer] = await once(slow, 'data')
  t.match(String(answer), /^HTTP\/1\.1 200 /)
  t.equal(recorded().length, 2)
})
