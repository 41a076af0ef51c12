import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'

/** A certificate or key that cannot be used; the message says what to do. */
export class TlsError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TlsError'
  }
}

export class CaFileError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CaFileError'
  }
}

function textOf(flag: string, path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    throw new TlsError(`${flag} ${path}: cannot read it (${(error as Error).message}); give a PEM file`)
  }
}

/** Throws a TlsError with this message if `read` throws. */
function part<T>(read: () => T, problem: string): T {
  try {
    return read()
  } catch {
    throw new TlsError(problem)
  }
}

function keyOf(path: string, text: string): KeyObject {
  if (/^-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    throw new TlsError(`--tls-key ${path}: is encrypted; decrypt it with: openssl pkey -in ${path} -out plain.pem`)
  }
  return part(
    () => createPrivateKey(text),
    `--tls-key ${path}: contains no private key in PEM (-----BEGIN PRIVATE KEY-----)`,
  )
}

/** Reads a certificate, followed by its intermediate CAs, and its key from PEM files. */
export function readCertificate(certPath: string, keyPath: string): { readonly cert: string; readonly key: string } {
  const cert = textOf('--tls-cert', certPath)
  const key = textOf('--tls-key', keyPath)
  const own = part(
    () => new X509Certificate(cert),
    `--tls-cert ${certPath}: contains no certificate in PEM (-----BEGIN CERTIFICATE-----)`,
  )
  if (!own.checkPrivateKey(keyOf(keyPath, key))) {
    throw new TlsError(
      `--tls-key ${keyPath}: does not match the first certificate in --tls-cert ${certPath}; give a matching pair, with the server certificate before its CA certificates`,
    )
  }
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new TlsError(`--tls-cert ${certPath}: cannot be used (${(error as Error).message}); create another one`)
  }
  return { cert, key }
}

/** Writes the CA certificate to a temporary file and renames it, so that readers never see half of it. */
export function writeCa(path: string, pem: string): void {
  const draft = `${path}.${createHash('sha256').update(pem).digest('hex').slice(0, 16)}.tmp`
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) throw new Error('it is not a regular file')
    writeFileSync(draft, pem, { flag: 'wx' })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw new CaFileError(
      `--tls-ca-out ${path}: cannot write it (${(error as Error).message}); give a file in an existing, writable folder`,
    )
  }
}
