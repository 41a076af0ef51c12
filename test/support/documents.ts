import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { FastifyInstance } from 'fastify'
import type { Assumed } from '../../src/api/assumptions.ts'
import { type EditionId, editions } from '../../src/api/editions/editions.ts'
import { openApiDocument } from '../../src/http/document.ts'

/** A schema or a place in a document where one may be. */
interface Node {
  readonly $ref?: string
  readonly schema?: AnySchema
  readonly [member: string]: unknown
}

interface PublishedOperation {
  readonly operationId: string
  readonly summary?: string
  readonly description?: string
  readonly 'x-assumption'?: readonly string[]
  readonly parameters?: readonly {
    readonly in: string
    readonly name: string
    readonly description?: string
    readonly required?: boolean
  }[]
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, Node>> }
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Node>> }>>
}

/** An OpenAPI document, as far as tests look at it. */
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, PublishedOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Node>> }
}

/** Says what is wrong with a reply, or with the body of a request that was accepted; or `undefined`. */
export type ReplyCheck = (
  method: string,
  target: string,
  status: number,
  body: unknown,
  sent?: string | Buffer,
) => string | undefined

/** The body without its byte order mark and without members that are null: those count as left out. */
function sentJson(sent: string | Buffer): unknown {
  const withoutNulls = (_key: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
      : value
  return JSON.parse(sent.toString().replace(/^\ufeff/, ''), withoutNulls)
}

/** The path that a router finds in a request target: an escaped slash parts nothing. */
function pathOf(target: string): string {
  const path = target.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '')
  try {
    return decodeURIComponent(path.replace(/%2f/gi, '%252F'))
  } catch {
    return path
  }
}

/** A document's replies, as a check; `unrouted` is where the schema stands of replies that no operation gives. */
function replyCheck(document: OpenApi, unrouted: string): ReplyCheck {
  // Strict: a keyword or format that the validator does not know is a mistake in the document.
  const ajv = new Ajv2020({ strict: true, allErrors: true })
  addFormats.default(ajv)
  ajv.addVocabulary(['components', 'paths', 'info', 'openapi', 'servers', 'tags', 'x-assumption'])
  ajv.addSchema({ $id: 'document', ...document } as AnySchema)
  const literalFirst = ([a]: [string, unknown], [b]: [string, unknown]) => a.split('{').length - b.split('{').length
  const routes = Object.entries(document.paths)
    .sort(literalFirst)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`, 's')
        return { path, method: method.toUpperCase(), operation, pattern }
      }),
    )

  const schemaAt = (place: string) => ajv.getSchema(`document#${place.split('/').map(encodeURIComponent).join('/')}`)

  return (method, target, status, body, sent) => {
    const path = pathOf(target)
    const route = routes.find(route => route.method === method && route.pattern.test(path))
    // What no operation of the edition answers is the gateway's.
    const operation = route && `/paths/${route.path.replaceAll('/', '~1')}/${method.toLowerCase()}`
    const [media] = Object.keys(route?.operation.responses[status]?.content ?? {})
    if (route && media === undefined) return `${method} ${path}: the document has no ${status}`
    const place = operation
      ? `${operation}/responses/${status}/content/${media?.replaceAll('/', '~1')}/schema`
      : unrouted
    const validate = schemaAt(place)
    if (!validate) return `${method} ${path}: no schema at ${place}`
    if (!validate(body)) return `${method} ${path} ${status}: ${ajv.errorsText(validate.errors)}`

    const asked = route?.operation.requestBody
    if (!asked || status >= 300) return undefined
    if (!sent?.length) return asked.required ? `${method} ${path} ${status}: without the body that it needs` : undefined
    const accepts = schemaAt(`${operation}/requestBody/content/application~1json/schema`)
    if (accepts?.(sentJson(sent))) return undefined
    return `${method} ${path} ${status} accepted what the document does not: ${ajv.errorsText(accepts?.errors)}`
  }
}

const documents = new Map<string, Promise<{ readonly document: OpenApi; readonly check: ReplyCheck }>>()

/** The document of an edition under these assumptions and the check of replies against it, made once. */
export function documentOf(edition: EditionId, assumed: Assumed) {
  const key = JSON.stringify([edition, assumed])
  const made =
    documents.get(key) ??
    openApiDocument(editions[edition], assumed).then(text => {
      const document = JSON.parse(text) as OpenApi
      return { document, check: replyCheck(document, '/components/schemas/GatewayError') }
    })
  documents.set(key, made)
  return made
}

let ofAdmin: Promise<{ readonly document: OpenApi; readonly check: ReplyCheck }> | undefined

/** The document of the control endpoints, which is the same for all emulators, and the check of replies against it. */
export function adminDocumentOf(app: Pick<FastifyInstance, 'inject'>) {
  ofAdmin ??= app.inject('/__admin/admin-openapi.json').then(({ payload }) => {
    const document = JSON.parse(payload) as OpenApi
    return { document, check: replyCheck(document, '/components/schemas/Problem') }
  })
  return ofAdmin
}
