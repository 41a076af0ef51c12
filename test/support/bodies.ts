import type { EditionId } from '../../src/api/editions/editions.ts'

const column = { name: 'city', type: 'string' }
const bucket = { regionNo: '1', bucketName: 'raw', prefix: 'in/', dataType: 'CSV', fieldList: [column] }

/** A graph of three nodes as text: ids that JavaScript would round, members nobody knows, `name` spelled freely. */
export const nodesText =
  `[{"type":"SOURCE_OBS","id":9007199254740993,"name":"Object Storage","parentNodeIds":[],"x":{"y":1.50},` +
  `${JSON.stringify(bucket).slice(1)},` +
  `{"type":"TRANSFORM_FILTER","id":-9223372036854775808,"name":"\\ud544\\ud130","parentNodeIds":[9007199254740993],` +
  `"filterType":"AND","filterConditionList":[{"name":"city","operator":"EQ","value":"seoul"}]},` +
  `{"type":"TARGET_OBS","id":9223372036854775807,"name":"out","parentNodeIds":[-9223372036854775808],` +
  `${JSON.stringify({ ...bucket, updateType: 'OVERWRITE' }).slice(1)}]`

/** The same graph as replies show it: columns have their sub-columns. */
export const shownNodes = nodesText
  .replaceAll('"type":"string"}', '"type":"string","properties":[]}')
  .replaceAll('1.50', '1.5')
  .replaceAll('\\ud544\\ud130', '필터')

/** Settings of an execution in full. */
export const settings = {
  numWorker: 3,
  timeout: 10,
  nrn: 'nrn:PUB:IAM::1234567:Role/r',
  scriptPath: 'bucket/scripts/',
  logPath: 'bucket/logs/',
}

/** The body that creates a job in an edition. */
export const newJob = (edition: EditionId, name = 'nightly'): Record<string, unknown> =>
  edition === '2026-09' ? { name, type: 'VISUAL', nodes: [] } : { name, nodes: [] }

/** The body that runs a job in an edition. */
export const executionBody = { jobCondition: settings }
