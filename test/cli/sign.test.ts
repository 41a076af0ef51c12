import t from 'tap'
import { signCommand } from '../../src/cli/sign.ts'
import { readConfig } from '../../src/config/command-line.ts'

t.test('rejects a call that cannot be signed', async t => {
  for (const [words, says] of [
    [[], `sign takes METHOD and TARGET, such as: sign GET '/api/v1/jobs?page=0&limit=20'`],
    [['GET', '/a', '/b'], `sign takes METHOD and TARGET, such as: sign GET '/api/v1/jobs?page=0&limit=20'`],
    [['/a', 'GET'], 'sign: METHOD must be a word such as GET, got "/a"'],
    [['GET', 'http://x'], 'sign: TARGET must be a path that starts with / or a whole URL with a path, got "http://x"'],
    [
      ['GET', '/a b?n=한%20#top'],
      'sign: TARGET must be percent-encoded and without a #fragment, got "/a b?n=한%20#top"; encoded it is "/a%20b?n=%ED%95%9C%20"',
    ],
    [['GET', '/a', '--timestamp', 'now'], '--timestamp "now": must be epoch milliseconds, such as 1742428443000'],
    [
      ['GET', '/a', '--curl', '--port', '0'],
      '--port 0: does not name a port; give the port that the emulator printed, or sign a whole URL',
    ],
  ] as const) {
    t.throws(() => signCommand(readConfig(['sign', ...words], {})), { name: 'UsageError', message: says })
  }
})

t.test('prints the signature in three forms, for the address of the options', async t => {
  const printed = (words: string[]) => signCommand(readConfig(['sign', 'get', '/a', '--timestamp', '5', ...words], {}))
  const headers = JSON.parse(printed(['--json']))
  t.match(headers, { 'x-ncp-apigw-timestamp': '5', 'x-ncp-iam-access-key': 'ncp_iam_EMULATORACCESSKEY' })
  t.equal(
    printed([]),
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
  )
  for (const [host, url] of [
    ['0.0.0.0', 'http://127.0.0.1:6270/a'],
    ['::', 'http://[::1]:6270/a'],
    ['box', 'http://box:6270/a'],
  ] as const) {
    t.ok(printed(['--curl', '--host', host]).endsWith(` '${url}'`), url)
  }
})
