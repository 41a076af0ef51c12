import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { isatty } from 'node:tty'
import type { CommandLine } from '../config/command-line.ts'
import type { Config } from '../config/config.ts'
import { UsageError } from '../config/usage-error.ts'
import { emulator } from '../emulator.ts'
import { stopwatch } from '../time/clock.ts'
import { fail } from './output.ts'
import { listen, logOf } from './start.ts'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** The exit code that shells report for a command that was ended by a signal. */
const exitCodeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal]

/** How long processes that the command left running may take to end after SIGTERM. */
const graceMs = 2000

/** Sends a signal to a process, or to a process group given its negative id. Returns false if none exists. */
function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

async function endGroup(pid: number): Promise<void> {
  const elapsed = stopwatch()
  sendSignal(-pid, 'SIGTERM')
  while (sendSignal(-pid, 0)) {
    if (elapsed() > graceMs) return void sendSignal(-pid, 'SIGKILL')
    await sleep(20)
  }
}

/** The message for a command that cannot be started, with the exit code that shells use. */
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
 * On a terminal it shares our process group, so that it can read from the terminal and receives its signals. SIGINT and SIGQUIT are not
 * passed on there, since both processes receive them. Elsewhere it leads its own group, which receives signals and is ended as a whole.
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

const environmentOf = (url: string, { accessKey, secretKey }: Config): NodeJS.ProcessEnv => ({
  ...process.env,
  DATAFLOW_URL: url,
  NCLOUD_ACCESS_KEY: accessKey,
  NCLOUD_SECRET_KEY: secretKey,
})

/** Starts an emulator, runs the command against it, stops it, and exits with the command's exit code. */
export async function exec({ config, words }: CommandLine, keepCompiled: () => void): Promise<void> {
  if (words.length === 0) throw new UsageError('exec takes a command after --, such as: exec -- npm test')
  let command: RunningCommand | undefined
  let early: NodeJS.Signals | undefined
  for (const signal of passedOn) {
    process.on(signal, () => {
      /* c8 ignore next -- whether a signal arrives before the command is started depends on timing */
      if (!command) early ??= signal
      command?.signal(signal)
    })
  }
  const made = await emulator({ config, log: await logOf(config) })
  const url = await listen(made, config)
  if (url === undefined) return
  // Signals that arrived during the start are delivered when the event loop has turned, at the latest at its second turn.
  for (let turn = 0; turn < 2; turn += 1) await setImmediate()
  if (early === undefined) command = runCommand(words, environmentOf(url, config))
  const exitCode = command === undefined ? exitCodeOf(early ?? 'SIGTERM') : await command.exitCode
  await made.stop()
  keepCompiled()
  process.exit(exitCode)
}
