import { complain, inside, refined, type Shape, shape, textLike } from '../api/body.ts'
import { isJsonObject } from '../api/json.ts'
import { Type } from '../schema/json-schema.ts'
import type { AskedAccount, NewAccount } from '../service/accounts.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { bodyTaken, closed, strictly } from './strict.ts'

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

const keyPair = refined(strictly({ accessKey: key, secretKey: key }), ({ accessKey, secretKey }, at) => {
  if (accessKey === undefined) complain(inside(at, 'accessKey'), 'is missing')
  if (secretKey === undefined) complain(inside(at, 'secretKey'), 'is missing')
  return { accessKey, secretKey }
})

const fixtures: Shape<Fixtures> = shape(
  Type.Union([Type.String(), Type.Object({})]),
  'the name of a fixture or the content of one',
  value => (typeof value === 'string' || isJsonObject(value) ? value : undefined),
)

const newAccount = strictly({
  name: textLike('^[A-Za-z0-9_-]{1,100}$', 'a text of 1 to 100 letters, digits, _ and -'),
  fixtures,
  credentials: keyPair,
})

/** Takes what somebody says of a new account, or complains. */
export const takeAccount = (asked: unknown) => bodyTaken(newAccount, asked)

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
    reply: closed({ accounts: Type.Array(closed(listed)) }),
    act: () => ({ accounts: accounts.list() }),
  }),
  endpoint({
    method: 'POST',
    path: '/accounts',
    title: 'Make an account with keys and data of its own',
    body: newAccount,
    bodyNeeded: false,
    status: 201,
    reply: closed({
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
    reply: closed(listed),
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
