import { type AssumptionInForce, shownAssumption, shownFixedAssumption } from '../api/assumption.ts'
import { fixedAssumptions } from '../api/fixed-assumptions.ts'
import type { Explainer } from '../diagnosis/explainer.ts'
import { Type } from '../schema/json-schema.ts'
import { integer, mapOf, object, shape, text, textLike } from '../schema/shape.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { healthPath } from './prefix.ts'
import { AdminError } from './problem.ts'

export interface SignRequest {
  readonly method: string
  readonly target: string
  readonly accessKey?: string
  /** Epoch milliseconds; absent: the gateway clock. */
  readonly timestamp?: number
  /** Signed instead of the text that belongs to the call. */
  readonly text?: string
}

export interface SignedCall {
  readonly headers: Readonly<Record<string, string>>
  readonly signedText: string
}

export interface GeneralDeps {
  /** The members of `GET /__admin/health` besides `"status":"ok"`. */
  readonly health: () => object
  readonly assumptions: () => readonly AssumptionInForce[]
  readonly document: () => Promise<string>
  readonly sign: (asked: SignRequest) => SignedCall | string
  /** Explains why the gateway would reject a request that is sent now. */
  readonly explain: Explainer
}

const healthReply = Type.Closed({
  status: Type.Literal('ok'),
  edition: Type.String({ description: 'Published generation of the API.' }),
  version: Type.String({ description: 'Version of the emulator.' }),
  jobs: Type.Integer({ description: 'How many jobs all accounts hold.' }),
  now: Type.String({ format: 'date-time', description: 'What the simulation clock shows.' }),
})

const assumptionsReply = Type.Closed({
  assumptions: Type.Array(shownAssumption),
  fixedReadings: Type.Array(shownFixedAssumption, { description: 'What is assumed and cannot be switched.' }),
})

const method = textLike('^[A-Za-z]+$', 'an HTTP method')
const target = textLike('^/[\\x21-\\x7e]*$', 'path and query as sent, percent-encoded ASCII from the first slash on')
const longestText = 20_000

const callToSign = object(
  { method, target },
  {
    accessKey: text,
    timestamp: integer(0, Number.MAX_SAFE_INTEGER),
    text: shape(Type.String({ maxLength: longestText }), `a text of up to ${longestText} characters`, value =>
      typeof value === 'string' && value.length <= longestText ? value : undefined,
    ),
  },
)

const callToExplain = object({ method, target, headers: mapOf(text) })

const loopback = /^(127\.|::1$|::ffff:127\.)/

export const generalEndpoints = (deps: GeneralDeps): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    // It needs no token, for container health checks.
    path: healthPath,
    title: 'See whether the emulator is well, and what it runs',
    reply: healthReply,
    act: () => ({ status: 'ok', ...deps.health() }),
  }),
  endpoint({
    method: 'GET',
    path: '/assumptions',
    title: 'List what is assumed, with the values in force',
    reply: assumptionsReply,
    act: () => ({
      assumptions: deps.assumptions(),
      fixedReadings: Object.entries(fixedAssumptions).map(([name, assumption]) => ({ name, ...assumption })),
    }),
  }),
  endpoint({
    method: 'GET',
    path: '/openapi.json',
    title: 'Read the OpenAPI document of the edition in force',
    reply: Type.Object({}, { description: 'An OpenAPI document.' }),
    act: async (_asked, reply) => reply.type('application/json').send(await deps.document()),
  }),
  endpoint({
    method: 'POST',
    path: '/sign',
    title: 'Sign a call, with the key pair of the account "default" or of the access key named',
    body: callToSign,
    reply: Type.Closed({
      headers: Type.Record(Type.String(), { description: 'To be sent with the call.' }),
      signedText: Type.String({ description: 'The text under the signature.' }),
    }),
    act: ({ body }, _reply, request) => {
      const call = body as SignRequest
      if (call.text !== undefined && !loopback.test(request.ip)) {
        throw new AdminError(403, 'text: a text of your own is signed for callers on the same machine only')
      }
      const signed = deps.sign(call)
      if (typeof signed === 'string') throw new AdminError(400, signed)
      return signed
    },
  }),
  endpoint({
    method: 'POST',
    path: '/explain',
    title: 'Say why the gateway would reject a request that is sent now',
    body: callToExplain,
    reply: Type.Object({}, { description: 'The diagnosis, as in the journal.' }),
    act: ({ body }) => {
      const { method = '', target = '', headers = {} } = body
      const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
      return deps.explain(
        { method: method.toUpperCase(), target, headers: Object.fromEntries(lower) },
        undefined,
        'deep',
      )
    },
  }),
]
