import { isJsonObject } from '../schema/json.ts'
import { Type } from '../schema/json-schema.ts'
import { object, type Shape, shape, textLike } from '../schema/shape.ts'
import type { AccountRequest, NewAccount } from '../service/accounts.ts'
import { type Endpoint, endpoint, parseBody } from './endpoint.ts'

interface Listed {
  readonly name: string
  readonly accessKeys: readonly string[]
  readonly jobs: number
}

type Fixtures = string | object

export interface AccountsDeps {
  readonly list: () => readonly Listed[]
  readonly get: (name: string) => Listed
  readonly add: (asked: AccountRequest & { readonly fixtures?: Fixtures | undefined }) => Promise<NewAccount>
  readonly remove: (name: string) => void
}

const key = textLike('^[\\x21-\\x7e]{1,200}$', 'a text of 1 to 200 visible ASCII characters')

const keyPair = object({ accessKey: key, secretKey: key })

const fixtures: Shape<Fixtures> = shape(
  Type.Union([Type.String(), Type.Object({})]),
  'the name of a fixture or the content of one',
  value => (typeof value === 'string' || isJsonObject(value) ? value : undefined),
)

const newAccount = object(
  {},
  {
    name: textLike('^[A-Za-z0-9_-]{1,100}$', 'a text of 1 to 100 letters, digits, _ and -'),
    fixtures,
    credentials: keyPair,
  },
)

/** Throws an AdminError for an invalid account. */
export const takeAccount = (asked: unknown) => parseBody(newAccount, asked)

const listed = {
  name: Type.String(),
  accessKeys: Type.Array(Type.String()),
  jobs: Type.Integer({ description: 'Number of jobs.' }),
}

export const accountEndpoints = (accounts: AccountsDeps): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/accounts',
    title: 'List the accounts',
    reply: Type.Closed({ accounts: Type.Array(Type.Closed(listed)) }),
    act: () => ({ accounts: accounts.list() }),
  }),
  endpoint({
    method: 'POST',
    path: '/accounts',
    title: 'Create an account with its own keys and data',
    body: newAccount,
    bodyNeeded: false,
    status: 201,
    reply: Type.Closed({
      name: Type.String(),
      accessKey: Type.String(),
      secretKey: Type.String({ description: 'Shown only in this response.' }),
      jobs: Type.Integer({ description: 'Number of jobs.' }),
    }),
    errorStatuses: [409],
    act: async ({ body }) => {
      const { name, credentials, jobs } = await accounts.add(body)
      return { name, ...credentials, jobs }
    },
  }),
  endpoint({
    method: 'GET',
    path: '/accounts/{name}',
    title: 'Get an account',
    reply: Type.Closed(listed),
    act: ({ params }) => accounts.get(params.name),
  }),
  endpoint({
    method: 'DELETE',
    path: '/accounts/{name}',
    title: 'Delete an account and all its data',
    errorStatuses: [409],
    act: ({ params }) => accounts.remove(params.name),
  }),
]
