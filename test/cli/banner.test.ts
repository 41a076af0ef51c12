import t from 'tap'
import { banner, curlLine, progressBar } from '../../src/cli/banner.ts'
import type { Config } from '../../src/config/config.ts'
import { defaults } from '../../src/config/options.ts'

const url = 'http://localhost:6270'
const jobs = { living: 20, deleted: 0, elsewhere: 0 }
const shown = (config: Partial<Config>, totals: Partial<typeof jobs> = {}, at = url) =>
  banner({
    url: at,
    config: { ...defaults, ...config },
    jobs: { ...jobs, ...totals },
    headersFor: ({ method, target }) => ({ 'x-for': `${method} ${target}` }),
  })

const rows: { says: RegExp; of: string }[] = [
  { of: shown({}), says: /^\n {2}edition {5}2025-03\n {2}jobs {8}20\n.* {2}data {8}in memory, lost at exit/s },
  {
    of: shown({}),
    says: /secret key {2}ncp_iam_EMULATOR[^\n]*\n {2}API docs {4}http:\/\/localhost:6270\/__admin\/docs\n/,
  },
  {
    of: shown({}),
    says: /sign again: ncp-dataflow-emulator sign --curl GET 'http:[^\n]*limit=20'\n {2}curl -H 'x-for: GET \/api/,
  },
  { of: shown({}, { deleted: 2 }), says: /jobs {8}20 \(and 2 deleted, not listed by default\)/ },
  {
    of: shown({}, { deleted: 2, elsewhere: 3 }),
    says: /\(and 2 deleted, not listed by default, 3 in other accounts\)/,
  },
  { of: shown({ assume: { ...defaults.assume, listDeleted: 'always' } }, { deleted: 2 }), says: /jobs {8}22\n/ },
  { of: shown({ db: '/data/jobs.db' }), says: /data {8}\/data\/jobs\.db\n/ },
  { of: shown({ secretKey: 'a real one' }), says: /secret key {2}\(as configured, not shown\)\n/ },
  { of: shown({ auth: 'off' }), says: /signatures {2}not required \(--auth off\)/ },
  { of: shown({ adminToken: 'x' }), says: /docs \(password: the admin token\)/ },
  { of: shown({ tls: true }), says: /CA {10}not written to a file \(use --tls-ca-out FILE\).* sign --curl --tls GET/s },
  { of: shown({ tls: true, tlsCaOut: "it's.pem" }), says: /CA {10}it's\.pem.* --tls-ca-out 'it'\\''s\.pem' GET/s },
  { of: shown({ tlsCert: 'a.pem', tlsKey: 'b.pem' }), says: /CA {10}that of a\.pem.* sign --curl GET/s },
]

t.test('shows at the start what was chosen', async t => {
  for (const { of, says } of rows) t.match(of, says)
  t.notMatch(shown({ noAdmin: true }), /API docs/)
  t.notMatch(shown({ secretKey: 'a real one' }), /a real one/)
  const reason = () => 'cannot be signed: there are no credentials'
  t.match(
    banner({ url, config: defaults, jobs, headersFor: reason }),
    / {2}cannot be signed: there are no credentials\n$/,
  )
})

t.test('writes curl lines that send the very request', async t => {
  const line = (method: string, target: string, config: Partial<Config> = {}, at = url) =>
    curlLine(method, at + target, { a: "it's" }, { ...defaults, ...config })
  const secure = 'https://localhost'
  t.equal(line('GET', '/x'), `curl -H 'a: it'\\''s' '${url}/x'`)
  t.match(line('HEAD', '/x'), /^curl -I -H /)
  t.match(line('PUT', '/x'), /^curl -X PUT -H /)
  t.match(line('GET', '/x?a=[1]'), /^curl -g -H /)
  t.match(line('GET', '/x/../y'), /^curl --path-as-is -H /)
  t.match(line('GET', '/x', { tls: true }, secure), /^curl -k -H /)
  t.match(line('GET', '/x', { tls: true, tlsCaOut: 'ca.pem' }, secure), /^curl --cacert 'ca\.pem' -H /)
  t.match(line('GET', '/x', { tlsCert: 'a.pem' }, secure), /^curl -H /)
})

t.test('draws a progress bar for many steps, and clears it at the end', async t => {
  const written: string[] = []
  const draw = progressBar(text => void written.push(text), { what: 'reading', from: 100 })
  draw(1, 99)
  t.same(written, [])
  draw(50, 100)
  draw(100, 100)
  t.same(written, [`\rreading [${'#'.repeat(15)}${'.'.repeat(15)}] 50%`, '\r\x1b[K'])
  progressBar(text => void written.push(text))(5000, 10_000)
  t.match(written.at(-1), /^\rgenerating jobs /)
})
