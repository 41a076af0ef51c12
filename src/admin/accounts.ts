import { isJsonObject } from '../schema/json.ts'
import { Type } from '../schema/json-schema.ts'
import { object, type Shape, shape, textLike } from '../schema/shape.ts'
import type { AskedAccount, NewAccount } from '../service/accounts.ts'
import { type Endpoint, endpoint, parseBody } from './endpoint.ts'

/** An account as it is listed. */
interface Listed {
  readonly name: string
  readonly accessKeys: readonly string[]
  readonly jobs: number
}

/** Fixtures are checked by those who know them. */
type Fixtures = string | object

export interface AccountsParts {
  readonly list: () => readonly Listed[]
  readonly get: (name: string) => Listed
  readonly add: (asked: AskedAccount & { readonly fixtures?: Fixtures | undefined }) => Promise<NewAccount>
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

/** Takes what somebody says of a new account, or complains. */
export const takeAccount = (asked: unknown) => parseBody(newAccount, asked)

const listed = {
  name: Type.String(),
  accessKeys: Type.Array(Type.String()),
  jobs: Type.Integer({ description: 'How many jobs it holds.' }),
}

/** Accounts that come and go. */
export const accountEndpoints = (accounts: AccountsParts): readonly Endpoint[] => [
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
    title: 'Make an account with keys and data of its own',
    body: newAccount,
    bodyNeeded: false,
    status: 201,
    reply: Type.Closed({
      name: Type.String(),
      accessKey: Type.String(),
      secretKey: Type.String({ description: 'Shown this once.' }),
      jobs: Type.Integer({ description: 'How many jobs it holds.' }),
    }),
    refuses: [409],
    act: async ({ body }) => {
      const { name, credentials, jobs } = await accounts.add(body)
      return { name, ...credentials, jobs }
    },
  }),
  endpoint({
    method: 'GET',
    path: '/accounts/{name}',
    title: 'See an account',
    reply: Type.Closed(listed),
    act: ({ params }) => accounts.get(params.name),
  }),
  endpoint({
    method: 'DELETE',
    path: '/accounts/{name}',
    title: 'Remove an account and all that belongs to it',
    refuses: [409],
    act: ({ params }) => accounts.remove(params.name),
  }),
]
