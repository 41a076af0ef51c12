/** Prints a line on standard output. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** Reports an error in one line; the process ends with this exit code once its output has been written. */
export function fail(exitCode: number, message: string): void {
  process.stderr.write(`ncp-dataflow-emulator: ${message}\n`)
  process.exitCode = exitCode
}

/** Errors of the caller, by name: the option they are about and the exit code. */
const userErrors: Readonly<Record<string, { readonly about: string; readonly exitCode: number }>> = {
  UsageError: { about: '', exitCode: 2 },
  FixtureError: { about: '--fixtures ', exitCode: 2 },
  DatabaseError: { about: '--db: ', exitCode: 1 },
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
