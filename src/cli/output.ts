import { writerTo } from '../log.ts'

/** Prints a line on standard output; a slow pipe receives all of it. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** Reports an error in one line and sets the exit code. A blocked reader does not delay the exit. */
export function fail(exitCode: number, message: string): void {
  writerTo(2).write(`ncp-dataflow-emulator: ${message}\n`)
  process.exitCode = exitCode
}

export const warn = (message: string): void => writerTo(2).write(`ncp-dataflow-emulator: warning: ${message}\n`)

/** User errors by name: the prefix of the message and the exit code. */
const userErrors: Readonly<Record<string, { readonly about: string; readonly exitCode: number }>> = {
  UsageError: { about: '', exitCode: 2 },
  FixtureError: { about: '--fixtures ', exitCode: 2 },
  StubError: { about: '--replay: ', exitCode: 2 },
  DatabaseError: { about: '--db: ', exitCode: 1 },
  SqliteModuleError: { about: '', exitCode: 1 },
  TlsError: { about: '', exitCode: 2 },
  CaFileError: { about: '', exitCode: 1 },
}

export const isUserError = ({ name }: Error): boolean => Object.hasOwn(userErrors, name)

export function reportError(error: unknown): void {
  const { name, message, stack } = error as Error
  const known = userErrors[name]
  if (known) fail(known.exitCode, known.about + message)
  /* c8 ignore next: reached only by a bug */ else fail(1, `bug in the emulator, please report it\n${stack}`)
}
