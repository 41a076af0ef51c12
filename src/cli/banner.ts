import { type Config, fakePair, speaksTls } from '../config/config.ts'
import type { Emulator } from '../emulator.ts'

const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** curl options to trust this emulator. A generated CA that is not written to a file cannot be verified. */
const trust = ({ tls, tlsCert, tlsCaOut }: Config): string[] =>
  tlsCaOut !== undefined ? [`--cacert ${shellWord(tlsCaOut)}`] : tls && tlsCert === undefined ? ['-k'] : []

/**
 * A curl command to paste. It sends exactly `url`, without curl's globbing and path normalization,
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

/** The flags that `sign` needs to print a working curl command for an emulator with these options. */
const httpsFlags = ({ tls, tlsCert, tlsCaOut }: Config): string =>
  `${tls && tlsCert === undefined ? ' --tls' : ''}${tlsCaOut === undefined ? '' : ` --tls-ca-out ${shellWord(tlsCaOut)}`}`

interface Shown {
  readonly url: string
  readonly config: Config
  readonly jobs: ReturnType<Emulator['jobTotals']>
  readonly headersFor: (call: { method: string; target: string }) => Readonly<Record<string, string>> | string
}

/** The count of the list of jobs, and why it is not that of all jobs. */
function jobCount({ living, deleted, elsewhere }: Shown['jobs'], { assume }: Config): string {
  const isListed = assume.listDeleted === 'always'
  const others = [
    ...(deleted > 0 && !isListed ? [`${deleted} deleted, not listed by default`] : []),
    ...(elsewhere > 0 ? [`${elsewhere} in other accounts`] : []),
  ]
  const more = others.length > 0 ? ` (and ${others.join(', ')})` : ''
  return `${isListed ? living + deleted : living}${more}`
}

/** The start message: address, options, credentials, and a signed curl command that is valid for five minutes. */
export function banner({ url, config, jobs, headersFor }: Shown): string {
  const target = '/api/v1/jobs?page=0&limit=20'
  const headers = headersFor({ method: 'GET', target })
  // A key pair from the environment may be real, so its secret is not printed.
  const secret = config.secretKey === fakePair.secretKey ? config.secretKey : '(as configured, not shown)'
  const { tlsCert, tlsCaOut } = config
  const ca = tlsCert ? `that of ${tlsCert}` : (tlsCaOut ?? 'not written to a file (use --tls-ca-out FILE)')
  const lines = [
    `  edition     ${config.edition}`,
    `  jobs        ${jobCount(jobs, config)}`,
    `  seed        ${config.seed}`,
    `  data        ${config.db === ':memory:' ? 'in memory, lost at exit (--db PATH keeps it)' : config.db}`,
    `  access key  ${config.accessKey}`,
    `  secret key  ${secret}`,
    ...(config.auth === 'off' ? ['  signatures  not required (--auth off)'] : []),
    ...(speaksTls(config) ? [`  CA          ${ca}`] : []),
    ...(config.noAdmin
      ? []
      : [`  API docs    ${url}/__admin/docs${config.adminToken ? ' (password: the admin token)' : ''}`]),
    '',
    `  Valid for five minutes; to sign again: ncp-dataflow-emulator sign --curl${httpsFlags(config)} GET ${shellWord(url + target)}`,
    `  ${typeof headers === 'string' ? headers : curlLine('GET', url + target, headers, config)}`,
  ]
  return `\n${lines.join('\n')}\n`
}

/** The number of jobs from which a progress bar is shown. */
const progressMinimum = 10_000

/** Draws a progress bar on a terminal, for `from` steps or more; clears the line at the end. */
export function progressBar(
  write: (text: string) => void,
  { what = 'generating jobs', from = progressMinimum }: { what?: string; from?: number } = {},
) {
  const width = 30
  return (done: number, of: number): void => {
    if (of < from) return
    const full = Math.round((done / of) * width)
    const bar = `${'#'.repeat(full)}${'.'.repeat(width - full)}`
    write(done === of ? '\r\x1b[K' : `\r${what} [${bar}] ${Math.round((done / of) * 100)}%`)
  }
}
