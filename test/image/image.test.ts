// Builds the image of the Dockerfile with buildah and runs it in chroot isolation: see docs/docker.md.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { fakePair } from '../../src/config/config.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { buildImage, type Container, container } from './buildah.ts'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'image-'))
t.teardown(() => rmSync(folder, { recursive: true }))

const { image, config } = await buildImage(t, folder)

/** A user id without an account in the image, in group 0: how OpenShift starts containers. */
const arbitraryUser = '1000680000:0'

/** A port that was free a moment ago; the container shares the network of this machine. */
async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return String(port)
}

/** Starts the image's entry point with these words behind the image's name, and waits until it serves. */
async function serve({ run }: Container, words: readonly string[], options: { user?: string } = {}) {
  const env = { NCP_DATAFLOW_PORT: await freePort() }
  const running = run([...config.Entrypoint, ...words], { ...options, env })
  const url = await running.saw(/listens on (http:\S+)\n/)
  const [, ...health] = config.Healthcheck.Test
  return { ...running, url, health: () => run(health, { ...options, env }).ended }
}

async function signed(t: Test, method: string, url: string, body?: object) {
  const { pathname, search, origin } = new URL(url)
  const target = pathname + search
  const headers = { ...signRequest({ method, target, ...fakePair }), 'content-type': 'application/json' }
  const response = await fetch(origin + target, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  t.ok(response.ok, `${method} ${target}`)
  return (await response.json()) as { count: number }
}

t.test('has the configuration that the Dockerfile states', async t => {
  t.match(config, {
    User: 'node',
    Entrypoint: ['node', 'dist/cli.js'],
    WorkingDir: '/app',
    ExposedPorts: { '6270/tcp': {} },
    Volumes: { '/data': {} },
    Healthcheck: {
      Test: ['CMD', 'node', 'dist/cli.js', 'health'],
      Interval: 5e9,
      Timeout: 3e9,
      StartPeriod: 30e9,
      Retries: 3,
    },
  })
  t.same(config.Cmd ?? [], [], 'words behind the name of the image are arguments of the entry point alone')
  const environment = Object.fromEntries(config.Env.map(pair => pair.split(/=(.*)/s, 2)))
  t.match(environment, { NODE_ENV: 'production', NCP_DATAFLOW_HOST: '0.0.0.0' })
  t.notMatch(Object.keys(environment).join(' '), /KEY|SECRET|TOKEN/)
})

t.test('holds what runs, owned by root, and no development package', async t => {
  const { files } = await container(t, image)
  for (const path of ['dist/cli.js', 'fixtures', 'openapi', 'package.json', 'LICENSE', 'node_modules/better-sqlite3']) {
    const file = join(files, 'app', path)
    t.ok(existsSync(file), path)
    t.match(statSync(file), { uid: 0, gid: 0 }, `${path} belongs to root`)
  }
  const tools = ['tap', 'typescript', 'esbuild', '@biomejs/biome', 'playwright-core']
  for (const name of tools) t.hasProp(manifest.devDependencies, name)
  for (const path of [...tools.map(name => `node_modules/${name}`), 'src', 'test', '.npmrc']) {
    t.notOk(existsSync(join(files, 'app', path)), `no ${path}`)
  }
})

t.test('serves signed requests, reports its health and stops at SIGTERM', async t => {
  const box = await container(t, image)
  const { url, health, stop, ended } = await serve(box, [])
  t.ok((await signed(t, 'GET', `${url}/api/v1/jobs`)).count > 0)
  t.equal((await signed(t, 'GET', `${url}/api/v1/jobs?name=%EC%A3%BC%EB%AC%B8%20%EC%A0%81%EC%9E%AC`)).count, 0)
  t.equal((await fetch(`${url}/api/v1/jobs`)).status, 401, 'unsigned')
  t.match(await health(), { code: 0, out: /^\{"status":"ok"/ })
  t.ok((await stop('SIGTERM')) < 2000, 'within two seconds')
  t.match(await ended, { code: 0 })
  t.match(await health(), { code: 1, err: /no healthy emulator/ })
})

for (const [title, user] of [
  ['its own user', undefined],
  ['an arbitrary user in group 0', arbitraryUser],
] as const) {
  t.test(`keeps data in /data over a restart as ${title}`, async t => {
    const box = await container(t, image)
    const options = user === undefined ? {} : { user }
    const words = ['--db', '/data/dataflow.db', '--fixtures', 'none']
    for (const jobs of [1, 2]) {
      const { url, health, stop, ended } = await serve(box, words, options)
      await signed(t, 'POST', `${url}/api/v1/jobs`, { name: 'orders', nodes: [] })
      t.equal((await signed(t, 'GET', `${url}/api/v1/jobs?name=orders`)).count, jobs)
      t.match(await health(), { code: 0 })
      await stop('SIGTERM')
      t.match(await ended, { code: 0 })
    }
    const written = [
      'find',
      '/app',
      '/data',
      '/etc',
      '/home',
      '/run',
      '/tmp',
      '/var',
      '-user',
      user?.split(':')[0] ?? 'node',
    ]
    const { out } = await box.run([...written, '-newer', '/app/package.json', '-type', 'f'], { user: 'root' }).ended
    t.same(
      out.trim().split('\n'),
      ['/data/dataflow.db'],
      'writes no other file, so the root file system may be read-only',
    )
  })
}

t.test('rejects a wrong option as the command line does', async t => {
  const { run } = await container(t, image)
  const { code, err } = await run([...config.Entrypoint, '--port', 'abc']).ended
  t.equal(code, 2)
  t.match(err, /--port "abc": must be a whole number/)
})
