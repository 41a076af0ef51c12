import { defaults } from '../src/config/options.ts'
import { emulator } from '../src/emulator.ts'
import { signRequest } from '../src/gateway/sign-request.ts'
import type { Log } from '../src/log.ts'
import { nobodyListens, rawLetters, untrusted, waits } from './connection-examples.ts'

const now = 1_763_900_000_123
const { accessKey, secretKey } = defaults

interface Call {
  readonly method?: 'GET' | 'POST'
  readonly target: string
  /** What is signed instead of the target. */
  readonly signed?: string
  readonly secret?: string
  /** Milliseconds between the client's clock and the gateway's. */
  readonly drift?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly unsigned?: true
}

interface Symptom {
  readonly title: string
  readonly cause: string
  readonly calls: readonly Call[]
}

const jobs = '/api/v1/jobs'

const symptoms: readonly Symptom[] = [
  {
    title: '401 Authentication information are missing',
    cause: 'One of the three headers is missing or empty. The log names it.',
    calls: [
      { target: jobs, unsigned: true },
      { target: jobs, headers: { 'x-ncp-iam-access-key': '' } },
    ],
  },
  {
    title: '401 Expired timestamp',
    cause:
      'The timestamp is more than five minutes from the gateway clock: the clock of the client is wrong, the unit is not milliseconds, or the headers were signed earlier. `--gateway-skew` moves the gateway clock.',
    calls: [
      { target: jobs, drift: -400_000 },
      { target: jobs, drift: 9 * 3_600_000 },
    ],
  },
  {
    title: '401 Invalid authentication information',
    cause:
      'The access key is unknown, or the signature is wrong. [signature.md](signature.md) shows every mistake that is recognized.',
    calls: [
      { target: `${jobs}?page=0&limit=20`, signed: jobs },
      { target: `${jobs}?name=%EC%9E%91%EC%97%85`, signed: `${jobs}?name=작업` },
      { target: jobs, secret: '' },
      { target: jobs, headers: { 'x-ncp-iam-access-key': 'ncp_iam_ANOTHER' } },
    ],
  },
  {
    title: '404 URL not found',
    cause: 'No operation of the served edition has this path and method. Credentials are not checked before.',
    calls: [
      { target: '/jobs' },
      { target: `${jobs}//` },
      { method: 'POST', target: '/api/v1/workflows/AbC123/executions' },
      { target: '/api/v1/stats/execution-time' },
    ],
  },
  {
    title: '400 Bad Request Exception',
    cause: 'The target or a header is malformed.',
    calls: [{ target: `${jobs}?name=%C0%DB%BE%F7` }, { target: `${jobs}?name=100%` }],
  },
]

/** What the emulator responds and logs, for each call. */
async function examplesOf(calls: readonly Call[]): Promise<string> {
  const lines: string[] = []
  const note = (_facts: object, text: string) => void lines.push(text)
  const log: Log = { debug: note, info: note, warn: note, error: note }
  const wall = { now: () => now }
  const { app, stop } = await emulator({ config: { ...defaults, fixtures: 'none' }, log, wall })
  const examples: string[] = []
  for (const { method = 'GET', target, signed = target, secret = secretKey, drift = 0, headers, unsigned } of calls) {
    const pair = { accessKey, secretKey: secret }
    const right = unsigned ? {} : signRequest({ method, target: signed, timestamp: now + drift, ...pair })
    lines.length = 0
    const response = await app.inject({ method, url: target, headers: { ...right, ...headers } })
    const logged = lines.join('\n').split('\n')
    examples.push(
      [
        `\`${method} ${target}\``,
        '',
        '```text',
        `${response.statusCode} ${response.payload}`,
        ...logged,
        '```',
        '',
      ].join('\n'),
    )
  }
  await stop()
  return examples.join('\n')
}

/** docs/troubleshooting.md: from the symptom to the cause, with the emulator's own output. */
export async function troubleshootingPage(): Promise<string> {
  const sections: string[] = []
  for (const { title, cause, calls } of symptoms) {
    sections.push(`## ${title}\n\n${cause}\n\n${await examplesOf(calls)}`)
  }
  const { client, trusted, scheme } = await untrusted()
  const { clock, faults } = await waits(now)
  return `# Troubleshooting

From the symptom to the cause. Below each request stand the response and the line of the log; \`npm run generate\` writes this page by
running the emulator. The same is in the journal (\`GET /__admin/requests\`), and on a terminal:

\`\`\`sh
ncp-dataflow-emulator explain --journal last
\`\`\`

${sections.join('\n')}
## Letters outside ASCII in the URL

Node's HTTP parser accepts ASCII alone in a request target, and no option relaxes that (\`insecureHTTPParser\` does not). Other servers
may accept such requests. Send and sign the percent-encoded target that the log names.

${await rawLetters(now)}
## Connection refused

The emulator does not listen, or elsewhere. The port is printed when it starts (6270 by default). In a container start it with
\`--host 0.0.0.0\` and publish the port. In CI wait for it: \`health --wait 30s\`.

${await nobodyListens(now)}
## Certificate errors

With \`--tls\` the certificate is made at start, and no client trusts it. Node's \`fetch\` says:

${client}
Write its CA with \`--tls-ca-out FILE\` and let the client trust that file (for Node: \`NODE_EXTRA_CA_CERTS=FILE\`). With it the same
request gets ${trusted}. A client that calls the port by http:// gets:

${scheme}
## Tests that hang

* The test process does not end: call \`stop()\` of the emulator when the tests are done.
* A client waits for a job that never ends: the clock is frozen. Advance it, or continue with \`{"frozen": false}\`.
  \`GET /__admin/clock\` shows it:

${clock}
* A request waits for an injected fault. \`GET /__admin/faults\` shows it, and how often it was applied:

${faults}`
}
