import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { isatty } from 'node:tty'
import type { CommandLine } from '../config/command-line.ts'
import type { Config } from '../config/config.ts'
import { UsageError } from '../config/usage-error.ts'
import { emulator } from '../emulator.ts'
import { stopwatch } from '../time/clock.ts'
import { fail } from './output.ts'
import { listen, logOf } from './start.ts'

/** The signals that are passed on to the command. */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** How shells report a command that a signal ended. */
const exitCodeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal]

/** How long processes that the command leaves behind may take to end after SIGTERM. */
const graceMs = 2000

/** Sends a signal to a process, or to a group of them by its negative id. `false`: there is none any more. */
function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** Ends what is left of a process group. */
async function endGroup(pid: number): Promise<void> {
  const elapsed = stopwatch()
  sendSignal(-pid, 'SIGTERM')
  while (sendSignal(-pid, 0)) {
    if (elapsed() > graceMs) return void sendSignal(-pid, 'SIGKILL')
    await sleep(20)
  }
}

/** Why a command does not start, and the exit code that shells use for it. */
function startProblem(program: string, { code, message }: NodeJS.ErrnoException): [exitCode: number, text: string] {
  if (code === 'ENOENT') return [127, `exec: command not found: ${JSON.stringify(program)}`]
  return [126, `exec: cannot run ${JSON.stringify(program)} (${message})`]
}

interface RunningCommand {
  readonly exitCode: Promise<number>
  signal(signal: NodeJS.Signals): void
}

/**
 * Runs a command with our standard streams.
 * On a terminal it shares our process group, so that it may read and the terminal's signals reach it; there SIGINT and SIGQUIT are
 * not passed on, since both have got them. Elsewhere it leads a group of its own, which signals reach as a whole and which ends with it.
 */
function runCommand([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): RunningCommand {
  const onTerminal = [0, 1, 2].some(isatty)
  const child: ChildProcess = spawn(program || ' ', args, { stdio: 'inherit', detached: !onTerminal, env })
  const { pid } = child
  const exitCode = new Promise<number>(resolve => {
    child.once('error', error => {
      const [exitCode, text] = startProblem(program, error)
      fail(exitCode, text)
      resolve(exitCode)
    })
    child.once('exit', async (code, signal) => {
      if (pid !== undefined && !onTerminal) await endGroup(pid)
      resolve(signal === null ? (code ?? 0) : exitCodeOf(signal))
    })
  })
  return {
    exitCode,
    signal(signal) {
      if (pid === undefined || (onTerminal && (signal === 'SIGINT' || signal === 'SIGQUIT'))) return
      sendSignal(onTerminal ? pid : -pid, signal)
    },
  }
}

/** What the command finds in its environment. */
const environmentOf = (url: string, { accessKey, secretKey }: Config): NodeJS.ProcessEnv => ({
  ...process.env,
  DATAFLOW_URL: url,
  NCLOUD_ACCESS_KEY: accessKey,
  NCLOUD_SECRET_KEY: secretKey,
})

/** Starts an emulator, runs the command against it, stops it, and ends with the command's exit code. */
export async function exec({ config, words }: CommandLine): Promise<void> {
  if (words.length === 0) throw new UsageError('exec takes a command behind --, such as: exec -- npm test')
  let command: RunningCommand | undefined
  let early: NodeJS.Signals | undefined
  for (const signal of passedOn) {
    process.on(signal, () => {
      if (command) command.signal(signal)
      else early ??= signal
    })
  }
  const made = await emulator({ config, log: await logOf(config) })
  const url = await listen(made, config)
  if (url === undefined) return
  if (early === undefined) command = runCommand(words, environmentOf(url, config))
  const exitCode = command === undefined ? exitCodeOf(early ?? 'SIGTERM') : await command.exitCode
  await made.stop()
  process.exit(exitCode)
}
