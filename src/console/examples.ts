/** Graphs to begin with, as the API takes them. */
const columns = [
  { name: 'orderId', type: 'bigint' },
  { name: 'amount', type: 'double' },
]
const stored = (id: number, name: string, prefix: string) => ({
  type: 'SOURCE_OBS',
  id,
  name,
  parentNodeIds: [],
  regionNo: '1',
  bucketName: 'demo-orders',
  prefix,
  dataType: 'CSV',
  fieldList: columns,
})
const target = (parent: number) => ({
  type: 'TARGET_OBS',
  id: 9,
  name: 'clean orders',
  parentNodeIds: [parent],
  regionNo: '1',
  bucketName: 'demo-orders',
  prefix: 'clean/',
  dataType: 'PARQUET',
  fieldList: columns,
  updateType: 'OVERWRITE',
})

export const exampleNodes = {
  filter: [
    stored(1, 'raw orders', 'raw/'),
    {
      type: 'TRANSFORM_FILTER',
      id: 2,
      name: 'paid only',
      parentNodeIds: [1],
      filterType: 'AND',
      filterConditionList: [{ name: 'amount', operator: 'GT', value: '0' }],
    },
    target(2),
  ],
  join: [
    stored(1, 'raw orders', 'raw/'),
    stored(2, 'members', 'members/'),
    {
      type: 'TRANSFORM_JOIN',
      id: 3,
      name: 'with members',
      parentNodeIds: [1, 2],
      joinType: 'INNER',
      leftNodeId: 1,
      rightNodeId: 2,
      joinConditionList: [
        { leftField: 'orderId', rightField: 'orderId', joinOperator: 'EQ', conditionOperator: 'AND' },
      ],
    },
    target(3),
  ],
  emptyGraph: [],
} as const

export type Example = keyof typeof exampleNodes

/** The body that creates a job; some editions want its type. */
export const newJob = (name: string, example: Example, typed: boolean) => ({
  name,
  ...(typed && { type: 'VISUAL' }),
  nodes: exampleNodes[example],
})
