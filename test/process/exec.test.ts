import t from 'tap'
import { cli, sourceCli } from '../support/process.ts'

const sh = (script: string) => ['exec', '--fixtures', 'none', '--', '/bin/sh', '-c', script]

t.test('gives the exec command an emulator and returns its exit code', async t => {
  const script = `printf '%s\\n' "$DATAFLOW_URL" "$NCLOUD_ACCESS_KEY" "$NCLOUD_SECRET_KEY"
    cat
    "$0" "$1" call POST /api/v1/jobs --data '{"name":"orders","nodes":[]}'
    "$0" "$1" call GET '/api/v1/jobs?name=orders' | grep -o '"count":1'
    "$0" "$1" call GET /api/v1/nosuch
    exit 7`
  const [cliFile = ''] = sourceCli.slice(-1)
  const running = cli(
    t,
    [...sh(script), process.execPath, cliFile.replace(/src.cli.main\.ts$/, 'dist/cli.js')],
    {},
    sourceCli,
  )
  running.child.stdin?.end('typed\n')
  const { code, out, err } = await running.ended
  t.equal(code, 7)
  t.match(
    out,
    /^http:\/\/127\.0\.0\.1:\d+\nncp_iam_EMULATORACCESSKEY\nncp_iam_EMULATORSECRETKEY\ntyped\nHTTP\/1\.1 201 .*\n\{.*\}\n"count":1\nHTTP\/1\.1 404 .*\n\{.*\}\n$/,
  )
  t.equal(err, '', 'logs nothing of rejected requests by default')
})

t.test('accepts the options of start for exec, and logs on standard error when asked to', async t => {
  const words = ['--log-level', 'info', '--log-format', 'json', '--generate', '3', '--fixtures', 'none']
  const pair = ['--access-key', 'k', '--secret-key', 's']
  const script =
    'echo "$NCLOUD_ACCESS_KEY $NCLOUD_SECRET_KEY"; curl -s "$DATAFLOW_URL/__admin/health"; curl -s "$DATAFLOW_URL/api/v1/jobs"'
  const { code, out, err } = await cli(t, ['exec', ...words, ...pair, '--', 'sh', '-c', script]).ended
  t.equal(code, 0)
  t.match(out, /^k s\n\{"status":"ok".*"jobs":3,.*"errorCode":"200"/)
  t.match(err, /^\{"level":/)
})

t.test('leaves flags and words after -- to the exec command', async t => {
  const words = ['--port', '-1', '--help', '--', '-x', '--nosuch']
  const { out } = await cli(t, ['exec', '--', 'printf', '%s ', ...words]).ended
  t.equal(out, `${words.join(' ')} `)
})

t.test('ends as shells do when a signal ends the exec command', async t => {
  for (const [signal, code] of [
    ['KILL', 137],
    ['TERM', 143],
    ['INT', 130],
  ] as const) {
    t.match(await cli(t, sh(`kill -${signal} $$`)).ended, { code, err: '' })
  }
})

t.test('reports an exec command that does not start', async t => {
  for (const [program, code, err] of [
    ['no-such-command', 127, 'exec: command not found: "no-such-command"'],
    ['', 127, 'exec: command not found: ""'],
    ['/', 126, 'exec: cannot run "/" (spawn / EACCES)'],
  ] as const) {
    t.match(await cli(t, ['exec', '--', program], {}, sourceCli).ended, {
      code,
      out: '',
      err: `ncp-dataflow-emulator: ${err}\n`,
    })
  }
})

t.test('rejects exec without a command', async t => {
  for (const [words, err, code] of [
    [[], 'exec takes a command after --, such as: exec -- npm test', sourceCli],
    [['--'], 'exec takes a command after --, such as: exec -- npm test'],
    [['npm', 'test'], 'exec takes its command after --, such as: exec -- npm test; got "npm test" before it'],
    [['x', '--', 'y'], 'exec takes its command after --, such as: exec -- npm test; got "x" before it'],
    [['--port', 'abc', '--', 'true'], '--port "abc": must be a whole number from 0 to 65535'],
  ] as const) {
    t.match(await cli(t, ['exec', ...words], {}, code).ended, {
      code: 2,
      out: '',
      err: `ncp-dataflow-emulator: ${err}\n`,
    })
  }
})

t.test('starts no exec command when the emulator cannot listen', async t => {
  const blocker = cli(t, sh('echo "$DATAFLOW_URL"; sleep 60'))
  const port = await blocker.saw(/:(\d+)\n/)
  t.match(await cli(t, ['exec', '--port', port, '--', 'echo', 'started'], {}, sourceCli).ended, {
    code: 1,
    out: '',
    err: new RegExp(`^ncp-dataflow-emulator: --port ${port}: is in use on `),
  })
  blocker.child.kill('SIGTERM')
  t.equal((await blocker.ended).code, 143)
})
