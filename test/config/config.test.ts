import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { assumptions } from '../../src/api/assumptions.ts'
import { configPath, readConfig } from '../../src/config/command-line.ts'
import type { Config } from '../../src/config/config.ts'
import { helpText, usageOf } from '../../src/config/help.ts'
import { defaults, options, toggle } from '../../src/config/options.ts'
import { environmentWarnings } from '../../src/config/sources.ts'
import { readDataFile } from '../../src/schema/data-file.ts'

interface Row {
  readonly name: keyof Config
  readonly text: string
  readonly value: unknown
  /** What must be set beside it. */
  readonly beside?: Record<string, string>
}

const assumptionNames = Object.keys(assumptions).join(', ')

const rows: Row[] = [
  { name: 'port', text: '0', value: 0 },
  { name: 'host', text: '0.0.0.0', value: '0.0.0.0' },
  { name: 'host', text: '[::1]', value: '::1' },
  { name: 'host', text: '::', value: '::' },
  { name: 'host', text: 'data-flow.test', value: 'data-flow.test' },
  { name: 'edition', text: '2026-09', value: '2026-09' },
  { name: 'db', text: '/data/a.db', value: '/data/a.db' },
  { name: 'fixtures', text: 'none', value: 'none' },
  { name: 'generate', text: '1000000', value: 1_000_000 },
  { name: 'seed', text: '007', value: '007' },
  { name: 'auth', text: 'off', value: 'off' },
  { name: 'assume', text: 'count=page, order = oldest', value: { ...defaults.assume, count: 'page', order: 'oldest' } },
  { name: 'now', text: '2025-03-20T08:54:03+09:00', value: 1742428443000 },
  { name: 'gatewaySkew', text: '-300000', value: -300_000 },
  { name: 'waitingTime', text: '500ms', value: 500 },
  { name: 'runTime', text: '5m', value: 300_000 },
  { name: 'failureRate', text: '0.25', value: 0.25 },
  { name: 'bodyLimit', text: '0', value: 0 },
  { name: 'requestTimeout', text: '5s', value: 5000 },
  { name: 'keepAliveTimeout', text: '0', value: 0 },
  { name: 'journal', text: '50', value: 50 },
  { name: 'faults', text: 'slow, rate', value: ['slow', 'rate'] },
  { name: 'replay', text: '/data/stubs', value: '/data/stubs' },
  { name: 'allowedHosts', text: 'Emulator, box.test', value: ['emulator', 'box.test'] },
  { name: 'snapshots', text: '/data/snapshots', value: '/data/snapshots' },
  { name: 'adminToken', text: 'let-me:in', value: 'let-me:in' },
  { name: 'noAdmin', text: 'true', value: true },
  { name: 'tls', text: 'true', value: true },
  { name: 'tlsCaOut', text: '/data/ca.pem', value: '/data/ca.pem', beside: { NCP_DATAFLOW_TLS: '1' } },
  { name: 'tlsCert', text: '/data/cert.pem', value: '/data/cert.pem', beside: { NCP_DATAFLOW_TLS_KEY: 'k' } },
  { name: 'tlsKey', text: '/data/key.pem', value: '/data/key.pem', beside: { NCP_DATAFLOW_TLS_CERT: 'c' } },
  { name: 'logLevel', text: 'silent', value: 'silent' },
  { name: 'logFormat', text: 'json', value: 'json' },
  {
    name: 'credential',
    text: 'K1:S1:disabled:unsubscribed:account=team_b',
    value: [{ accessKey: 'K1', secretKey: 'S1', active: false, subscribed: false, account: 'team_b' }],
  },
]

t.test('reads every option from a flag, the environment and a config file', async t => {
  const untested = Object.keys(options).filter(name => !rows.some(row => row.name === name))
  t.same(untested, ['accessKey', 'secretKey'], 'the pair has a test of its own')
  for (const { name, text, value, beside = {} } of rows) {
    const { flag, env } = options[name]
    const at = { path: 'c.json', content: { [name]: text } }
    for (const argv of value === true ? [[`--${flag}`]] : [[`--${flag}`, text], [`--${flag}=${text}`]]) {
      t.same(readConfig(argv, beside).config[name], value, argv.join(' '))
    }
    t.same(readConfig([], { ...beside, [env]: text }).config[name], value, env)
    t.same(readConfig([], beside, at).config[name], value, `${name} in a file`)
    t.same(
      readConfig([], beside, { path: 'c.json', content: { [flag]: text } }).config[name],
      value,
      `${flag} in a file`,
    )
    t.same(readConfig([], { [env]: '' }).config[name], defaults[name], `${env} empty is not set`)
    t.same(readConfig([], {}, { path: 'c', content: { [name]: null } }).config[name], defaults[name], `${name} null`)
    t.match(helpText(), `  ${usageOf(options[name])}\n`)
    t.match(helpText(), env)
  }
})

t.test('reads an option that is on or off', async t => {
  const { read, ...rest } = toggle({ flag: 'loud', env: 'LOUD', help: 'be loud' })
  t.same(rest, { flag: 'loud', env: 'LOUD', help: 'be loud', plain: true, shown: 'off', default: false })
  t.equal(usageOf(rest), '--loud', 'stands alone')
  t.same(
    ['true', '1', 'false', '0'].map(text => read([text])),
    [true, true, false, false],
  )
  for (const text of ['', 'yes', 'TRUE', '01', 'true ']) {
    t.throws(() => read([text]), new RangeError('must be true, 1, false or 0'), text)
  }
})

t.test('prefers flags to the environment, that to a file, and that to the default', async t => {
  const file = { path: 'c.json', content: { port: 1, host: 'file', seed: 'file' } }
  const env = { NCP_DATAFLOW_PORT: '2', NCP_DATAFLOW_HOST: 'env' }
  const { config } = readConfig(['--port', '4', '--port', '3'], env, file)
  t.match(config, { port: 3, host: 'env', seed: 'file', edition: '2025-03' })
  t.ok(Object.isFrozen(config))
  t.same(readConfig([], {}).config, defaults)
})

t.test('adds up repeated flags and lists in files', async t => {
  const pairs = ['A:B', 'C:D'].map(text => text.split(':'))
  const value = pairs.map(([accessKey, secretKey]) => ({
    accessKey,
    secretKey,
    active: true,
    subscribed: true,
    account: 'default',
  }))
  t.same(readConfig(['--credential', 'A:B', '--credential', 'C:D'], {}).config.credential, value)
  t.same(readConfig([], { NCP_DATAFLOW_CREDENTIAL: 'A:B,C:D' }).config.credential, value)
  t.same(readConfig([], {}, { path: 'c', content: { credential: ['A:B', 'C:D'] } }).config.credential, value)
  const assumed = { path: 'c', content: { assume: { count: 'page', order: 'oldest' } } }
  t.match(readConfig([], {}, assumed).config.assume, { count: 'page', order: 'oldest' })
  t.match(readConfig(['--assume', 'count=page', '--assume', 'count=total'], {}).config.assume, { count: 'total' })
})

t.test('reads dates without an offset as Korean time', async t => {
  for (const [text, iso] of [
    ['2025-03-20', '2025-03-19T15:00:00.000Z'],
    ['2025-03-20T08:54', '2025-03-19T23:54:00.000Z'],
    ['2025-03-20T08:54:03.5', '2025-03-19T23:54:03.500Z'],
    ['2025-03-20T08:54:03Z', '2025-03-20T08:54:03.000Z'],
    ['2024-02-29T00:00:00-05:00', '2024-02-29T05:00:00.000Z'],
  ] as const) {
    t.equal(new Date(readConfig(['--now', text], {}).config.now ?? 0).toISOString(), iso)
  }
})

t.test('requires both halves of the key pair from one source', async t => {
  const pair = { accessKey: 'AK', secretKey: 'SK' }
  t.match(readConfig(['--access-key', 'AK', '--secret-key', 'SK'], {}).config, pair)
  t.match(readConfig([], { NCLOUD_ACCESS_KEY: 'AK', NCLOUD_SECRET_KEY: 'SK' }).config, pair)
  t.match(readConfig(['--access-key', 'AK'], { NCLOUD_SECRET_KEY: 'SK' }).config, pair)
  t.match(readConfig([], { NCLOUD_SECRET_KEY: 'SK' }, { path: 'c', content: { accessKey: 'AK' } }).config, pair)
})

t.test('reads commands, their arguments and their flags', async t => {
  for (const { argv, line } of [
    { argv: [], line: { command: 'start', words: [] } },
    { argv: ['start', '--port', '1'], line: { command: 'start', config: { port: 1 } } },
    { argv: ['sign', 'GET', '/x', '--curl'], line: { command: 'sign', words: ['GET', '/x'], extra: { curl: true } } },
    { argv: ['--json', 'sign', 'GET', '/x', '--timestamp', '5'], line: { extra: { json: true, timestamp: '5' } } },
    { argv: ['health'], line: { command: 'health' } },
    { argv: ['openapi', '--edition', '2023-10'], line: { command: 'openapi', config: { edition: '2023-10' } } },
    { argv: ['--help', '--port', 'abc'], line: { command: 'help' } },
    { argv: ['-h'], line: { command: 'help' } },
    { argv: ['help'], line: { command: 'help' } },
    { argv: ['-v', 'health'], line: { command: 'version' } },
    { argv: ['version'], line: { command: 'version' } },
  ]) {
    t.match(readConfig(argv, {}), line, argv.join(' '))
  }
})

t.test('reads the config file that a flag or the environment names', async t => {
  t.equal(configPath(['--config', 'a'], { NCP_DATAFLOW_CONFIG: 'b' }), 'a')
  t.equal(configPath([], { NCP_DATAFLOW_CONFIG: 'b' }), 'b')
  t.equal(configPath([], { NCP_DATAFLOW_CONFIG: '' }), undefined)
  t.equal(configPath(['--help', '--config', 'a'], {}), undefined, 'who asks for help needs no file')
  t.same(readConfig([], {}, { path: 'empty.yaml', content: null }).config, defaults)
})

t.test('reads a YAML file with anchors and merge keys', async t => {
  const path = join(t.testdir(), 'c.yaml')
  const lines = [
    '<<: &slow { waiting-time: 5s, run-time: 1h, log-level: warn }',
    'run-time: 2h',
    'allowed-hosts: &names [box.test]',
    'assume: { <<: { count: page, order: oldest }, count: total }',
    'seed: "007"',
  ]
  writeFileSync(path, lines.join('\n'))
  const { config } = readConfig([], {}, { path, content: await readDataFile(path) })
  const { waitingTime, runTime, logLevel, allowedHosts, assume, seed } = config
  t.same(
    { waitingTime, runTime, logLevel, allowedHosts, seed },
    { waitingTime: 5000, runTime: 7_200_000, logLevel: 'warn', allowedHosts: ['box.test'], seed: '007' },
  )
  t.match(assume, { count: 'total', order: 'oldest' })
  writeFileSync(path, 'seed: 007')
  const unquoted = await readDataFile(path)
  t.throws(() => readConfig([], {}, { path, content: unquoted }), {
    message: /: seed .*: must be text; write it in quotes$/,
  })
})

interface Wrong {
  readonly argv?: string[]
  readonly env?: Record<string, string>
  readonly file?: unknown
  readonly says: string
}

const whole = (flag: string, value: string, from: number, to: number): Wrong => ({
  argv: [`--${flag}`, value],
  says: `--${flag} ${JSON.stringify(value)}: must be a whole number from ${from} to ${to}`,
})
const date = 'must be a date in ISO 8601 such as 2025-03-20T08:54:03+09:00 (Korean time without an offset)'
const pairForm = 'must be KEY:SECRET[:disabled][:unsubscribed][:account=NAME]'
const optionNames = Object.keys(options).join(', ')

const wrong: Wrong[] = [
  ...['abc', '-1', '65536', '1.5', '0x10', '', ' 1', '1e3'].map(value => whole('port', value, 0, 65535)),
  whole('generate', '1000001', 0, 1_000_000),
  whole('body-limit', '-1', 0, 1024 ** 3),
  whole('gateway-skew', '-', -1e13, 1e13),
  ...['-1', 'soon', '25h'].map(value => ({
    argv: [`--request-timeout=${value}`],
    says: `--request-timeout "${value}": must be a time such as 500ms, 90s, 1h5m, 7d or P1DT12H, at most 24h`,
  })),
  ...['', ' ', 'a b', '[::1', '[localhost]', '127.0.0.1:6270', '[::1]:6270', 'http://localhost', '-x'].map(value => ({
    argv: [`--host=${value}`],
    says: `--host ${JSON.stringify(value)}: must be a host name or an IP address without a port, such as localhost, 0.0.0.0 or [::1]`,
  })),
  { argv: ['--db', ''], says: '--db "": must not be empty' },
  { argv: ['--edition', '2024'], says: '--edition "2024": must be one of 2023-10, 2025-03, 2026-09' },
  { argv: ['--auth', 'no'], says: '--auth "no": must be one of strict, off' },
  {
    argv: ['--log-level', 'loud'],
    says: '--log-level "loud": must be one of trace, debug, info, warn, error, silent',
  },
  { argv: ['--log-format', 'xml'], says: '--log-format "xml": must be one of json, pretty' },
  ...['noon', '2025-02-30', '2025-13-01', '2025-03-20T25:00', '20250320', '2025-03-20T08:54:03+9'].map(value => ({
    argv: ['--now', value],
    says: `--now ${JSON.stringify(value)}: ${date}`,
  })),
  {
    argv: ['--assume', 'count'],
    says: '--assume "count": must be NAME=VALUE, such as count=page; GET /__admin/assumptions lists the names',
  },
  {
    argv: ['--assume', 'counts=page'],
    says: `--assume "counts=page": no assumption is called "counts"; allowed: ${assumptionNames}`,
  },
  {
    argv: ['--assume', '__proto__=page'],
    says: `--assume "__proto__=page": no assumption is called "__proto__"; allowed: ${assumptionNames}`,
  },
  {
    argv: ['--assume', 'count=all'],
    says: '--assume "count=all": assumption count cannot be "all"; allowed: total, page',
  },
  {
    argv: ['--access-key', 'a b', '--secret-key', 'x'],
    says: '--access-key "a b": must be 1 to 200 visible ASCII characters',
  },
  {
    argv: ['--access-key', 'a', '--secret-key', 'sssh\n'],
    says: '--secret-key: must be 1 to 200 visible ASCII characters',
  },
  { argv: ['--admin-token', 'sssh sssh'], says: '--admin-token: must be 1 to 200 visible ASCII characters' },
  { argv: ['--access-key', 'a'], says: '--access-key: needs --secret-key (NCLOUD_SECRET_KEY)' },
  {
    env: { NCLOUD_SECRET_KEY: 'sssh' },
    says: 'NCLOUD_SECRET_KEY (--secret-key): needs --access-key (NCLOUD_ACCESS_KEY)',
  },
  { argv: ['--tls-cert', 'c'], says: '--tls-cert: needs --tls-key (NCP_DATAFLOW_TLS_KEY)' },
  { argv: ['--tls-key', 'k', '--tls'], says: '--tls-key: needs --tls-cert (NCP_DATAFLOW_TLS_CERT)' },
  { argv: ['--tls-ca-out', 'ca'], says: '--tls-ca-out: needs --tls (NCP_DATAFLOW_TLS), which makes the CA' },
  {
    argv: ['--tls', '--tls-ca-out', 'ca', '--tls-cert', 'c', '--tls-key', 'k'],
    says: '--tls-ca-out: has no effect with --tls-cert, which brings its own CA; remove one of the two',
  },
  { argv: ['--tls-cert', ''], says: '--tls-cert "": must not be empty' },
  { argv: ['--tls=yes'], says: '--tls: takes no value; see --help' },
  { env: { NCP_DATAFLOW_TLS: 'on' }, says: 'NCP_DATAFLOW_TLS (--tls) "on": must be true, 1, false or 0' },
  { argv: ['--credential', 'sssh'], says: `--credential: ${pairForm}` },
  { argv: ['--credential', ':sssh'], says: `--credential: ${pairForm}` },
  {
    argv: ['--credential', 'K:sssh:admin'],
    says: '--credential: allows only the suffixes disabled, unsubscribed and account=NAME after KEY:SECRET',
  },
  {
    argv: ['--credential', 'K:sssh', '--credential', 'K:b'],
    says: '--credential: must not contain the same access key twice',
  },
  {
    env: { NCP_DATAFLOW_PORT: 'abc' },
    says: 'NCP_DATAFLOW_PORT (--port) "abc": must be a whole number from 0 to 65535',
  },
  { file: { port: true }, says: '--config c.yaml: port (--port) "true": must be a whole number from 0 to 65535' },
  { file: { host: 1 }, says: '--config c.yaml: host (--host) "1": must be text; write it in quotes' },
  {
    file: { accessKey: 123, secretKey: 'x' },
    says: '--config c.yaml: accessKey (--access-key) "123": must be text; write it in quotes',
  },
  { file: { adminToken: true }, says: '--config c.yaml: adminToken (--admin-token): must be text; write it in quotes' },
  {
    file: { allowedHosts: [1] },
    says: '--config c.yaml: allowedHosts (--allowed-hosts) "1": must be text; write it in quotes',
  },
  { file: { port: [1, 2] }, says: '--config c.yaml: port must be a single value' },
  { file: [1], says: '--config c.yaml: must hold an object of options, such as {"port": 0}' },
  { file: 'port', says: '--config c.yaml: must hold an object of options, such as {"port": 0}' },
  {
    file: { prot: 1 },
    says: `--config c.yaml: unknown option "prot" (did you mean port?); allowed: ${optionNames}`,
  },
  {
    file: JSON.parse('{"__proto__": 1}'),
    says: `--config c.yaml: unknown option "__proto__"; allowed: ${optionNames}`,
  },
  {
    file: { logLevels: 'info' },
    says: `--config c.yaml: unknown option "logLevels" (did you mean logLevel?); allowed: ${optionNames}`,
  },
  {
    file: { replicas: 3 },
    says: `--config c.yaml: unknown option "replicas"; allowed: ${optionNames}`,
  },
  { file: { seed: 7 }, says: '--config c.yaml: seed (--seed) "7": must be text; write it in quotes' },
  {
    file: { assume: { count: true } },
    says: '--config c.yaml: assume (--assume) "true": must be text; write it in quotes',
  },
  { argv: ['--port'], says: '--port: needs a value; see --help' },
  { argv: ['--port', '--host', 'x'], says: '--port: needs a value; see --help' },
  { argv: ['--help=yes'], says: '--help: takes no value; see --help' },
  {
    argv: ['exec', 'npm', 'test'],
    says: 'exec takes its command after --, such as: exec -- npm test; got "npm test" before it',
  },
  {
    argv: ['strat'],
    says: 'unknown command "strat" (did you mean start?); allowed: start, exec, call, sign, explain, health, compare, pull, record, openapi, help, version',
  },
  {
    argv: ['toString'],
    says: 'unknown command "toString"; allowed: start, exec, call, sign, explain, health, compare, pull, record, openapi, help, version',
  },
  { argv: ['start', 'now', 'please'], says: 'start takes no arguments, got "now please"; see --help' },
  { argv: ['health', '--curl'], says: '--curl: belongs to the command sign' },
  { argv: ['sign', '--body', 'x'], says: '--body: belongs to the command explain' },
  { argv: ['health', '--json'], says: '--json: belongs to the commands sign and explain' },
  {
    argv: ['--edition', 'x'.repeat(5000)],
    says: `--edition "${'x'.repeat(100)}...": must be one of 2023-10, 2025-03, 2026-09`,
  },
]

t.test('ignores the service links of Kubernetes and warns about unknown variables', async t => {
  const links = {
    NCP_DATAFLOW_PORT: 'tcp://10.0.0.1:6270',
    NCP_DATAFLOW_SERVICE_HOST: '10.0.0.1',
    NCP_DATAFLOW_SERVICE_PORT: '6270',
    NCP_DATAFLOW_SERVICE_PORT_HTTP: '6270',
    NCP_DATAFLOW_PORT_6270_TCP: 'tcp://10.0.0.1:6270',
    NCP_DATAFLOW_PORT_6270_TCP_ADDR: '10.0.0.1',
    NCP_DATAFLOW_EMULATOR_PORT: 'tcp://10.0.0.1:6270',
  }
  t.same(readConfig([], links).config, defaults)
  t.same(environmentWarnings(links), [])
  t.same(
    environmentWarnings({ NCP_DATAFLOW_SEED: '1', NCP_DATAFLOW_CONFIG: 'c', NCP_DATAFLOW_X: '', NCP_OTHER: '1' }),
    [],
  )
  t.same(environmentWarnings({ NCP_DATAFLOW_PROT: 'secret' }), [
    'NCP_DATAFLOW_PROT: unknown variable, ignored; did you mean NCP_DATAFLOW_PORT?',
  ])
})

t.test('rejects an invalid value with one sentence', async t => {
  for (const { argv = [], env = {}, file, says } of wrong) {
    const read = () => readConfig(argv, env, file === undefined ? undefined : { path: 'c.yaml', content: file })
    t.throws(read, { name: 'UsageError', message: says }, says.slice(0, 80))
    t.notMatch(says, /sssh|\n/, 'one line, no secret in it')
  }
})

t.test('rejects an unknown flag with the known ones', async t => {
  for (const [flag, near] of [
    ['--prot', ' (did you mean --port?)'],
    ['--fixture', ' (did you mean --fixtures?)'],
    ['--waiting-tim', ' (did you mean --waiting-time?)'],
    ['--tls-kert', ' (did you mean --tls-cert?)'],
    ['--verbose', ''],
    ['-x', ''],
  ]) {
    t.throws(() => readConfig([`${flag}`, '1'], {}), {
      name: 'UsageError',
      message: new RegExp(
        `^unknown flag "${flag}"${near?.replace(/[()?]/g, '\\$&')}; allowed: --port, --host, [^\n]*$`,
      ),
    })
  }
})
