import { type Config, fakePair, speaksTls } from '../config/config.ts'

const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** How curl comes to trust what these options serve; a CA made at start that is in no file cannot be checked. */
const trust = ({ tls, tlsCert, tlsCaOut }: Config): string[] =>
  tlsCaOut !== undefined ? [`--cacert ${shellWord(tlsCaOut)}`] : tls && tlsCert === undefined ? ['-k'] : []

/**
 * A pasteable curl command that sends exactly `url`, without curl's own reading of brackets and dots,
 * to an emulator with these options.
 */
export const curlLine = (
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  config: Config,
): string =>
  [
    'curl',
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['-I'] : ['-X', method]),
    ...(/[[\]{}]/.test(url) ? ['-g'] : []),
    ...(/\/\.{1,2}(?=[/?]|$)/.test(url) ? ['--path-as-is'] : []),
    ...(url.startsWith('https:') ? trust(config) : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    shellWord(url),
  ].join(' ')

/** The flags by which `sign` knows how to trust an emulator with these options. */
const httpsFlags = ({ tls, tlsCert, tlsCaOut }: Config): string =>
  `${tls && tlsCert === undefined ? ' --tls' : ''}${tlsCaOut === undefined ? '' : ` --tls-ca-out ${shellWord(tlsCaOut)}`}`

interface Shown {
  readonly url: string
  readonly config: Config
  readonly jobs: number
  readonly headersFor: (call: { method: string; target: string }) => Readonly<Record<string, string>> | string
}

/** What a person sees at start: where, what, whose keys, and a call that works when pasted within five minutes. */
export function banner({ url, config, jobs, headersFor }: Shown): string {
  const target = '/api/v1/jobs?page=0&limit=20'
  const headers = headersFor({ method: 'GET', target })
  // A key pair from the environment may be a real one: its secret stays off the screen.
  const secret = config.secretKey === fakePair.secretKey ? config.secretKey : '(as configured, not shown)'
  const { tlsCert, tlsCaOut } = config
  const ca = tlsCert ? `that of ${tlsCert}` : (tlsCaOut ?? 'in no file (--tls-ca-out FILE writes it)')
  const lines = [
    `  edition     ${config.edition}`,
    `  jobs        ${jobs}`,
    `  seed        ${config.seed}`,
    `  data        ${config.db === ':memory:' ? 'in memory, gone at the end (--db PATH keeps it)' : config.db}`,
    `  access key  ${config.accessKey}`,
    `  secret key  ${secret}`,
    ...(config.auth === 'off' ? ['  signatures  not asked for (--auth off)'] : []),
    ...(speaksTls(config) ? [`  CA          ${ca}`] : []),
    ...(config.noAdmin
      ? []
      : [`  documents   ${url}/__admin/docs${config.adminToken ? ' (password: the admin token)' : ''}`]),
    '',
    `  Paste within five minutes, or sign anew with: ncp-dataflow-emulator sign --curl${httpsFlags(config)} GET ${shellWord(url + target)}`,
    `  ${typeof headers === 'string' ? headers : curlLine('GET', url + target, headers, config)}`,
  ]
  return `\n${lines.join('\n')}\n`
}

/** How much must be ahead for a bar to be worth showing. */
const longRun = 10_000

/** Draws a bar for long runs on a terminal; the line is cleared at the end. */
export function progressBar(write: (text: string) => void) {
  const width = 30
  return (done: number, of: number): void => {
    if (of < longRun) return
    const full = Math.round((done / of) * width)
    const bar = `${'#'.repeat(full)}${'.'.repeat(width - full)}`
    write(done === of ? '\r\x1b[K' : `\rgenerating jobs [${bar}] ${Math.round((done / of) * 100)}%`)
  }
}
