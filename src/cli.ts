#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { banner, curlLine, progressBar } from './banner.ts'
import { type CommandLine, type Config, configPath, helpText, readConfig, UsageError } from './config.ts'
import { version } from './package.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

/** A mistake of the caller's that is known by name; anything else is a bug and keeps its stack. */
const exitCodes: Readonly<Record<string, number>> = { UsageError: 2, FixtureError: 2, DatabaseError: 1 }

function giveUp(error: unknown): never {
  const { name, message, stack, code } = error as Error & { code?: string }
  const socket = code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'
  const known = socket || Object.hasOwn(exitCodes, name)
  const because = code === 'EADDRINUSE' ? `${message}; stop the other process or choose another --port` : message
  process.stderr.write(`ncp-dataflow-emulator: ${known ? because : stack}\n`)
  process.exit(exitCodes[name] ?? 1)
}

/** Content of the config file; the YAML parser is loaded only for a file that is not JSON. */
async function load(path: string): Promise<unknown> {
  try {
    const text = readFileSync(path, 'utf8')
    return path.endsWith('.json') ? JSON.parse(text) : (await import('yaml')).parse(text)
  } catch (error) {
    throw new UsageError(`--config ${path}: cannot be read (${(error as Error).message})`)
  }
}

async function start({ config }: CommandLine): Promise<void> {
  const [{ emulator }, { logTo }] = await Promise.all([import('./emulator.ts'), import('./log.ts')])
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

  const url = await made.listen()
  say(`ncp-dataflow-emulator listens on ${url}`)
  if (process.stdout.isTTY) say(banner({ url, config, jobs: made.jobs(), headersFor: made.signedHeaders }))
}

/** The address a client on this machine uses for what the emulator listens on. */
const clientHost = (host: string) => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host)

const baseUrl = ({ host, port }: Config) => {
  const name = clientHost(host)
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

async function sign({ config, words, extra }: CommandLine): Promise<void> {
  const [method = '', given = '', ...more] = words
  if (!given || more.length > 0) {
    throw new UsageError(`sign takes METHOD and TARGET, such as: sign GET '/api/v1/jobs?page=0&limit=20'`)
  }
  const url = /^https?:\/\/[^/?#]+/.exec(given)?.[0]
  const target = given.slice(url?.length ?? 0)
  if (!/^\/[\x21-\x7e]*$/.test(target)) {
    const hint = target.startsWith('/')
      ? `; percent-encoded it is ${JSON.stringify(encodeURI(target))}`
      : ' and start with /'
    throw new UsageError(
      `sign: TARGET must be as sent, percent-encoded ASCII without spaces, was ${JSON.stringify(target)}${hint}`,
    )
  }
  if (!/^[A-Za-z]+$/.test(method))
    throw new UsageError(`sign: METHOD must be an HTTP method, was ${JSON.stringify(method)}`)
  const stamp = extra.timestamp
  if (stamp !== undefined && !/^[0-9]{1,16}$/.test(String(stamp))) {
    throw new UsageError(`--timestamp: must be epoch milliseconds, was ${JSON.stringify(stamp)}`)
  }
  const { signRequest } = await import('./sign-request.ts')
  const { accessKey, secretKey } = config
  const headers = signRequest({
    method,
    target,
    accessKey,
    secretKey,
    ...(stamp === undefined ? {} : { timestamp: Number(stamp) }),
  })
  if (extra.json) say(JSON.stringify(headers))
  else if (extra.curl) say(curlLine(method.toUpperCase(), `${url ?? baseUrl(config)}${target}`, headers))
  else for (const [name, value] of Object.entries(headers)) say(`${name}: ${value}`)
}

/** Asks the emulator that these options describe; exit 0 when it is well. */
function health({ config }: CommandLine): void {
  const { host, port } = config
  if (port === 0) throw new UsageError('health: port 0 is any port; name the one the emulator printed with --port')
  const fail = (because: string) => {
    process.stderr.write(`ncp-dataflow-emulator: no healthy emulator at ${baseUrl(config)}: ${because}\n`)
    process.exit(1)
  }
  const asked = get({ host: clientHost(host), port, path: '/__admin/health', timeout: 2000 }, answer => {
    let body = ''
    answer.setEncoding('utf8')
    answer.on('data', text => {
      body += text
    })
    answer.on('end', () => {
      if (answer.statusCode !== 200 || !body.startsWith('{"status":"ok"')) fail(`it answered ${answer.statusCode}`)
      else say(body)
    })
  })
  asked.on('timeout', () => asked.destroy(new Error('no answer in 2 s')))
  asked.on('error', error => fail(error.message))
}

async function openapi({ config }: CommandLine): Promise<void> {
  const [{ openApiDocument }, { editions }] = await Promise.all([
    import('./http/document.ts'),
    import('./spec/editions/editions.ts'),
  ])
  process.stdout.write(await openApiDocument(editions[config.edition], config.assume))
}

const commands = {
  start,
  sign,
  health,
  openapi,
  help: () => say(helpText()),
  version: () => say(version()),
} satisfies Record<CommandLine['command'], (line: CommandLine) => unknown>

try {
  const argv = process.argv.slice(2)
  const path = configPath(argv, process.env)
  const line = readConfig(argv, process.env, path === undefined ? undefined : { path, content: await load(path) })
  await commands[line.command](line)
} catch (error) {
  giveUp(error)
}
