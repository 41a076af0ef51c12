#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { clientHost, clientUrl } from '../config/client-url.ts'
import {
  type CommandLine,
  type Config,
  configPath,
  helpText,
  readConfig,
  speaksTls,
  UsageError,
} from '../config/config.ts'
import { version } from '../package.ts'
import { DataFileError, readDataFile } from '../schema/data-file.ts'
import { banner, progressBar } from './banner.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Ends with a sentence; by the exit code alone, so that what is still on its way to a pipe arrives. */
function fail(exitCode: number, sentence: string): void {
  process.stderr.write(`ncp-dataflow-emulator: ${sentence}\n`)
  process.exitCode = exitCode
}

/** Mistakes of the caller's, by name: the flag they are about and how the process ends. */
const mistakes: Readonly<Record<string, { readonly about: string; readonly exitCode: number }>> = {
  UsageError: { about: '', exitCode: 2 },
  FixtureError: { about: '--fixtures ', exitCode: 2 },
  DatabaseError: { about: '--db: ', exitCode: 1 },
  TlsError: { about: '', exitCode: 2 },
  CaFileError: { about: '', exitCode: 1 },
}

/** What a person can do about an address that cannot be listened on. */
function listenComplaint(code: string | undefined, message: string, { host, port }: Config): string {
  if (code === 'EADDRINUSE') {
    return `--port ${port}: is in use on ${host}; stop the other process or choose another port (0 takes a free one)`
  }
  if (code === 'EACCES') return `--port ${port}: is not open to this user; choose one from 1024 on`
  return `--host ${host}: cannot be listened on (${message}); name an address of this machine`
}

function giveUp(error: unknown): void {
  const { name, message, stack } = error as Error
  const mistake = mistakes[name]
  if (mistake) fail(mistake.exitCode, mistake.about + message)
  /* c8 ignore next: only a bug of ours gets here */ else fail(1, `a bug of the emulator, please report it\n${stack}`)
}

async function configFile(path: string | undefined) {
  if (path === undefined) return undefined
  try {
    return { path, content: await readDataFile(path) }
  } catch (error) {
    throw error instanceof DataFileError ? new UsageError(`--config ${path}: ${error.message}`) : error
  }
}

async function start({ config }: CommandLine): Promise<void> {
  const [{ emulator }, { logTo }] = await Promise.all([import('../emulator.ts'), import('../log.ts')])
  const log = await logTo(2, config.logLevel, config.logFormat ?? (process.stderr.isTTY ? 'pretty' : 'json'))
  const progress = process.stderr.isTTY ? progressBar(text => process.stderr.write(text)) : undefined
  const made = await emulator({ config, log, progress })

  let stopping = false
  const stop = () => {
    if (stopping) process.exit(1)
    stopping = true
    made.stop().then(() => process.exit(0), giveUp)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  try {
    const url = await made.listen()
    say(`ncp-dataflow-emulator listens on ${url}`)
    if (process.stdout.isTTY) say(banner({ url, config, jobs: made.jobs(), headersFor: made.signedHeaders }))
  } catch (error) {
    const { code, message, name } = error as Error & { code?: string }
    await made.stop()
    if (mistakes[name]) giveUp(error)
    else fail(1, listenComplaint(code, message, config))
  }
}

async function explain({ config, words, extra }: CommandLine): Promise<void> {
  const [method = '', target = '', ...more] = words
  if (!target || more.length > 0) {
    throw new UsageError(`explain takes METHOD and TARGET, such as: explain GET '/api/v1/jobs?page=0' --header ...`)
  }
  const { explained, explanationText } = await import('./explain.ts')
  const { header: headers = [], body: file } = extra as { header?: readonly string[]; body?: string }
  const body = file === undefined ? undefined : fileOf('--body', file)
  const diagnosis = explained({ method, target, headers, pairs: pairsOf(config), body })
  say(extra.json ? JSON.stringify(diagnosis) : explanationText(diagnosis))
  process.exitCode = diagnosis.verdict === 'right' ? 0 : 1
}

const pairsOf = ({ accessKey, secretKey, credential }: Config) => [
  { accessKey, secretKey, active: true },
  ...credential,
]

/** A file's bytes, one character each. */
function fileOf(flag: string, path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    throw new UsageError(`${flag} ${JSON.stringify(path)}: cannot be read (${(error as Error).message})`)
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\.[0-9.]+$/.test(host)

/** Asks the emulator that these options describe; exit 0 when it is well. */
async function health({ config }: CommandLine): Promise<void> {
  const { host, port, tlsCaOut } = config
  if (port === 0) throw new UsageError('--port 0: is any port; name the one the emulator printed')
  const secure = speaksTls(config)
  const unwell = (because: string) => fail(1, `no healthy emulator at ${clientUrl(host, port, secure)}: ${because}`)
  // Under a name of its own the emulator would take this for a page that rebinds names; see admin/guard.ts.
  const headers = { host: 'localhost' }
  const signal = AbortSignal.timeout(2000)
  const name = clientHost(host)
  const tls = secure && {
    // On this machine's loopback there is nobody else to be; elsewhere the certificate has to tell.
    rejectUnauthorized: !isLoopback(name),
    servername: isIP(name) === 0 ? name : '',
    ca: tlsCaOut && !isLoopback(name) ? fileOf('--tls-ca-out', tlsCaOut) : undefined,
  }
  const { get } = await (secure ? import('node:https') : import('node:http'))
  const asked = get({ host: name, port, path: '/__admin/health', headers, signal, ...tls }, answer => {
    let body = ''
    answer.setEncoding('utf8')
    answer.on('data', text => {
      body += text
    })
    answer.on('error', error => unwell(error.message))
    answer.on('end', () => {
      if (answer.statusCode !== 200 || !body.startsWith('{"status":"ok"')) unwell(`it answered ${answer.statusCode}`)
      else say(body)
    })
  })
  asked.on('error', error => unwell(signal.aborted ? 'no answer in 2 s' : error.message))
}

async function openapi({ config }: CommandLine): Promise<void> {
  const [{ openApiDocument }, { editions }] = await Promise.all([
    import('../http/document.ts'),
    import('../api/editions/editions.ts'),
  ])
  process.stdout.write(await openApiDocument(editions[config.edition], config.assume))
}

const sign = async (line: CommandLine) => say((await import('./sign.ts')).signCommand(line))

const commands = {
  start,
  sign,
  explain,
  health,
  openapi,
  help: () => process.stdout.write(helpText()),
  version: () => say(version()),
} satisfies Record<CommandLine['command'], (line: CommandLine) => unknown>

// A reader that has enough, such as `| head`, is no mistake.
process.stdout.on('error', (error: Error & { code?: string }) => {
  if (error.code !== 'EPIPE') throw error
})

async function main(): Promise<void> {
  const argv = process.argv.slice(2)
  const file = await configFile(configPath(argv, process.env))
  const line = readConfig(argv, process.env, file)
  await commands[line.command](line)
}

main().catch(giveUp)
