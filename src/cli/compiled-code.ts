import { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'

type Environment = Readonly<Record<string, string | undefined>>

interface Loaded {
  readonly exports: unknown
  /** Stores the code that was compiled until now, unless an earlier process or call has. */
  readonly keep: () => void
}

/** Creates the folder if needed. False if another user may write to it: compiled code is trusted. */
function isOurs(folder: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(folder)
  const { getuid } = process
  return getuid === undefined || (uid === getuid() && (mode & 0o022) === 0)
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/**
 * Loads a CommonJS file with the compiled code that an earlier process kept. V8 rejects code of another version of
 * itself; `contentId` tells sources apart. Unlike Node's own compile cache this one contains the functions that were
 * compiled when they were first called, and it works on Node 20. docs/decisions/0011-compiled-code.md
 */
export function loadCompiled(
  file: string,
  contentId: string,
  env: Environment,
  sourceMaps = process.sourceMapsEnabled,
): Loaded {
  const require = module.createRequire(file)
  // Source maps and coverage work with Node's own loader only.
  const byNode = sourceMaps || env.NODE_V8_COVERAGE || env.NODE_DISABLE_COMPILE_CACHE
  if (byNode) return { exports: require(file), keep: () => undefined }

  const source = readFileSync(file, 'latin1')
  const folder = join(env.NODE_COMPILE_CACHE || tmpdir(), `ncp-dataflow-emulator-${process.getuid?.() ?? ''}`)
  const kept = join(folder, `${process.version}-${process.arch}-${contentId}`)

  let cachedData: Buffer | undefined
  try {
    cachedData = isOurs(folder) ? readIfThere(kept) : undefined
  } catch {
    // No such folder, and none can be made: it is compiled each time.
  }
  const script = new Script(module.wrap(source), { filename: file, cachedData })
  const loaded = { exports: {} }
  script.runInThisContext()(loaded.exports, require, loaded, file, dirname(file))

  let isKept = cachedData !== undefined && !script.cachedDataRejected
  function keep(): void {
    if (isKept) return
    isKept = true
    try {
      if (!isOurs(folder)) return
      const unfinished = `${kept}.${process.pid}`
      writeFileSync(unfinished, script.createCachedData(), { mode: 0o600 })
      renameSync(unfinished, kept)
    } catch {
      // A read-only or full disk.
    }
  }
  return { exports: loaded.exports, keep }
}
