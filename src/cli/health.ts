import { isIP } from 'node:net'
import { clientHost, clientUrl } from '../config/client-url.ts'
import type { CommandLine } from '../config/command-line.ts'
import { speaksTls } from '../config/config.ts'
import { UsageError } from '../config/usage-error.ts'
import { inputFile } from './input-file.ts'
import { fail, print } from './output.ts'

const isLoopback = (host: string) => host === '::1' || /^127\.[0-9.]+$/.test(host)

/** Asks the emulator that these options describe; exit 0 when it is well. */
export async function health({ config }: CommandLine): Promise<void> {
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
    ca: tlsCaOut && !isLoopback(name) ? inputFile('--tls-ca-out', tlsCaOut) : undefined,
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
      else print(body)
    })
  })
  asked.on('error', error => unwell(signal.aborted ? 'no answer in 2 s' : error.message))
}
