import { readFileSync } from 'node:fs'
import { editionIds } from '../src/api/editions/editions.ts'
import { packageRoot } from '../src/package.ts'

type Schema = Readonly<Record<string, unknown>>

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const schemasIn = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : [])

/** A member name as TypeScript writes it. */
const memberName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name))

const comment = (text: unknown, indent: string): string =>
  typeof text === 'string' ? `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n` : ''

interface Member {
  readonly name: string
  readonly optional: boolean
  readonly type: string
  readonly description?: unknown
}

const block = (members: readonly Member[], indent: string): string =>
  members.length === 0
    ? 'Readonly<Record<string, never>>'
    : `{\n${members
        .map(
          ({ name, optional, type, description }) =>
            `${comment(description, `${indent}  `)}${indent}  readonly ${name}${optional ? '?' : ''}: ${type}\n`,
        )
        .join('')}${indent}}`

function objectType(schema: Schema, schemas: string, indent: string): string {
  const required = Array.isArray(schema.required) ? schema.required : []
  const members = Object.entries(isSchema(schema.properties) ? schema.properties : {}).map(([name, member]) => ({
    name: memberName(name),
    optional: !required.includes(name),
    type: typeOf(member, schemas, `${indent}  `),
    description: isSchema(member) ? member.description : undefined,
  }))
  const others = schema.additionalProperties
  if (others === undefined && members.length === 0) return 'object'
  if (others === undefined || others === false) return block(members, indent)
  // Members of an interface must fit its index signature.
  const type = others === true || members.length > 0 ? 'unknown' : typeOf(others, schemas, `${indent}  `)
  return block([...members, { name: '[member: string]', optional: false, type }], indent)
}

/** The TypeScript type of the values that a JSON schema describes; `schemas` is the interface of the named ones. */
function typeOf(schema: unknown, schemas: string, indent: string): string {
  if (!isSchema(schema)) return 'unknown'
  if (typeof schema.$ref === 'string') return `${schemas}[${JSON.stringify(schema.$ref.split('/').at(-1))}]`
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
  const parts = schemasIn(schema.anyOf ?? schema.oneOf)
  if (parts.length > 0) return parts.map(part => typeOf(part, schemas, indent)).join(' | ')
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `readonly (${typeOf(schema.items, schemas, indent)})[]`
    case 'object':
      return objectType(schema, schemas, indent)
    default:
      return 'unknown'
  }
}

const jsonSchemaOf = (content: unknown): unknown => {
  const [media] = Object.values(isSchema(content) ? content : {})
  return isSchema(media) ? media.schema : undefined
}

/** Request and response of an operation as one object type. */
function operationType(operation: Schema, schemas: string): string {
  const parameters = schemasIn(operation.parameters)
  const among = (place: string) =>
    block(
      parameters
        .filter(parameter => parameter.in === place)
        .map(({ name, required, schema, description }) => ({
          name: memberName(String(name)),
          optional: required !== true,
          type: typeOf(schema, schemas, '      '),
          description,
        })),
      '    ',
    )
  const { requestBody, responses } = operation
  const [, response] =
    Object.entries(isSchema(responses) ? responses : {}).find(([status]) => status.startsWith('2')) ?? []
  const body = isSchema(requestBody) ? requestBody : undefined
  return block(
    [
      { name: 'path', optional: false, type: among('path'), description: 'Parameters of the path.' },
      { name: 'query', optional: false, type: among('query'), description: 'Parameters of the query.' },
      ...(body
        ? [
            {
              name: 'body',
              optional: body.required !== true,
              type: typeOf(jsonSchemaOf(body.content), schemas, '    '),
              description: 'The request body.',
            },
          ]
        : []),
      {
        name: 'response',
        optional: false,
        type: typeOf(jsonSchemaOf(isSchema(response) ? response.content : undefined), schemas, '    '),
        description: 'The body of a successful response.',
      },
    ],
    '  ',
  )
}

function editionTypes(id: string): string {
  const { paths, components } = JSON.parse(readFileSync(new URL(`openapi/${id}.json`, packageRoot), 'utf8'))
  const name = `Edition${id.slice(0, 4)}`
  const schemas = `${name}Schemas`
  const operations = Object.entries<Record<string, Schema>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: String(operation.operationId),
      optional: false,
      type: operationType(operation, schemas),
      description: `${method.toUpperCase()} ${path}: ${operation.summary}. ${operation.description}`,
    })),
  )
  const named = Object.entries<Schema>(components.schemas).map(([key, schema]) => ({
    name: memberName(key),
    optional: false,
    type: typeOf(schema, schemas, '  '),
    description: schema.description,
  }))
  return `/**
 * Requests and responses of every operation of the edition ${id}, by the name of the operation, such as
 * \`${name}["getJobs"]["response"]\`. They are those of the default assumptions.
 */
export interface ${name} ${block(operations, '')}

/** The named schemas of the edition ${id}, such as \`${schemas}["Job"]\`. */
export interface ${schemas} ${block(named, '')}
`
}

/** The public types of all editions, from their OpenAPI documents. */
export const apiTypes = (): string =>
  `// Generated from openapi/ by \`npm run generate\`.\n\n${editionIds.map(editionTypes).join('\n')}`
