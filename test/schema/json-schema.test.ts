import t from 'tap'
import { type Static, type TSchema, Type } from '../../src/schema/json-schema.ts'

/** Fails to compile unless both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_same: Same<A, B>): void => undefined

const job = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    status: Type.Enum(['READY', 'RUNNING']),
    size: Type.Optional(Type.Integer({ minimum: 0 })),
    tags: Type.Array(Type.String()),
  },
  { additionalProperties: false },
)

t.test('makes plain JSON Schema', async t => {
  t.same(JSON.parse(JSON.stringify(job)), {
    type: 'object',
    required: ['name', 'status', 'tags'],
    properties: {
      name: { type: 'string', minLength: 1 },
      status: { enum: ['READY', 'RUNNING'] },
      size: { type: 'integer', minimum: 0 },
      tags: { type: 'array', items: { type: 'string' } },
    },
    additionalProperties: false,
  })
  t.same(JSON.stringify(Type.Object({})), '{"type":"object","properties":{}}')
  t.same(
    JSON.stringify(Type.Union([Type.Null(), Type.Literal('a'), Type.Literal(true)])),
    JSON.stringify({
      anyOf: [{ type: 'null' }, { type: 'string', const: 'a' }, { type: 'boolean', const: true }],
    }),
  )
})

t.test('keeps a member optional when its schema is copied', async t => {
  const copy = { ...Type.Optional(Type.String()), description: 'A copy.' } as TSchema
  t.equal(
    JSON.stringify(Type.Object({ copy })),
    '{"type":"object","properties":{"copy":{"type":"string","description":"A copy."}}}',
  )
})

t.test('gives the TypeScript type of a schema', async t => {
  same<
    Static<typeof job>,
    { readonly name: string; readonly status: 'READY' | 'RUNNING'; readonly size?: number; readonly tags: string[] }
  >(true)
  const either = Type.Union([Type.Null(), Type.Literal(1), Type.Record(Type.Boolean())])
  same<Static<typeof either>, null | 1 | Record<string, boolean>>(true)
  same<Static<typeof job>, { readonly name: string }>(false)
  t.pass('it compiles')
})
