import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { builtCli, run } from '../support/process.ts'

// What the built program loads only when it needs it. The sources load the same packages in another way.
t.test('loads YAML fixtures, the pretty log, the generator and the API documents when built', async t => {
  const fixtures = join(t.testdir({}), 'jobs.yaml')
  writeFileSync(fixtures, 'jobs:\n  - &job { name: first }\n  - { <<: *job, name: second }\n')
  const flags = ['--port', '0', '--fixtures', fixtures, '--generate', '3', '--log-format', 'pretty', '--tls']
  const { child, saw, ended } = run(t, [process.execPath, ...builtCli, ...flags], { NODE_TLS_REJECT_UNAUTHORIZED: '0' })
  const url = await saw(/https:\S+/)
  const { get } = await import('node:https')
  const read = (path: string) =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      get(url + path, { rejectUnauthorized: false }, response => {
        let body = ''
        response.setEncoding('utf8').on('data', text => {
          body += text
        })
        response.on('end', () => resolve({ status: response.statusCode, body }))
      }).on('error', reject)
    })
  t.match(await read('/__admin/health'), { status: 200, body: '"jobs":5' })
  t.match(await read('/__admin/openapi.json'), { status: 200, body: '"getJobs"' })
  t.match(await read('/__admin/docs/static/swagger-initializer.js'), { status: 200, body: 'SwaggerUIBundle' })
  t.match(await read('/api/v1/jobs'), { status: 401, body: 'Authentication information are missing.' })
  child.kill('SIGTERM')
  const { code, err } = await ended
  t.equal(code, 0)
  t.match(err, /INFO: rejected \(credentialsMissing\)/)
})
