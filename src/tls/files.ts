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

/** A CA certificate that could not be written. */
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
    throw new TlsError(`${flag} ${path}: cannot be read (${(error as Error).message}); name a PEM file`)
  }
}

/** What `read` makes of a file's text, or the complaint. */
function part<T>(read: () => T, complaint: string): T {
  try {
    return read()
  } catch {
    throw new TlsError(complaint)
  }
}

function keyOf(path: string, text: string): KeyObject {
  if (/^-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    throw new TlsError(`--tls-key ${path}: is encrypted; decrypt it by: openssl pkey -in ${path} -out plain.pem`)
  }
  return part(
    () => createPrivateKey(text),
    `--tls-key ${path}: holds no private key in PEM (-----BEGIN PRIVATE KEY-----)`,
  )
}

/** A certificate, with those between it and its root behind it, and its key, from PEM files. */
export function readCertificate(certPath: string, keyPath: string): { readonly cert: string; readonly key: string } {
  const cert = textOf('--tls-cert', certPath)
  const key = textOf('--tls-key', keyPath)
  const own = part(
    () => new X509Certificate(cert),
    `--tls-cert ${certPath}: holds no certificate in PEM (-----BEGIN CERTIFICATE-----)`,
  )
  if (!own.checkPrivateKey(keyOf(keyPath, key))) {
    throw new TlsError(
      `--tls-key ${keyPath}: is not the key of the first certificate in --tls-cert ${certPath}; name the two that belong together, the server's certificate before those of its CAs`,
    )
  }
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new TlsError(`--tls-cert ${certPath}: cannot be served (${(error as Error).message}); make another one`)
  }
  return { cert, key }
}

/** Writes the certificate of the CA: whole, under another name first, so that nobody reads half of it. */
export function writeCa(path: string, pem: string): void {
  const draft = `${path}.${createHash('sha256').update(pem).digest('hex').slice(0, 16)}.tmp`
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) throw new Error('it is no plain file')
    writeFileSync(draft, pem, { flag: 'wx' })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw new CaFileError(
      `--tls-ca-out ${path}: cannot be written (${(error as Error).message}); name a file in a folder that exists and is yours`,
    )
  }
}
