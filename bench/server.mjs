// Servers in processes of their own, and signed calls to them.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signRequest } from 'ncp-dataflow-emulator'

export const credentials = { accessKey: 'ncp_iam_BENCH', secretKey: 'ncp_iam_BENCHSECRET' }

const root = join(import.meta.dirname, '..')
const alive = new Set()
let folder
/** A folder that is removed at the end. */
export function scratch() {
  folder ??= mkdtempSync(join(tmpdir(), 'dataflow-bench-'))
  return folder
}
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** Starts a server and waits for the line with its address. */
export function serverOf(args, { node = process.execPath, env: more = {} } = {}) {
  const env = {
    PATH: process.env.PATH,
    NCLOUD_ACCESS_KEY: credentials.accessKey,
    NCLOUD_SECRET_KEY: credentials.secretKey,
    ...more,
  }
  const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] })
  alive.add(child)
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', text => {
      said += text
      const url = /http:\S+(?=\n)/.exec(said)?.[0]
      if (url) resolve({ url, port: Number(new URL(url).port), pid: child.pid, stop })
    })
    child.on('exit', code => {
      alive.delete(child)
      reject(new Error(`node ${args.join(' ')} ended with ${code}`))
    })
    const stop = () =>
      new Promise(done => {
        child.once('exit', done)
        child.kill()
      })
  })
}

export const emulator = (...flags) => serverOf(['dist/cli.js', '--port', '0', ...flags])
export const bare = bodyFile => serverOf(['bench/bare.mjs', bodyFile])

/** A signed call; gives the text of the reply, throws for one that is no success. */
export async function signed(url, method, target, body) {
  const headers = signRequest({ method, target, ...credentials })
  const answer = await fetch(url + target, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${target} answered ${answer.status} ${text}`)
  return text
}

export const signedGet = (url, target) => signed(url, 'GET', target)

/** The body of a response in a file, for the bare server. */
export async function constant(url, target) {
  const file = join(scratch(), `body-${bodies++}.json`)
  writeFileSync(file, await signedGet(url, target))
  return file
}
let bodies = 0

const statusLine = (pid, name) =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1024

/** Resident megabytes of a process, now and at most. */
export const residentMb = pid => statusLine(pid, 'VmRSS')
export const mostResidentMb = pid => statusLine(pid, 'VmHWM')
