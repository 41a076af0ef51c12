import { readFileSync } from 'node:fs'

/** The folder that holds package.json, fixtures and openapi; the same from src/ and from dist/. */
export const packageRoot = new URL('..', import.meta.url)

/** The version of this package. */
export const version = (): string =>
  (JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string }).version
