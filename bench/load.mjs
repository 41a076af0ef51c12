// The load, in a process of its own: bare sockets, one request in flight on each, a signature made for every request.
import { createHmac } from 'node:crypto'
import { connect } from 'node:net'

/** A request as bytes, signed now. */
function signedRequest({ accessKey, secretKey }, { method = 'GET', target, body = '' }) {
  const timestamp = Date.now()
  const text = `${method} ${target}\n${timestamp}\n${accessKey}`
  const signature = createHmac('sha256', secretKey).update(text).digest('base64')
  const content = body && `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${target} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-ncp-apigw-timestamp: ${timestamp}\r\nx-ncp-iam-access-key: ${accessKey}\r\nx-ncp-apigw-signature-v2: ${signature}\r\n${content}\r\n${body}`
}

const endOfHead = Buffer.from('\r\n\r\n')

/** Asks and asks on one connection until `isOver`; hands the milliseconds of every answer to `note`. */
const converse = ({ port, credentials, isOver, next, note }) =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let asked = 0
    let missing = -1
    let head = Buffer.alloc(0)
    const ask = () => {
      asked = performance.now()
      socket.write(signedRequest(credentials, next()))
    }
    const answered = () => {
      const now = performance.now()
      note(now - asked)
      missing = -1
      head = Buffer.alloc(0)
      if (!isOver(now)) ask()
      else socket.end()
    }
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('close', resolve)
    socket.on('data', bytes => {
      if (missing >= 0) {
        missing -= bytes.length
      } else {
        head = head.length === 0 ? bytes : Buffer.concat([head, bytes])
        const end = head.indexOf(endOfHead)
        if (end < 0) return
        const text = head.latin1Slice(0, end)
        const length = /content-length: (\d+)/i.exec(text)?.[1]
        if (!text.startsWith('HTTP/1.1 200 ') || length === undefined) {
          socket.destroy(new Error(`an answer that is no 200 with a length: ${text}`))
          return
        }
        missing = Number(length) - (head.length - end - endOfHead.length)
      }
      if (missing === 0) answered()
    })
  })

/**
 * Loads a server for some seconds, or with a number of requests, and tells how many answers came, how fast and how late.
 * Several pairs of keys take turns; every `write.every`th request is that write.
 */
async function load({ port, target, unique, write, credentials, connections, seconds, requests }) {
  let number = 0
  const next = () => {
    number += 1
    if (write && number % write.every === 0) return write
    return { target: unique ? `${target}&nonce=${number}` : target }
  }
  const times = []
  const began = performance.now()
  const until = began + seconds * 1000
  const isOver = now => (requests === undefined ? now >= until : number >= requests)
  const note = ms => times.push(ms)
  const pairs = [credentials].flat()
  const each = index => converse({ port, credentials: pairs[index % pairs.length], isOver, next, note })
  await Promise.all(Array.from({ length: connections }, (_, index) => each(index)))
  const took = performance.now() - began
  times.sort((a, b) => a - b)
  const quantile = q => times[Math.min(times.length - 1, Math.floor(q * times.length))]
  return { answers: times.length, perSecond: (times.length / took) * 1000, p50: quantile(0.5), p99: quantile(0.99) }
}

process.on('message', async order => {
  try {
    process.send({ result: await load(order) })
  } catch (error) {
    process.send({ error: error.message })
  }
})
