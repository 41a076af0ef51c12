import { assume } from '../src/api/assumptions.ts'
import { editions } from '../src/api/editions/editions.ts'
import { defaults } from '../src/config/options.ts'
import { unobservable } from '../src/conformance/assumption-claims.ts'
import { compareTarget } from '../src/conformance/compare.ts'
import { suggestedFlags, tableReport } from '../src/conformance/report.ts'
import { createSession } from '../src/conformance/session.ts'
import { emulator } from '../src/emulator.ts'
import { silentLog } from '../src/log.ts'

/** The assumptions that the example of docs/conformance.md switches. */
const switches = { count: 'page', pastEnd: 'refuse', neverRun: 'null' } as const

const block = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\`\n`

/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
function replaced(text: string, name: string, part: string): string {
  const [before = '', rest = ''] = text.split(`<!-- ${name} -->`)
  const [, after] = rest.split(`<!-- /${name} -->`)
  if (after === undefined) throw new Error(`docs/conformance.md lacks its markers for ${name}`)
  return `${before}<!-- ${name} -->\n\n${part}\n<!-- /${name} -->${after}`
}

/** The page with the output of a run, and the list of what no run observes. */
export const withComparison = async (text: string): Promise<string> =>
  replaced(replaced(text, 'comparison', await comparisonExample()), 'unobservable', unobservableTable())

const row = ([name, reason]: [string, string]): string => `| \`${name}\` | ${reason} |`

/** A table of the assumptions that no comparison observes. */
const unobservableTable = (): string =>
  ['| Assumption | Why |', '| --- | --- |', ...Object.entries(unobservable).map(row), ''].join('\n')

/** What `compare` prints of an emulator with three assumptions switched, as Markdown. */
async function comparisonExample(): Promise<string> {
  const wall = { now: () => Date.UTC(2026, 2, 1) }
  const { app, stop } = await emulator({ config: { ...defaults, assume: assume(switches) }, log: silentLog, wall })
  const { accessKey, secretKey, edition } = defaults
  const session = createSession({
    send: async ({ method, target, headers, body }) => {
      const payload = body === undefined ? {} : { payload: body }
      const response = await app.inject({ method: method as 'GET', url: target, headers, ...payload })
      const sent = response.headers as Readonly<Record<string, string>>
      return { status: response.statusCode, headers: sent, text: response.payload }
    },
    keys: { accessKey, secretKey },
    clock: wall,
    sleep: async () => {},
    pauseMs: 0,
    budget: 500,
  })
  try {
    const allowed = { writes: false, runs: false }
    const comparison = await compareTarget({ session, edition: editions[edition], allowed, prefix: 'cmp' })
    const flags = Object.entries(switches).map(([name, value]) => `--assume ${name}=${value}`)
    const command = 'ncp-dataflow-emulator compare --target http://127.0.0.1:6270'
    return [
      block('sh', `ncp-dataflow-emulator ${flags.join(' ')} &\n${command}`),
      block('text', tableReport(comparison, [accessKey, secretKey])),
      `The exit code is 1. \`${command} --suggest\` prints:\n`,
      block('text', suggestedFlags(comparison).join('\n')),
    ].join('\n')
  } finally {
    await stop()
  }
}
