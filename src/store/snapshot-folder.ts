import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** A file that cannot be written or read; the message is one sentence. */
export class FolderError extends Error {}

/** Writes a file so that it is there as a whole or not at all. */
function writeWhole(folder: string, file: string, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, file)
  const draft = `${path}.tmp`
  rmSync(draft, { force: true })
  const written = openSync(draft, 'wx', 0o600)
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(written, bytes, at)
    fsyncSync(written)
  } finally {
    closeSync(written)
  }
  renameSync(draft, path)
  const entry = openSync(folder, 'r')
  fsyncSync(entry)
  closeSync(entry)
}

/** Reads a plain file of at most `most` bytes. A link is not followed, wherever it leads. */
function readPlain(folder: string, file: string, most: number): Buffer {
  const opened = openSync(join(folder, file), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const found = fstatSync(opened)
    if (!found.isFile()) throw new FolderError(`${file} is no plain file.`)
    if (found.size > most) throw new FolderError(`${file} has ${found.size} bytes, more than ${most}.`)
    return readFileSync(opened)
  } finally {
    closeSync(opened)
  }
}

const sentence = (file: string, error: NodeJS.ErrnoException): string => {
  if (error.code === 'ENOENT') return `There is no file ${file}.`
  return error.code === 'ELOOP' ? `${file} is a link, a plain file is needed.` : `${file}: ${error.message}.`
}

function saying<T>(file: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw error instanceof FolderError ? error : new FolderError(sentence(file, error as NodeJS.ErrnoException))
  }
}

/** The files of snapshots, each under the name of its snapshot, in one folder. Names are checked by the caller. */
export const snapshotFolder = (folder: string) => ({
  write: (name: string, bytes: Uint8Array) => saying(`${name}.db`, () => writeWhole(folder, `${name}.db`, bytes)),
  read: (name: string, most: number): Buffer => saying(`${name}.db`, () => readPlain(folder, `${name}.db`, most)),
})

export type SnapshotFolder = ReturnType<typeof snapshotFolder>
