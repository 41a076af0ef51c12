import { inside } from '../../../schema/place.ts'
import { integer, listOf, long, missing, oneOf, refined, type Shape, text } from '../../../schema/shape.ts'
import type { Assumed } from '../../assumptions.ts'
import { optional, record, required, under } from '../../body.ts'
import { column, type NodeTypes, someParents, source, target, transform, twoParents } from '../../node-types.ts'

const operator = oneOf(['EQ', 'NE', 'GT', 'LT', 'GTE', 'LTE'])
const conditionOperator = oneOf(['HEAD', 'AND', 'OR'])
const updateType = oneOf(['OVERWRITE', 'APPEND', 'IGNORE'])
const files = integer(1, 2 ** 31 - 1)

function resultName(assumed: Assumed) {
  const member = optional(text, under('result'))
  return {
    ...(assumed.resultName === 'small' ? {} : { ResultName: member }),
    ...(assumed.resultName === 'capital' ? {} : { resultName: member }),
  }
}

function aggregated(assumed: Assumed): Shape<object> {
  const resultNames = resultName(assumed)
  const [key = ''] = Object.keys(resultNames)
  const shape = record({
    name: required(text),
    ...resultNames,
    function: required(oneOf(['SUM', 'AVG', 'MAX', 'MIN'])),
  })
  return refined(shape, (taken, at) => ('result' in taken ? taken : missing(text, inside(at, key))))
}

function places(assumed: Assumed) {
  const columns = { fieldList: required(listOf(column(assumed))) }
  const database = { connectionId: required(text), table: required(text), ...columns }
  const catalog = { database: required(text), table: required(text), schemaVersion: required(text), ...columns }
  const bucket = { regionNo: required(text), bucketName: required(text), prefix: required(text) }
  return { columns, database, catalog, bucket }
}

const sources = ({ columns, database, catalog, bucket }: ReturnType<typeof places>) => ({
  SOURCE_CATALOG: source(catalog),
  SOURCE_CDB_MYSQL: source(database),
  SOURCE_CDB_POSTGRESQL: source(database),
  SOURCE_OBS: source({ ...bucket, dataType: required(oneOf(['JSON', 'CSV', 'PARQUET', 'NDJSON'])), ...columns }),
})

const transforms = (assumed: Assumed, { columns }: ReturnType<typeof places>) => ({
  TRANSFORM_DEFINE: transform({
    defineFieldList: required(
      listOf(record({ name: required(text), newType: required(text), newName: required(text) })),
    ),
  }),
  TRANSFORM_SELECT: transform(columns),
  TRANSFORM_JOIN: transform(
    {
      joinType: required(oneOf(['INNER', 'LEFT_OUTER', 'RIGHT_OUTER', 'FULL_OUTER'])),
      leftNodeId: required(long, left => ({ left })),
      rightNodeId: required(long, right => ({ right })),
      joinConditionList: required(
        listOf(
          record({
            leftField: required(text),
            rightField: required(text),
            joinOperator: required(operator),
            conditionOperator: required(conditionOperator),
          }),
        ),
      ),
      prefix: optional(text),
    },
    twoParents,
  ),
  TRANSFORM_FILTER: transform({
    filterType: required(oneOf(['AND', 'OR'])),
    filterConditionList: required(
      listOf(record({ name: required(text), operator: required(operator), value: required(text) })),
    ),
  }),
  TRANSFORM_UNION: transform({ unionType: required(oneOf(['ALL', 'DISTINCT'])) }, twoParents),
  TRANSFORM_AGGREGATE: transform({
    groupByList: required(listOf(text)),
    aggregateFieldList: required(listOf(aggregated(assumed))),
  }),
  TRANSFORM_RENAME: transform({
    renameFieldList: required(listOf(record({ name: required(text), newName: required(text) }))),
  }),
  // The members of these two are not on record.
  TRANSFORM_DROP_NULL: transform({}),
  TRANSFORM_SPLIT_FIELD: transform({}),
  TRANSFORM_DROP_DUPLICATION: transform({ dropFieldList: required(listOf(text)) }),
  TRANSFORM_FILL_MISSING_VALUES: transform({
    missingValueFieldList: required(listOf(record({ name: required(text), defaultValue: required(text) }))),
  }),
  TRANSFORM_SQL: transform(
    {
      sourceNameList: required(
        listOf(record({ parentId: required(long, parentId => ({ parentId })), newName: required(text) })),
        named => ({ sources: named.map(({ parentId }) => parentId) }),
      ),
      sql: required(text),
    },
    someParents,
  ),
})

const targets = ({ columns, database, catalog, bucket }: ReturnType<typeof places>) => ({
  TARGET_CDB_MYSQL: target({ ...database, updateType: optional(updateType) }),
  TARGET_CDB_POSTGRESQL: target({ ...database, updateType: optional(updateType) }),
  TARGET_OBS: target({
    ...bucket,
    dataType: required(oneOf(['JSON', 'CSV', 'PARQUET'])),
    updateType: optional(updateType),
    coalesce: optional(files),
    ...columns,
  }),
  TARGET_CATALOG: target({ ...catalog, updateType: optional(updateType), coalesce: optional(files) }),
})

/** Every type of node that a job may have, with the members beside those of every node. */
export function nodeTypes(assumed: Assumed): NodeTypes {
  const shared = places(assumed)
  return { ...sources(shared), ...transforms(assumed, shared), ...targets(shared) }
}
