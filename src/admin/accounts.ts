import { Type } from 'typebox'
import type { AskedAccount, NewAccount } from '../service/accounts.ts'
import { complain, inside, refined, type Shape, shape, textLike } from '../spec/body.ts'
import { isJsonObject } from '../spec/json.ts'
import { bodyTaken, strictly } from './strict.ts'

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

/** Accounts that come and go. */
export const accountEndpoints = (accounts: AccountsParts) => ({
  list: () => ({ accounts: accounts.list() }),
  get: (name: string) => accounts.get(name),
  async add(body: unknown) {
    const { name, credentials, jobs } = await accounts.add(body === undefined ? {} : bodyTaken(newAccount, body))
    return { name, ...credentials, jobs }
  },
  remove: accounts.remove,
})
