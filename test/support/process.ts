import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))

/** The built command line; `npm test` builds it first. */
export const builtCli = [path('dist/cli.js')]
/**
 * The command line from its sources, so that its lines count as covered; without coverage the built one, which starts in a
 * tenth of the time.
 */
export const sourceCli =
  process.env.TAP_DISABLE_COVERAGE === '1' ? builtCli : [...process.execArgv, path('src/cli/main.ts')]

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

export interface Running {
  readonly child: ChildProcess
  /** What has been written so far. */
  readonly out: () => string
  readonly err: () => string
  /** Resolves with the first match in the standard output; throws when the process ends without one. */
  readonly saw: (pattern: RegExp) => Promise<string>
  readonly ended: Promise<Ended>
}

export interface Started extends Running {
  readonly url: string
  readonly port: number
}

/** The environment of a child: nothing of ours that could choose an option. */
export const environment = (env: Readonly<Record<string, string>>) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NCP_DATAFLOW|NCLOUD)_/.test(name))),
  ...env,
})

/** The processes below one, each parent before its children. Linux only. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const [, parent] = /\) \w (\d+) /.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? []
      parents.set(Number(name), Number(parent))
    } catch {
      // ended since it was listed
    }
  }
  const below = (id: number): number[] =>
    [...parents].filter(([, parent]) => parent === id).flatMap(([child]) => [child, ...below(child)])
  return below(pid)
}

/** Runs a program until it ends, or the test does. */
export function run(t: Test, command: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const [program = process.execPath, ...args] = command
  const child = spawn(program, args, { env: environment(env), stdio: ['pipe', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    err += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out, err }))
  t.teardown(() => child.kill('SIGKILL'))
  const saw = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(out)
        if (found) resolve(found[1] ?? found[0])
      }
      child.stdout.on('data', look)
      look()
      void ended.then(end => reject(new Error(`ended without ${pattern}: ${JSON.stringify(end)}`)))
    })
  return { child, out: () => out, err: () => err, saw, ended }
}

/** The words as one line for a POSIX shell. */
export const shellLine = (words: readonly string[]) => words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ')

/**
 * Runs a command on a terminal of its own, after shell commands that end with `; `. The command takes the shell's place: a shell
 * that stays beside it takes Ctrl-C for itself, too.
 */
export const onTerminal = (t: Test, command: readonly string[], before = ''): Running =>
  run(t, ['script', '-qefc', `${before}exec ${shellLine(command)}`, '/dev/null'], { NO_COLOR: '1', SHELL: '/bin/sh' })

/** Node without what tap adds to every process: nothing of the built files counts as covered. */
export const bareNode = ['env', '-u', 'NODE_OPTIONS', process.execPath]

/** Runs the command line with these arguments. */
export const cli = (t: Test, args: readonly string[], env = {}, code: readonly string[] = builtCli): Running =>
  run(t, [...(code === builtCli ? bareNode : [process.execPath]), ...code, ...args], env)

/** Starts an emulator on a free port and waits until it listens. */
export async function start(
  t: Test,
  args: readonly string[] = [],
  env = {},
  code: readonly string[] = builtCli,
): Promise<Started> {
  const running = cli(t, ['--port', '0', ...args], env, code)
  const url = await running.saw(/listens on (https?:\S+)\n/)
  return { ...running, url, port: Number(new URL(url).port) }
}
