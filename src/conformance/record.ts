import type { Assumed } from '../api/assumptions.ts'
import { namedSchemas } from '../api/document.ts'
import { type EditionTable, errorShapeOf, operationsOf } from '../api/edition.ts'
import { gatewayErrorSchema, serviceErrorSchema } from '../api/error-response.ts'
import type { Operation, OperationName } from '../api/operation.ts'
import { schemaFlaws } from '../schema/check.ts'
import { type Json, readJson } from '../schema/json.ts'
import { type Context, NotObservable } from './claim.ts'
import { targetOf } from './data.ts'
import { neededQuery, withQuery } from './operation-claims.ts'
import { createPseudonyms, type Pseudonyms } from './pseudonyms.ts'
import { headerFlaws } from './responses.ts'
import { checkTarget, type Session, type TargetResponse } from './session.ts'

/** A response that was read, in the form of a stub. */
export interface Exchange {
  readonly operation: OperationName
  /** As it is in the file. */
  readonly target: string
  readonly status: number
  /** In what the response does not fit the documents; names no values. */
  readonly flaws: readonly string[]
  readonly stub: { readonly [member: string]: Json }
}

export interface RecordOptions {
  readonly session: Session
  readonly edition: EditionTable
  readonly assumed: Assumed
  /** Path and query each; absent: one call of every operation that only reads. */
  readonly targets?: readonly string[]
  /** Keeps ids, names and all other data as they are. */
  readonly keepData: boolean
  /** Told of every response as it is read. */
  readonly progress?: (done: number, of: number) => void
}

export interface Recording {
  readonly exchanges: readonly Exchange[]
  /** Operations for which the target has no data, in words. */
  readonly missing: readonly string[]
}

interface Asked {
  readonly name: OperationName
  readonly row: Operation
  readonly target: string
}

/** The operation that a GET of this target calls; `undefined` if the edition has none. */
export function operationAt(
  target: string,
  edition: EditionTable,
  assumed: Assumed,
): Omit<Asked, 'target'> | undefined {
  const given = target.split('?', 1)[0]?.split('/') ?? []
  const fitting = operationsOf(edition, assumed).filter(([, { method, path }]) => {
    const wanted = path.split('/')
    return (
      method === 'GET' &&
      wanted.length === given.length &&
      wanted.every((part, at) => (part.startsWith('{') ? given[at] !== '' : part === given[at]))
    )
  })
  const parameters = ([, { path }]: (typeof fitting)[number]) => path.split('{').length
  const [found] = fitting.sort((one, other) => parameters(one) - parameters(other))
  return found && { name: found[0], row: found[1] }
}

/** One call of every operation that only reads, with ids of the target. */
async function everyRead({ session, edition, assumed }: RecordOptions): Promise<{ asked: Asked[]; missing: string[] }> {
  const context: Context = { session, edition, assumed, allowed: { writes: false, runs: false } }
  const asked: Asked[] = []
  const missing: string[] = []
  for (const [name, row] of operationsOf(edition, assumed)) {
    if (row.method !== 'GET') continue
    try {
      asked.push({ name, row, target: withQuery(await targetOf(context, name), neededQuery(row, session.now())) })
    } catch (error) {
      if (!(error instanceof NotObservable)) throw error
      missing.push(`${name}: ${error.message}`)
    }
  }
  return { asked, missing }
}

/** In what a response differs from what the documents say of this operation. */
function flawsOf(response: TargetResponse, row: Operation, { edition, assumed }: RecordOptions): string[] {
  const expected = row.status(assumed)
  const { status, json, text, headers } = response
  const isError = status >= 400
  const origin = isError && headers['x-ncp-apigw-response-origin'] === 'APIGW' ? 'APIGW' : 'ENDPOINT'
  const schema = isError
    ? origin === 'APIGW'
      ? gatewayErrorSchema
      : serviceErrorSchema(errorShapeOf(edition, assumed))
    : row.reply(assumed).schema
  const named = new Map(namedSchemas(edition, assumed).map(each => [each.$id ?? '', each]))
  return [
    ...(isError || status === expected ? [] : [`the status is ${status}, documented is ${expected}`]),
    ...(json === undefined
      ? [text === '' ? 'the body is empty' : 'the body is not JSON']
      : schemaFlaws(json, schema, named)),
    ...headerFlaws(response, origin),
  ]
}

/** Headers of a response that say something which the emulator would not say by itself. */
function keptHeaders({ headers }: TargetResponse): Record<string, string> {
  const kept: Record<string, string> = {}
  if (headers['x-ncp-apigw-response-origin'] === 'APIGW') kept['x-ncp-apigw-response-origin'] = 'APIGW'
  const after = String(headers['retry-after'] ?? '')
  if (/^\d{1,9}$/.test(after)) kept['retry-after'] = after
  const type = String(headers['content-type'] ?? '')
  if (/^[\w.+-]+\/[\w.+-]+(; ?charset=[\w-]+)?$/i.test(type) && !/^application\/json/i.test(type))
    kept['content-type'] = type
  return kept
}

const leftOut = '(a body that is not JSON was left out)'

function bodyOf({ json, text }: TargetResponse, pseudonyms: Pseudonyms | undefined): Json | undefined {
  if (text === '') return undefined
  if (json === undefined) return pseudonyms ? leftOut : text
  const body = readJson(text)
  return pseudonyms ? pseudonyms.body(body) : body
}

/**
 * Reads targets and gives what was read as stubs, in which ids, names and other data of the account are replaced. Throws a TargetError
 * when the target cannot be read, a BudgetError and an InterruptedError: then there is nothing to keep.
 */
export async function recordTarget(options: RecordOptions): Promise<Recording> {
  const { session, edition, assumed, targets, keepData, progress } = options
  await checkTarget(session, `${edition.operations.getJobs?.path}?page=0&limit=100`)
  const { asked, missing } = targets
    ? {
        asked: targets.flatMap(target => ({ ...operationAt(target, edition, assumed), target })) as Asked[],
        missing: [],
      }
    : await everyRead(options)
  const pseudonyms = keepData ? undefined : createPseudonyms(edition, assumed)
  const exchanges: Exchange[] = []
  for (const { name, row, target } of asked) {
    const response = await session.get(target)
    const { status } = response
    const body = bodyOf(response, pseudonyms)
    const headers = keptHeaders(response)
    const shown = pseudonyms ? pseudonyms.target(target, row.path) : target
    exchanges.push({
      ...{ operation: name, target: shown, status, flaws: flawsOf(response, row, options) },
      stub: {
        request: { method: 'GET', target: shown },
        response: {
          ...(status !== 200 && { status }),
          ...(Object.keys(headers).length > 0 && { headers }),
          ...(body !== undefined && { body }),
        },
        recorded: { edition: edition.id },
      },
    })
    progress?.(exchanges.length, asked.length)
  }
  return { exchanges, missing }
}

/** Names of files, one for each exchange: its path and query in letters, digits and hyphens. */
export function fileNames(exchanges: readonly Pick<Exchange, 'target'>[]): string[] {
  const taken = new Set<string>()
  return exchanges.map(({ target }) => {
    const words = target
      .replace(/^\/api\/v\d+\//, '')
      .replace(/[^A-Za-z0-9_.]+/g, '-')
      .replace(/^[-.]+|-+$/g, '')
    const stem = words.slice(0, 100) || 'exchange'
    let name = `${stem}.json`
    for (let more = 2; taken.has(name.toLowerCase()); more++) name = `${stem}-${more}.json`
    taken.add(name.toLowerCase())
    return name
  })
}
