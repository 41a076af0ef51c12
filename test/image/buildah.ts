import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import { descendants, type Running, run } from '../support/process.ts'

const root = join(import.meta.dirname, '..', '..')

/** Where the base image stays for the next check. */
const cache =
  process.env.CHECK_IMAGE_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ncp-dataflow-emulator', 'image')

const buildah = ['buildah', '--root', join(cache, 'storage'), '--runroot', join(cache, 'run')]

/** Runs a command to its end and returns its standard output; throws with all it wrote when it fails. */
async function output(t: Test, command: readonly string[]): Promise<string> {
  const { code, out, err } = await run(t, command).ended
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${out}${err}`)
  return out
}

/** The parts of an image's configuration that a container engine acts on. */
export interface ImageConfig {
  readonly User: string
  readonly Entrypoint: readonly string[]
  readonly Cmd: readonly string[]
  readonly Env: readonly string[]
  readonly ExposedPorts: Readonly<Record<string, unknown>>
  readonly Volumes: Readonly<Record<string, unknown>>
  readonly WorkingDir: string
  /** Durations in nanoseconds. */
  readonly Healthcheck: {
    readonly Test: readonly string[]
    readonly Interval: number
    readonly Timeout: number
    readonly StartPeriod: number
    readonly Retries: number
  }
}

interface Inspected {
  readonly Docker: { readonly config: ImageConfig }
}

/** Builds the repository's image on the stand-in base image; both images but the base are deleted with the test. */
export async function buildImage(t: Test, folder: string): Promise<{ image: string; config: ImageConfig }> {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8')
  const base = /^FROM (\S+)$/m.exec(dockerfile)?.[1] ?? ''
  t.comment((await output(t, [join(root, 'test', 'image', 'base-image.sh'), base, cache])).trim())
  // buildah 1.28 of Debian 12 does not know this flag; Docker does since version 25.
  const copy = join(folder, 'Dockerfile')
  writeFileSync(copy, dockerfile.replace(/ --start-interval=\S+/, ''))
  const image = `localhost/ncp-dataflow-emulator:check-${process.pid}`
  t.teardown(() => output(t, [...buildah, 'rmi', '--prune', '--force']).catch(() => undefined))
  const flags = ['--pull-never', '--network', 'host', '--isolation', 'chroot', '--format', 'docker']
  await output(t, [...buildah, 'bud', ...flags, '--file', copy, '--tag', image, root])
  const inspected: Inspected = JSON.parse(await output(t, [...buildah, 'inspect', '--type', 'image', image]))
  return { image, config: inspected.Docker.config }
}

interface RunOptions {
  /** `USER[:GROUP]`; absent: the image's own. */
  readonly user?: string
  readonly env?: Readonly<Record<string, string>>
}

interface Stoppable {
  /** Signals the command, as an engine does; resolves when it has ended, with the milliseconds that took. */
  readonly stop: (signal: NodeJS.Signals) => Promise<number>
}

export interface Container {
  /** Folder on this machine that shows the container's file system. */
  readonly files: string
  /** Starts a command with the image's user, environment and working directory. */
  readonly run: (command: readonly string[], options?: RunOptions) => Running & Stoppable
}

/** A container of the image, deleted with the test. Its processes share network and process ids with this machine. */
export async function container(t: Test, image: string): Promise<Container> {
  const id = (await output(t, [...buildah, 'from', '--pull-never', image])).trim()
  t.teardown(() => output(t, [...buildah, 'rm', id]))
  const files = (await output(t, [...buildah, 'mount', id])).trim()
  return {
    files,
    run(command, { user, env = {} } = {}) {
      const given = Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`])
      const flags = ['--isolation', 'chroot', ...(user === undefined ? [] : ['--user', user]), ...given]
      const running = run(t, [...buildah, 'run', ...flags, id, '--', ...command])
      const stop = async (signal: NodeJS.Signals) => {
        // The last of the processes that buildah puts around the command.
        const pid = descendants(running.child.pid ?? 0).at(-1)
        const began = performance.now()
        if (pid !== undefined) process.kill(pid, signal)
        while (pid !== undefined && existsSync(`/proc/${pid}`)) await sleep(10)
        return performance.now() - began
      }
      t.teardown(() => (running.child.exitCode === null ? stop('SIGKILL') : undefined))
      return { ...running, stop }
    },
  }
}
