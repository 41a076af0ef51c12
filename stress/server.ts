import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { type Agent, type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { signRequest } from '../src/gateway/sign-request.ts'
import type { Call } from './traffic.ts'

const root = join(import.meta.dirname, '..')
export const pair = { accessKey: 'ncp_iam_STRESS', secretKey: 'ncp_iam_STRESSSECRET' }

export interface Server {
  readonly child: ChildProcess
  readonly port: number
  readonly pid: number
  /** Resolves with the exit code, or `undefined` after a signal. */
  readonly ended: Promise<number | undefined>
  readonly errors: () => string
}

const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

/** Starts the built emulator in a process of its own, and does not wait until it listens. */
export function spawnEmulator(
  flags: readonly string[],
): Pick<Server, 'child' | 'ended' | 'errors'> & { readonly port: Promise<number> } {
  const keys = { NCLOUD_ACCESS_KEY: pair.accessKey, NCLOUD_SECRET_KEY: pair.secretKey }
  const args = ['dist/cli.js', '--port', '0', '--host', '127.0.0.1', '--log-level', 'error', ...flags]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, ...keys },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  alive.add(child)
  let said = ''
  let complained = ''
  child.stderr?.on('data', text => {
    complained += text
  })
  const ended = new Promise<number | undefined>(resolve => {
    child.once('close', code => {
      alive.delete(child)
      resolve(code ?? undefined)
    })
  })
  const port = new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', text => {
      said += text
      const found = /http:\/\/[^:]+:(\d+)/.exec(said)?.[1]
      if (found) resolve(Number(found))
    })
    void ended.then(code => reject(new Error(`the emulator ended with ${code}: ${complained}`)))
  })
  port.catch(() => undefined)
  return { child, port, ended, errors: () => complained }
}

export async function startServer(flags: readonly string[]): Promise<Server> {
  const started = spawnEmulator(flags)
  return { ...started, port: await started.port, pid: started.child.pid ?? 0 }
}

export interface Reply {
  readonly status: number
  readonly text: string
}

/** With a length, as Node's client sends a DELETE without one: the server then takes the body for another request. */
const contentHeaders = (body: string) => ({
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
})

/** Sends a call, signed unless other headers are given. Rejects when the connection fails. */
export function send(
  port: number,
  call: Call,
  agent: Agent,
  headers?: Readonly<Record<string, string>>,
): Promise<Reply> {
  const signed = headers ?? signRequest({ method: call.method, target: call.target, ...pair })
  return new Promise((resolve, reject) => {
    const options = {
      ...{ host: '127.0.0.1', port, agent, method: call.method, path: call.target },
      headers: { ...signed, ...(call.body !== undefined && contentHeaders(call.body)) },
    }
    const sent = request(options, (response: IncomingMessage) => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
      response.on('error', reject)
    })
    const began = performance.now()
    sent.on('error', (error: Error & { code?: string }) => {
      const where = `on a ${sent.reusedSocket ? 'used' : 'new'} connection after ${Math.round(performance.now() - began)} ms`
      error.message += ` (${error.code}, ${where})`
      reject(error)
    })
    sent.end(call.body)
  })
}

/** Linux only. */
export const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024

/** How many sockets a process has open. Linux only. */
export const openSockets = (pid: number): number =>
  readdirSync(`/proc/${pid}/fd`).filter(name => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${name}`).startsWith('socket:')
    } catch {
      return false
    }
  }).length
