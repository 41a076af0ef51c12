import { writerTo } from '../log.ts'

/** Prints a line on standard output; a pipe gets all of it, however slowly it is read. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** Reports an error in one line; the process ends with this exit code. A reader that does not read delays neither. */
export function fail(exitCode: number, message: string): void {
  writerTo(2).write(`ncp-dataflow-emulator: ${message}\n`)
  process.exitCode = exitCode
}

export const warn = (message: string): void => writerTo(2).write(`ncp-dataflow-emulator: warning: ${message}\n`)

/** Errors of the caller, by name: the option they are about and the exit code. */
const userErrors: Readonly<Record<string, { readonly about: string; readonly exitCode: number }>> = {
  UsageError: { about: '', exitCode: 2 },
  FixtureError: { about: '--fixtures ', exitCode: 2 },
  DatabaseError: { about: '--db: ', exitCode: 1 },
  SqliteModuleError: { about: '', exitCode: 1 },
  TlsError: { about: '', exitCode: 2 },
  CaFileError: { about: '', exitCode: 1 },
}

export const isUserError = ({ name }: Error): boolean => Object.hasOwn(userErrors, name)

/** Reports what a command has thrown. */
export function reportError(error: unknown): void {
  const { name, message, stack } = error as Error
  const known = userErrors[name]
  if (known) fail(known.exitCode, known.about + message)
  /* c8 ignore next: only a bug of ours gets here */ else fail(1, `a bug of the emulator, please report it\n${stack}`)
}
