import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { openApiDocument } from '../../src/http/document.ts'
import type { Assumed } from '../../src/spec/assumptions.ts'
import { type EditionId, editions } from '../../src/spec/editions/editions.ts'

/** A schema or a place in a document where one may be. */
interface Node {
  readonly $ref?: string
  readonly schema?: AnySchema
  readonly [member: string]: unknown
}

interface PublishedOperation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Node>> }>>
}

/** An OpenAPI document, as far as tests look at it. */
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, PublishedOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Node>> }
}

/** Says what is wrong with a reply, or `undefined`. */
export type ReplyCheck = (method: string, target: string, status: number, body: unknown) => string | undefined

/** The path that a router finds in a request target. */
function pathOf(target: string): string {
  const path = target.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The document of an edition's replies, as a check. Objects may hold no members beyond those of their schema. */
function replyCheck(document: OpenApi): ReplyCheck {
  // Strict: a keyword or format that the validator does not know is a mistake in the document.
  const ajv = new Ajv2020({ strict: true, allErrors: true })
  addFormats.default(ajv)
  ajv.addVocabulary(['components', 'paths', 'info', 'openapi', 'servers', 'tags'])
  ajv.addSchema({ $id: 'document', ...document } as AnySchema)
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
      return { path, method: method.toUpperCase(), operation, pattern }
    }),
  )

  return (method, target, status, body) => {
    const path = pathOf(target)
    const route = routes.find(route => route.method === method && route.pattern.test(path))
    // What no operation of the edition answers is the gateway's.
    const place = route
      ? `/paths/${route.path.replaceAll('/', '~1')}/${method.toLowerCase()}/responses/${status}/content/application~1json/schema`
      : '/components/schemas/GatewayError'
    if (route && route.operation.responses[status]?.content?.['application/json'] === undefined) {
      return `${method} ${path}: the document has no ${status}`
    }
    const pointer = place.split('/').map(encodeURIComponent).join('/')
    const validate = ajv.getSchema(`document#${pointer}`)
    if (!validate) return `${method} ${path}: no schema at ${place}`
    return validate(body) ? undefined : `${method} ${path} ${status}: ${ajv.errorsText(validate.errors)}`
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
      return { document, check: replyCheck(document) }
    })
  documents.set(key, made)
  return made
}
