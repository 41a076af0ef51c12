import { fileURLToPath } from 'node:url'
import t from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { editionIds, editions } from '../../src/api/editions/editions.ts'
import { helpText } from '../../src/config/help.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { openApiDocument } from '../../src/http/document.ts'
import { version } from '../../src/package.ts'
import { cli, run, shellLine, sourceCli, start } from '../support/process.ts'

const pair = { accessKey: "o'key$1", secretKey: 'secret' }
const flags = ['--access-key', pair.accessKey, '--secret-key', pair.secretKey]

t.test('signs in three forms, against a running emulator', async t => {
  const { url, port } = await start(t, flags)
  const awkward = `/api/v1/jobs?name=it's&x=[1-3]{a,b}&y=$HOME%20"`
  for (const target of ['/api/v1/jobs?page=0&limit=1', awkward, '/api/v1/workflows/../jobs']) {
    const { out } = await cli(t, ['sign', 'get', url + target, '--curl', ...flags]).ended
    const { out: answer } = await run(t, ['/bin/sh', '-c', `${out.trim()} -s`]).ended
    t.match(answer, target.includes('..') ? '"errorCode":"300"' : '"count":', `pasted: ${out}`)
  }
  const { out: byPort } = await cli(t, ['sign', 'GET', '/api/v1/jobs', '--curl', '--port', String(port), ...flags])
    .ended
  t.match((await run(t, ['/bin/sh', '-c', `${byPort.trim()} -s`]).ended).out, '"count":')

  const stamp = 1742428443000
  const wanted = signRequest({ method: 'POST', target: '/x', timestamp: stamp, ...pair })
  const args = ['sign', 'post', '/x', '--timestamp', String(stamp), ...flags]
  const lines = Object.entries(wanted).map(([name, value]) => `${name}: ${value}\n`)
  t.equal((await cli(t, args, {}, sourceCli).ended).out, lines.join(''))
  t.same(JSON.parse((await cli(t, [...args, '--json']).ended).out), wanted)
  t.match(
    (await cli(t, [...args, '--curl', '--host', '::']).ended).out,
    /^curl -X POST .* 'http:\/\/\[::1\]:6270\/x'\n$/,
  )

  const skewed = ['--gateway-skew', '-600000']
  const late = await start(t, [...flags, ...skewed])
  const { out: json } = await cli(t, ['sign', 'GET', '/api/v1/jobs', '--json', ...flags, ...skewed]).ended
  t.equal((await fetch(`${late.url}/api/v1/jobs`, { headers: JSON.parse(json) })).status, 200, 'sign knows the skew')
})

t.test('distinguishes a healthy emulator from anything else', async t => {
  const { port } = await start(t)
  for (const [code, env] of [
    [sourceCli, { NCP_DATAFLOW_PORT: String(port) }],
    [undefined, { NCP_DATAFLOW_PORT: String(port), NCP_DATAFLOW_HOST: 'localhost' }],
    [undefined, { NCP_DATAFLOW_PORT: String(port), NCP_DATAFLOW_HOST: '0.0.0.0' }],
    [undefined, { NCP_DATAFLOW_PORT: String(port), NCP_DATAFLOW_HOST: '[::1]' }],
  ] as const) {
    t.match(await cli(t, ['health'], env, code).ended, { code: 0, out: /^\{"status":"ok".*\}\n$/, err: '' })
  }
})

t.test('prints documents, help and version', async t => {
  const { out } = await cli(t, ['openapi', '--edition', '2023-10'], {}, sourceCli).ended
  t.ok(editionIds.includes('2023-10'))
  t.equal(out, await openApiDocument(editions['2023-10'], assume()), 'the whole of it through a pipe')
  const { code, err } = await run(t, ['/bin/sh', '-c', `${shellLine([process.execPath, ...sourceCli, 'help'])} | true`])
    .ended
  t.same({ code, err }, { code: 0, err: '' }, 'a reader that goes away is no mistake')
  t.match(await cli(t, ['--help'], { NCP_DATAFLOW_PORT: 'abc' }).ended, { code: 0, out: helpText(), err: '' })
  t.match(await cli(t, ['--version'], { NCP_DATAFLOW_PROT: '1' }, sourceCli).ended, {
    code: 0,
    err: /^ncp-dataflow-emulator: warning: NCP_DATAFLOW_PROT: unknown variable, ignored; did you mean NCP_DATAFLOW_PORT\?\n$/,
  })
  t.match(await cli(t, ['--version'], {}, sourceCli).ended, { code: 0, out: `${version()}\n`, err: '' })
})

t.test('explains a call as the gateway at that address sees it', async t => {
  const headers = Object.entries(signRequest({ method: 'GET', target: '/api/v1/jobs', ...pair })).flatMap(
    ([name, value]) => ['--header', `${name}: ${value}`],
  )
  const call = ['explain', 'GET', '/api/v1/jobs', ...flags, ...headers]
  const body = fileURLToPath(import.meta.url)
  t.match(await cli(t, [...call, '--json', '--body', body], {}, sourceCli).ended, { code: 0, out: /"verdict":"right"/ })
  t.match(await cli(t, [...call.slice(0, -2), '--body', '/no/such'], {}, sourceCli).ended, {
    code: 2,
    err: /^ncp-dataflow-emulator: --body "\/no\/such": cannot read it \(ENOENT[^\n]*\n$/,
  })
  const skewed = ['explain', 'GET', '/api/v1/jobs', ...flags, ...headers, '--gateway-skew', '3600000']
  t.match(await cli(t, skewed, {}, sourceCli).ended, {
    code: 0,
    out: /Its timestamp is 60 min \d+ s old now: sent now, .*expired/,
  })
  t.match(await cli(t, ['explain', 'GET'], {}, sourceCli).ended, { code: 2, err: /explain takes METHOD and TARGET/ })
})
