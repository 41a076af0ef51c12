import { readFileSync } from 'node:fs'
import type { Assumption } from '../src/api/assumption.ts'
import { assumptions } from '../src/api/assumptions.ts'
import { editionIds } from '../src/api/editions/editions.ts'
import { helpText } from '../src/config/help.ts'
import { options } from '../src/config/options.ts'
import { causes } from '../src/diagnosis/causes.ts'
import { diagnose } from '../src/diagnosis/diagnose.ts'
import type { Diagnosis } from '../src/diagnosis/diagnosis.ts'
import { gatewayErrorNames, serviceErrorNames } from '../src/domain/api-error.ts'
import { authHeaderNames } from '../src/domain/auth-headers.ts'
import { faultErrors, faultPresetNames } from '../src/faults/rule.ts'
import { packageRoot } from '../src/package.ts'
import { moment, pair } from './signature-page.ts'

type Node = Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

/** Every member below a JSON schema: `member`, `member.member`, `member[]` for an element, `member=word` for a value. */
function* wordsIn(schema: unknown, at = ''): Generator<string> {
  if (!isNode(schema)) return
  if (typeof schema.const === 'string') yield `${at}=${schema.const}`
  if (Array.isArray(schema.enum)) for (const value of schema.enum) yield `${at}=${value}`
  for (const [name, member] of Object.entries(isNode(schema.properties) ? schema.properties : {})) {
    const path = at === '' ? name : `${at}.${name}`
    yield path
    yield* wordsIn(member, path)
  }
  for (const part of [schema.anyOf, schema.oneOf, schema.allOf].flatMap(nodesIn)) yield* wordsIn(part, at)
  yield* wordsIn(schema.items, `${at}[]`)
  if (isNode(schema.additionalProperties)) yield* wordsIn(schema.additionalProperties, `${at}.*`)
}

type Topic = readonly [name: string, words: Iterable<string>]

const read = (path: string) => JSON.parse(readFileSync(new URL(path, packageRoot), 'utf8'))

const schemaOf = (content: unknown): unknown => {
  const [media] = Object.values(isNode(content) ? content : {})
  return isNode(media) ? media.schema : undefined
}

/** Operations, parameters, bodies, responses and named schemas of a committed OpenAPI document. */
function* topicsOf(kind: string, path: string): Generator<Topic> {
  const { paths, components } = read(path)
  for (const [path, methods] of Object.entries<Record<string, Node>>(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const { operationId, parameters, requestBody, responses } = operation
      const at = `${kind} ${method.toUpperCase()} ${path}`
      const query = nodesIn(parameters).flatMap(({ name, schema }) => [String(name), ...wordsIn(schema, String(name))])
      const statuses = Object.keys(isNode(responses) ? responses : {}).filter(status => status < '300')
      yield [at, operationId ? [String(operationId), ...statuses] : statuses]
      yield [`${at} parameters`, query]
      if (isNode(requestBody)) yield [`${at} request`, wordsIn(schemaOf(requestBody.content))]
      for (const [status, response] of Object.entries(isNode(responses) ? responses : {})) {
        if (isNode(response) && status < '300') yield [`${at} ${status}`, wordsIn(schemaOf(response.content))]
      }
    }
  }
  for (const [name, schema] of Object.entries(components.schemas)) yield [`${kind} ${name}`, wordsIn(schema)]
}

/** A diagnosis of each verdict. */
function verdicts(): Diagnosis['verdict'][] {
  const readings = {
    signatureV1: 'accept',
    signatureWinner: 'v2',
    windowEdge: 'refuse',
    timestampForm: 'invalid',
  } as const
  const pairs = () => [pair]
  const judge = (signature: string) => {
    const headers = {
      [authHeaderNames.timestamp]: String(moment),
      [authHeaderNames.accessKey]: pair.accessKey,
      [authHeaderNames.signature]: signature,
    }
    return diagnose({ method: 'GET', target: '/', headers }, { pairs, readings }).diagnosis
  }
  const unexplained = judge(`${'A'.repeat(43)}=`)
  const right = judge('expectedSignature' in unexplained ? String(unexplained.expectedSignature) : '')
  return [unexplained, right, judge('')].map(({ verdict }) => verdict)
}

/** What users write or read and a rename would break, by topic. */
function topics(): Topic[] {
  const help = helpText()
  return [
    ['commands', [...help.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, command = '']) => command)],
    ['flags', [...help.matchAll(/--[a-z][a-z-]*/g)].map(([flag]) => flag)],
    ['environment', [...help.matchAll(/\b(?:NCP|NCLOUD)_[A-Z_]+\b/g)].map(([name]) => name)],
    ['options', Object.keys(options)],
    ...Object.entries<Assumption>(assumptions).map(
      ([name, { values, default: usual }]): Topic => [
        `assumption ${name}`,
        [...Object.keys(values), `default:${usual}`],
      ],
    ),
    ['fault errors', Object.keys(faultErrors)],
    ['fault presets', faultPresetNames],
    ['rejections', [...gatewayErrorNames, ...serviceErrorNames]],
    ['verdicts of a diagnosis', verdicts()],
    ['causes of a diagnosis', ['unexplained', ...Object.keys(causes)]],
    ['fixture', wordsIn(read('fixtures/fixture.schema.json'))],
    ...topicsOf('admin', 'openapi/admin.json'),
    ...editionIds.flatMap(id => [...topicsOf(`api ${id}`, `openapi/${id}.json`)]),
  ]
}

export type PublicWords = ReadonlyMap<string, ReadonlySet<string>>

export const publicWords = (): PublicWords =>
  new Map(
    topics()
      .map(([name, words]): [string, ReadonlySet<string>] => [name, new Set(words)])
      .filter(([, words]) => words.size > 0),
  )

/** Reads the committed list: `topic: word word`. */
export const readPublicWords = (text: string): PublicWords =>
  new Map(
    text
      .split('\n')
      .filter(line => line.includes(': '))
      .map(line => {
        const [topic = '', words = ''] = line.split(': ')
        return [topic, new Set(words.split(' ').filter(Boolean))]
      }),
  )

/** The committed list with every new word added. None is taken out: whoever removes a public word does it by hand. */
export function withNewWords(text: string): string {
  const words = new Map([...readPublicWords(text)].map(([topic, known]) => [topic, new Set(known)]))
  for (const [topic, current] of publicWords()) words.set(topic, new Set([...(words.get(topic) ?? []), ...current]))
  return [...words]
    .map(([topic, all]) => `${topic}: ${[...all].join(' ')}`)
    .concat('')
    .join('\n')
}
