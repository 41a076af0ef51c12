import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { get as secureGet } from 'node:https'
import { connect, createServer } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import t from 'tap'
import { listener } from '../../src/http/listen.ts'
import { startEmulator } from '../../src/library/index.ts'

/** The status of a request for the health of what listens there. */
async function statusOf(url: string, options: object = {}): Promise<number | undefined> {
  const request = (url.startsWith('https:') ? secureGet : get)(`${url}/__admin/health`, { agent: false, ...options })
  const [response] = await once(request, 'response')
  response.resume()
  await once(response, 'end')
  return response.statusCode
}

const onIpv6 = (url: string) => url.replace('127.0.0.1', '[::1]')

t.test('serves both loopback addresses on one port, with HTTP and HTTPS', async t => {
  for (const tls of [false, true]) {
    const emulator = await startEmulator({ tls })
    const ca = emulator.ca
    t.match(emulator.url, /^https?:\/\/127\.0\.0\.1:\d+$/)
    for (const url of [emulator.url, onIpv6(emulator.url), emulator.url.replace('127.0.0.1', 'localhost')]) {
      t.equal(await statusOf(url, { ca }), 200, url)
    }
    await emulator.stop()
    for (const url of [emulator.url, onIpv6(emulator.url)]) {
      await t.rejects(statusOf(url, { ca }), { code: 'ECONNREFUSED' }, url)
    }
  }
})

t.test('listens on the one address that is named, an IPv6 address with or without brackets', async t => {
  for (const host of ['::1', '[::1]']) {
    const { url, stop } = await startEmulator({ host })
    t.match(url, /^http:\/\/\[::1\]:\d+$/)
    t.equal(await statusOf(url), 200)
    await t.rejects(statusOf(url.replace('[::1]', '127.0.0.1')), { code: 'ECONNREFUSED' })
    await stop()
  }
  const { url, stop } = await startEmulator({ host: '127.0.0.1' })
  await t.rejects(statusOf(onIpv6(url)), { code: 'ECONNREFUSED' })
  await stop()
})

t.test('rejects a port that is taken on one of the two', async t => {
  for (const host of ['127.0.0.1', '::1']) {
    const other = createServer().listen(0, host)
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    await t.rejects(startEmulator({ port }), { code: 'EADDRINUSE', address: host })
    other.close()
    const { url, stop } = await startEmulator({ port, host: 'LOCALHOST' })
    t.equal(url, `http://127.0.0.1:${port}`, 'nothing is left listening')
    await stop()
  }
})

t.test('responds to a request in flight on ::1 before it stops, and does not wait for idle connections', async t => {
  const fastify = Fastify()
  const listen = listener(fastify)
  const arrived = new Promise<() => void>(resolve => {
    fastify.get('/slow', (_request, reply) => resolve(() => void reply.send('done')))
  })
  fastify.get('/__admin/health', async () => 'ok')
  const { port } = await listen({ host: 'localhost', port: 0 })
  const agent = new Agent({ keepAlive: true })
  t.equal(await statusOf(`http://[::1]:${port}`, { agent }), 200)
  const slow = once(get(`http://[::1]:${port}/slow`, { agent: false }), 'response')
  const answer = await arrived
  const closed = fastify.close()
  answer()
  t.equal((await slow)[0].statusCode, 200)
  await closed
  agent.destroy()
})

/** What clients do that hold a connection: nothing at all, half a request, half a TLS handshake. */
const held: readonly { title: string; tls: boolean; bytes: Buffer }[] = [
  { title: 'a connection without a byte', tls: false, bytes: Buffer.alloc(0) },
  { title: 'half a request', tls: false, bytes: Buffer.from('GET /api/v1/jobs HTTP/1.1\r\nhost: x\r\n') },
  { title: 'a TLS connection without a byte', tls: true, bytes: Buffer.alloc(0) },
  { title: 'half a TLS handshake', tls: true, bytes: Buffer.from([22, 3, 1, 0, 200, 1, 0, 0, 196]) },
]

t.test('stops within two seconds, whatever clients on both addresses leave unfinished', async t => {
  await Promise.all(
    held.map(async ({ title, tls, bytes }) => {
      const { url, stop, ca } = await startEmulator({ tls })
      const sockets = ['127.0.0.1', '::1'].map(host =>
        connect({ host, port: Number(new URL(url).port) }).on('error', () => {}),
      )
      const closed = sockets.map(socket => new Promise(resolve => socket.once('close', resolve)))
      for (const socket of sockets) await new Promise(resolve => socket.write(bytes, resolve))
      // A whole exchange on another connection: those above have arrived by then.
      for (const address of [url, onIpv6(url)]) t.equal(await statusOf(address, { ca }), 200)
      const since = performance.now()
      await stop()
      const took = performance.now() - since
      t.ok(took < 2000, `${title}: ${took} ms`)
      await Promise.all(closed)
    }),
  )
})

/** An app whose first attempts to listen fail. */
function failing(attempts: number) {
  const fastify = Fastify()
  const seen: unknown[] = []
  const listen = async (where: { port: number; host: string }) => {
    seen.push(where)
    if (seen.length <= attempts) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' })
    return fastify.listen(where)
  }
  return {
    seen,
    fastify,
    app: { ...fastify, listen, addHook: fastify.addHook.bind(fastify) } as unknown as FastifyInstance,
  }
}

t.test('draws another port while the one drawn is taken on 127.0.0.1', async t => {
  const { seen, fastify, app } = failing(3)
  const { address, port } = await listener(app)({ host: 'localhost', port: 0 })
  t.equal(seen.length, 4)
  t.match(seen.at(-1), { port, host: address })
  await fastify.close()
  const never = failing(1000)
  await t.rejects(listener(never.app)({ host: 'localhost', port: 0 }), { code: 'EADDRINUSE' })
  t.ok(never.seen.length < 100)
  await never.fastify.close()
})

t.test('listens on 127.0.0.1 alone where the machine has no IPv6 loopback', async t => {
  for (const wanted of [0, 'chosen']) {
    const fastify = Fastify()
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const { port: chosen } = free.address() as { port: number }
    await new Promise(resolve => free.close(resolve))
    const listen = listener(fastify, { ipv6Loopback: '2001:db8::1' })
    const { address, port } = await listen({ host: 'localhost', port: wanted === 0 ? 0 : chosen })
    t.equal(address, '127.0.0.1')
    if (wanted !== 0) t.equal(port, chosen)
    await fastify.close()
  }
})
