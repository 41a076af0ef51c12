import assert from 'node:assert/strict'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { type Assumed, assume } from '../../src/api/assumptions.ts'
import { readBody } from '../../src/api/body.ts'
import * as a from '../../src/api/editions/2023-10/job-bodies.ts'
import * as b from '../../src/api/editions/2025-03/job-bodies.ts'
import { presentNodes } from '../../src/api/job-nodes.ts'
import { columnTypes } from '../../src/api/node-types.ts'

type Node = Record<string, unknown>

const bodies = { a: a.jobBodies(assume()), b: b.jobBodies(assume()) }

const textOf = (nodes: unknown) => (typeof nodes === 'string' ? nodes : JSON.stringify(nodes))

const check = (nodes: unknown, { verifyJob } = bodies.b) =>
  readBody(verifyJob, Buffer.from(`{"name":"graph","nodes":${textOf(nodes)}}`)).nodes

const fieldList = [{ name: 'id', type: 'string' }]
const bucket = { regionNo: '1', bucketName: 'raw', prefix: 'in/', dataType: 'CSV', fieldList }
const catalog = { database: 'd', table: 't', schemaVersion: '1', fieldList }
const database = { connectionId: 'c', table: 't', fieldList }
const condition = { leftField: 'id', rightField: 'id', joinOperator: 'EQ', conditionOperator: 'HEAD' }

/** The members of each type, as sent behind a first and a second source with the ids 1 and 2. */
const members: Record<string, Node> = {
  SOURCE_CATALOG: catalog,
  SOURCE_CDB_MYSQL: database,
  SOURCE_CDB_POSTGRESQL: database,
  SOURCE_OBS: bucket,
  TRANSFORM_DEFINE: { defineFieldList: [{ name: 'id', newType: 'int', newName: 'no' }] },
  TRANSFORM_SELECT: { fieldList },
  TRANSFORM_JOIN: { joinType: 'INNER', leftNodeId: 1, rightNodeId: 2, joinConditionList: [condition], prefix: 'r_' },
  TRANSFORM_FILTER: { filterType: 'AND', filterConditionList: [{ name: 'id', operator: 'LTE', value: '9' }] },
  TRANSFORM_UNION: { unionType: 'ALL' },
  TRANSFORM_AGGREGATE: {
    groupByList: ['id'],
    aggregateFieldList: [{ name: 'id', ResultName: 'sum', function: 'SUM' }],
  },
  TRANSFORM_RENAME: { renameFieldList: [{ name: 'id', newName: 'no' }] },
  TRANSFORM_DROP_DUPLICATION: { dropFieldList: ['id'] },
  TRANSFORM_FILL_MISSING_VALUES: { missingValueFieldList: [{ name: 'id', defaultValue: '' }] },
  TRANSFORM_SQL: { sourceNameList: [{ parentId: 1, newName: 'a' }], sql: 'select 1' },
  TARGET_CDB_MYSQL: { ...database, updateType: 'APPEND' },
  TARGET_CDB_POSTGRESQL: database,
  TARGET_OBS: { ...bucket, dataType: 'PARQUET', updateType: 'OVERWRITE', coalesce: 1 },
  TARGET_CATALOG: { ...catalog, updateType: 'IGNORE', coalesce: null },
}

const onlyFirst = { TRANSFORM_DROP_NULL: { anything: 1 }, TRANSFORM_SPLIT_FIELD: {} }

const parentsOf = (type: string) => (type.startsWith('SOURCE') ? [] : /JOIN|UNION/.test(type) ? [1, 2] : [1])

const node = (type: string, change: Node = {}): Node => ({
  type,
  id: 3,
  name: '거르기 1',
  parentNodeIds: parentsOf(type),
  ...members[type],
  ...change,
})

const sources = [node('SOURCE_OBS', { id: 1, name: 'one' }), node('SOURCE_CATALOG', { id: 2, name: 'two' })]
const graph = (type: string, change?: Node) => [...sources, node(type, change)]

const fails = (t: Test, nodes: unknown, message: string | RegExp, bodies?: a.JobBodies) =>
  t.throws(() => check(nodes, bodies), { code: 'badParameter', message })

for (const type of Object.keys(members)) {
  t.test(`accepts ${type}, in every edition and with members of its own`, async t => {
    const sent = graph(type, { note: { deep: [1.5, null] } })
    for (const edition of Object.values(bodies)) t.equal(check(sent, edition), JSON.stringify(sent))
  })
  t.test(`rejects ${type} without any of its members`, async t => {
    for (const key of Object.keys(node(type))) {
      const sent = graph(type, { [key]: undefined })
      if (['updateType', 'coalesce'].includes(key) || (key === 'prefix' && type === 'TRANSFORM_JOIN')) {
        t.equal(check(sent), JSON.stringify(sent))
      } else fails(t, sent, new RegExp(`^nodes: /nodes/2/${key} \\(node.*\\): must be .*, is missing$`))
    }
  })
}

for (const [type, more] of Object.entries(onlyFirst)) {
  t.test(`accepts ${type} in the first edition only`, async t => {
    const sent = graph(type, more)
    t.equal(check(sent, bodies.a), JSON.stringify(sent))
    fails(t, sent, new RegExp(`^nodes: /nodes/2/type \\(node 3 "거르기 1"\\): must be one of .*, was "${type}"$`))
  })
}

const words: [string, string, readonly string[]][] = [
  ['SOURCE_OBS', 'dataType', ['JSON', 'CSV', 'PARQUET', 'NDJSON']],
  ['TARGET_OBS', 'dataType', ['JSON', 'CSV', 'PARQUET']],
  ['TARGET_OBS', 'updateType', ['OVERWRITE', 'APPEND', 'IGNORE']],
  ['TRANSFORM_JOIN', 'joinType', ['INNER', 'LEFT_OUTER', 'RIGHT_OUTER', 'FULL_OUTER']],
  ['TRANSFORM_UNION', 'unionType', ['ALL', 'DISTINCT']],
  ['TRANSFORM_FILTER', 'filterType', ['AND', 'OR']],
]

for (const [type, key, allowed] of words) {
  t.test(`accepts the words of ${type}/${key}`, async t => {
    for (const word of allowed) t.ok(check(graph(type, { [key]: word })))
    for (const word of ['NONE', allowed[0]?.toLowerCase()]) {
      const expected = `must be one of ${allowed.join(', ')}, was "${word}"`
      fails(t, graph(type, { [key]: word }), `nodes: /nodes/2/${key} (node 3 "거르기 1"): ${expected}`)
    }
  })
}

const operators = ['EQ', 'NE', 'GT', 'LT', 'GTE', 'LTE']
t.test('accepts the operators of joins and filters', async t => {
  for (const operator of operators) {
    t.ok(check(graph('TRANSFORM_FILTER', { filterConditionList: [{ name: 'x', operator, value: '' }] })))
    t.ok(check(graph('TRANSFORM_JOIN', { joinConditionList: [{ ...condition, joinOperator: operator }] })))
  }
  for (const conditionOperator of ['HEAD', 'AND', 'OR']) {
    t.ok(check(graph('TRANSFORM_JOIN', { joinConditionList: [{ ...condition, conditionOperator }] })))
  }
})

const max = '9223372036854775807'
const whole64 = `must be a whole number of 64 bits (-9223372036854775808 to ${max}) in plain digits`
const third = 'nodes: /nodes/2'
const whose = '(node 3 "거르기 1")'

const refused: readonly { readonly nodes: unknown; readonly message: string }[] = [
  { nodes: [1], message: 'nodes: /nodes/0: must be an object, was 1' },
  { nodes: [[]], message: 'nodes: /nodes/0: must be an object, was a list of 0' },
  {
    nodes: graph('TRANSFORM_SELECT', { name: '' }),
    message: `${third}/name (node 3 ""): must be a text that is not empty, was ""`,
  },
  { nodes: graph('TRANSFORM_SELECT', { id: '3' }), message: `${third}/id (node "거르기 1"): ${whole64}, was "3"` },
  { nodes: graph('TRANSFORM_SELECT', { id: 3.5 }), message: `${third}/id (node 3.5 "거르기 1"): ${whole64}, was 3.5` },
  {
    nodes: graph('TRANSFORM_SELECT', { id: 1e21 }),
    message: `${third}/id (node 1e+21 "거르기 1"): ${whole64}, was 1e+21`,
  },
  {
    nodes: `[{"type":"SOURCE_OBS","id":9223372036854775808,"name":"x"}]`,
    message: `nodes: /nodes/0/id (node 9223372036854775808 "x"): ${whole64}, was 9223372036854775808`,
  },
  {
    nodes: graph('TRANSFORM_SELECT', { fieldList: [{ name: 'x', type: 'string', properties: [{ name: 1 }] }] }),
    message: `${third}/fieldList/0/properties/0/name ${whose}: must be a text, was 1`,
  },
  {
    nodes: graph('TRANSFORM_SELECT', { fieldList: [...fieldList, { name: 'x', type: 'text' }] }),
    message: `${third}/fieldList/1/type ${whose}: must be one of ${columnTypes.join(', ')} in any letter case, was "text"`,
  },
  {
    nodes: graph('TRANSFORM_FILTER', { filterConditionList: [{ name: 'x', operator: '=', value: '' }] }),
    message: `${third}/filterConditionList/0/operator ${whose}: must be one of ${operators.join(', ')}, was "="`,
  },
  {
    nodes: graph('TRANSFORM_AGGREGATE', { aggregateFieldList: [{ name: 'x', function: 'SUM' }] }),
    message: `${third}/aggregateFieldList/0/ResultName ${whose}: must be a text, is missing`,
  },
  {
    nodes: graph('TARGET_OBS', { coalesce: 0 }),
    message: `${third}/coalesce ${whose}: must be a whole number from 1 to 2147483647, was 0`,
  },
  {
    nodes: graph('SOURCE_OBS', { id: 1 }),
    message: 'nodes: /nodes/2/id (node 1 "거르기 1"): must be unique, 1 is also the id of /nodes/0',
  },
  {
    nodes: graph('SOURCE_OBS', { parentNodeIds: [1] }),
    message: `${third}/parentNodeIds ${whose}: must be an empty list in a SOURCE_OBS node, was a list of 1`,
  },
  ...['TRANSFORM_SELECT', 'TARGET_OBS'].flatMap(type =>
    [[], [1, 2]].map(parentNodeIds => ({
      nodes: graph(type, { parentNodeIds }),
      message: `${third}/parentNodeIds ${whose}: must be a list of exactly 1 id in a ${type} node, was a list of ${parentNodeIds.length}`,
    })),
  ),
  ...['TRANSFORM_JOIN', 'TRANSFORM_UNION'].map(type => ({
    nodes: graph(type, { parentNodeIds: [1] }),
    message: `${third}/parentNodeIds ${whose}: must be a list of exactly 2 ids in a ${type} node, was a list of 1`,
  })),
  {
    nodes: graph('TRANSFORM_SQL', { parentNodeIds: [] }),
    message: `${third}/parentNodeIds ${whose}: must be a list of 1 id or more in a TRANSFORM_SQL node, was a list of 0`,
  },
  {
    nodes: graph('TRANSFORM_UNION', { parentNodeIds: [1, 1] }),
    message: `${third}/parentNodeIds/1 ${whose}: must be there once, 1 was there before`,
  },
  {
    nodes: graph('TRANSFORM_SELECT', { parentNodeIds: [7] }),
    message: `${third}/parentNodeIds/0 ${whose}: must be the id of a node of this job, was 7`,
  },
  {
    nodes: graph('TRANSFORM_SELECT', { parentNodeIds: [3] }),
    message: `${third}/parentNodeIds/0 ${whose}: must be another node, was the id of the node itself, 3`,
  },
  {
    nodes: [...graph('TARGET_OBS'), node('TRANSFORM_SELECT', { id: 4, name: 'late', parentNodeIds: [3] })],
    message: 'nodes: /nodes/3/parentNodeIds/0 (node 4 "late"): must be a source or a transform, 3 is a target',
  },
  {
    nodes: graph('TRANSFORM_JOIN', { leftNodeId: 4 }),
    message: `${third}/leftNodeId ${whose}: must be one of the parents 1, 2, was 4`,
  },
  {
    nodes: graph('TRANSFORM_JOIN', { rightNodeId: 4 }),
    message: `${third}/rightNodeId ${whose}: must be one of the parents 1, 2, was 4`,
  },
  {
    nodes: graph('TRANSFORM_JOIN', { rightNodeId: 1 }),
    message: `${third}/rightNodeId ${whose}: must be another node than leftNodeId, was 1 too`,
  },
  {
    nodes: graph('TRANSFORM_SQL', { sourceNameList: [{ parentId: 2, newName: 'b' }] }),
    message: `${third}/sourceNameList/0/parentId ${whose}: must be one of the parents 1, was 2`,
  },
  {
    nodes: [
      ...sources,
      node('TRANSFORM_UNION', { parentNodeIds: [1, 4] }),
      node('TRANSFORM_SELECT', { id: 4, name: 'four', parentNodeIds: [3] }),
    ],
    message: `${third}/parentNodeIds ${whose}: must not lead back to the node itself, was the cycle 3 -> 4 -> 3`,
  },
]

for (const { nodes, message } of refused) {
  t.test(`rejects ${message}`, async t => fails(t, nodes, message))
}

const switches: readonly [Partial<Assumed>, Node[], boolean][] = [
  [{ nodeName: 'job' }, graph('TRANSFORM_SELECT'), false],
  [{ nodeName: 'job' }, [node('SOURCE_OBS', { name: 'abc' })], true],
  [{ columnType: 'printed' }, sources, false],
  [{ columnType: 'printed' }, [node('SOURCE_OBS', { fieldList: [{ name: 'x', type: 'Bigint' }] })], true],
  ...(['both', 'capital', 'small'] as const).flatMap(resultName =>
    ['ResultName', 'resultName'].map((key): [Partial<Assumed>, Node[], boolean] => [
      { resultName },
      graph('TRANSFORM_AGGREGATE', { aggregateFieldList: [{ name: 'x', [key]: 'y', function: 'MAX' }] }),
      resultName === 'both' || (resultName === 'capital') === (key === 'ResultName'),
    ]),
  ),
]

for (const [assumed, nodes, fits] of switches) {
  t.test(`${fits ? 'accepts' : 'rejects'} ${JSON.stringify(nodes.at(-1))} with ${JSON.stringify(assumed)}`, async t => {
    const switched = b.jobBodies(assume(assumed))
    if (fits) t.equal(check(nodes, switched), JSON.stringify(nodes))
    else fails(t, nodes, /^nodes: \/nodes\/\d\/.*: must be /, switched)
  })
}

t.test('accepts types of columns in any letter case', async t => {
  for (const type of columnTypes.flatMap(type => [type, type.toLowerCase(), type.toUpperCase()])) {
    t.ok(check([node('SOURCE_OBS', { fieldList: [{ name: 'x', type }] })]))
  }
})

t.test('shows sub-columns of every column, and changes nothing else', async t => {
  const id = '1697776914576123457'
  const stored = `[{"id":${id},"fieldList":[{"name":"a","type":"Map","properties":[{"name":"b","x":1}]},{"name":"c"},7]},{"name":"n"},8]`
  t.equal(
    presentNodes(stored).text,
    `[{"id":${id},"fieldList":[{"name":"a","type":"Map","properties":[{"name":"b","x":1,"properties":[]}]},{"name":"c","properties":[]},7]},{"name":"n"},8]`,
  )
})

/** Any graph in which every node has parents before it; ids are any different 64-bit integers, in any order. */
const someGraph = fc
  .tuple(
    fc.uniqueArray(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 3, maxLength: 25 }),
    fc.infiniteStream(fc.nat()),
  )
  .map(([ids, stream]) => {
    const draw = (below: number) => Number(stream.next().value) % below
    return ids.map((id, index) => {
      const before = ids.slice(0, index)
      const [one, two] = [before[draw(index || 1)], before[draw(index || 1)]]
      if (one === undefined || two === undefined || draw(4) === 0) return { id, type: 'SOURCE_OBS', parents: [] }
      return one === two
        ? { id, type: 'TRANSFORM_SELECT', parents: [one] }
        : { id, type: 'TRANSFORM_JOIN', parents: [one, two] }
    })
  })

interface Drawn {
  readonly id: bigint
  readonly type: string
  readonly parents: readonly bigint[]
}

/** JSON with every id in digits. */
const written = (nodes: readonly Drawn[]) =>
  `[${nodes
    .map(({ id, type, parents }) => {
      const [left, right] = parents
      const links = type === 'TRANSFORM_JOIN' ? `,"leftNodeId":${right},"rightNodeId":${left}` : ''
      const { leftNodeId: _left, rightNodeId: _right, ...rest } = members[type] ?? {}
      const own = JSON.stringify(rest).slice(1, -1)
      return `{"type":"${type}","id":${id},"name":"n","parentNodeIds":[${parents}]${links},${own}}`
    })
    .join(',')}]`

t.test('accepts any graph without a cycle, in any order, digit for digit, and rejects one edge back', async () => {
  fc.assert(
    fc.property(someGraph, fc.nat(), (nodes, turn) => {
      const at = turn % nodes.length
      const text = written([...nodes.slice(at), ...nodes.slice(0, at)])
      assert.equal(check(text), text)

      // From a node up to its first ancestor, which then gets the node as its only parent.
      const child = nodes.findLast(({ parents }) => parents.length > 0)
      const parent = nodes.find(({ id }) => id === child?.parents[0])
      if (!child || !parent) return
      const back = nodes.map(node =>
        node === parent ? { id: node.id, type: 'TRANSFORM_SELECT', parents: [child.id] } : node,
      )
      assert.throws(() => check(written(back)), /must not lead back to the node itself, was the cycle (-?\d+) -> .*\1/)
    }),
  )
})

t.test('handles ten thousand nodes, as a chain and as a ring', async t => {
  const ring = Array.from({ length: 10_000 }, (_, index) =>
    node('TRANSFORM_SELECT', { id: index, name: 'n', parentNodeIds: [(index + 9_999) % 10_000] }),
  )
  const chain = [node('SOURCE_OBS', { id: 0 }), ...ring.slice(1)]
  t.equal(check(chain).length, JSON.stringify(chain).length)
  fails(t, ring, /^nodes: \/nodes\/\d+\/parentNodeIds .*: must not lead back .* -> \(9990 more\)$/)
})
