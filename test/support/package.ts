import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'

export const repository = fileURLToPath(new URL('../../', import.meta.url))

export interface Result {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Nothing of the test runner around, and no option of an emulator. */
const environment = () => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(NCP_DATAFLOW|NCLOUD|npm_|_?TAP|NODE_OPTIONS|NODE_PATH|INIT_CWD)/.test(name),
    ),
  ),
  npm_config_engine_strict: 'true',
  npm_config_update_notifier: 'false',
})

/** Runs a program in a folder until it ends; at most five minutes unless another limit is given. */
export function runIn(cwd: string, program: string, args: readonly string[], env = {}, limitMs = 300_000): Result {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...environment(), ...env },
    encoding: 'utf8',
    timeout: limitMs,
    maxBuffer: 64 * 1024 * 1024,
  })
  return { code: status, out: stdout, err: error ? `${stderr}${error.message}` : stderr }
}

/** Runs a program that downloads packages. One that stalls is ended after two minutes and started again, twice at most. */
function runDownload(cwd: string, program: string, args: readonly string[], env = {}): Result {
  let result = runIn(cwd, program, args, env, 120_000)
  for (let attempt = 2; attempt <= 3 && result.code === null; attempt++) {
    result = runIn(cwd, program, args, env, 120_000)
  }
  return result
}

function required(t: Test, command: string, { code, out, err }: Result): string {
  t.equal(code, 0, `${command}${code === 0 ? '' : `: ${out}${err}`.slice(-3000)}`)
  return out
}

/** Runs a program and requires that it succeeds; returns its standard output. */
export const succeed = (t: Test, cwd: string, program: string, args: readonly string[], env = {}): string =>
  required(t, [program, ...args].join(' '), runIn(cwd, program, args, env))

/** Installs packages with npm and requires that it succeeds. */
export const npmInstall = (t: Test, cwd: string, args: readonly string[], env = {}): string =>
  required(
    t,
    `npm install ${args.join(' ')}`,
    runDownload(cwd, 'npm', ['install', '--no-audit', '--no-fund', ...args], env),
  )

/** An empty folder outside of the clone whose name has a space and Korean letters; deleted after the test. */
export function temporaryFolder(t: Test, name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `데이터 흐름 ${name}-`)))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The tarball that would be published; `npm run test:package` has built `dist` before. */
export function packTarball(t: Test): string {
  const folder = temporaryFolder(t, 'tarball')
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]
  const [{ filename }] = JSON.parse(succeed(t, repository, 'npm', args))
  return join(folder, filename)
}

/** An empty project with this manifest. */
export function createProject(t: Test, name: string, manifest: object = {}): string {
  const folder = join(temporaryFolder(t, name), '새 프로젝트')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, ...manifest }))
  return folder
}

/** A copy of the folder `examples`, without anything installed in it. */
export function copyExamples(t: Test): string {
  const folder = join(temporaryFolder(t, 'examples'), 'examples')
  cpSync(join(repository, 'examples'), folder, { recursive: true, filter: path => !path.includes('node_modules') })
  return folder
}

export const managers = ['npm', 'pnpm', 'yarn'] as const
export type Manager = (typeof managers)[number]

/** How a project of this manager installs a tarball, and runs a program of an installed package. */
export interface ManagerCommands {
  readonly install: (project: string, tarball: string) => Result
  readonly execute: readonly [program: string, ...args: string[]]
}

/** The package managers in the versions that are supported; pnpm and yarn are installed for the test. */
export function packageManagers(t: Test, wanted: readonly Manager[]): Map<Manager, ManagerCommands> {
  const tools = temporaryFolder(t, 'tools')
  const found = new Map<Manager, ManagerCommands>()
  const bin = (name: string) => join(tools, 'node_modules', '.bin', name)
  const install = (name: string) =>
    npmInstall(t, tools, ['--prefix', tools, name], { npm_config_engine_strict: 'false' })
  if (wanted.includes('npm')) {
    found.set('npm', {
      install: (project, tarball) => runDownload(project, 'npm', ['install', '--no-audit', '--no-fund', tarball]),
      execute: ['npx', '--no-install'],
    })
  }
  if (wanted.includes('pnpm')) {
    install('pnpm@10')
    found.set('pnpm', {
      install: (project, tarball) =>
        runDownload(project, bin('pnpm'), ['add', '--store-dir', join(tools, 'store'), tarball]),
      execute: [bin('pnpm'), 'exec'],
    })
  }
  if (wanted.includes('yarn')) {
    install('yarn@1.22')
    const registry = succeed(t, tools, 'npm', ['config', 'get', 'registry']).trim()
    const args = ['add', '--non-interactive', '--cache-folder', join(tools, 'cache'), '--registry', registry]
    found.set('yarn', {
      install: (project, tarball) => runDownload(project, bin('yarn'), [...args, tarball]),
      execute: [bin('yarn'), 'run', '--silent'],
    })
  }
  return found
}
