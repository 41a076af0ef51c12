import { invisible, readable, wraps } from './characters.ts'
import { type Family, family, missing, quote, type Rank } from './hypothesis.ts'
import type { Case } from './writing.ts'

const pathAsSent = 'the path exactly as it is sent'

/** Prefixes under which a proxy may publish the API. */
const prefixes = [
  'dataflow',
  'data-flow',
  'ncp',
  'ncloud',
  'naver',
  'api',
  'proxy',
  'gateway',
  'apigw',
  'emulator',
  'mock',
  'backend',
  'service',
  'services',
  'internal',
  'external',
  'public',
  'v1',
  'v2',
  'api/v1',
  'dev',
  'test',
  'stage',
  'staging',
  'prod',
  'local',
  'df',
  'app',
  'rest',
  'api/dataflow',
  'proxy/dataflow',
  'ncp/dataflow',
  'ncp-dataflow',
  'ncp-dataflow-emulator',
]

/** Headers in which proxies tell the path that they were asked for, or the prefix that they removed. */
const forwardedNames = [
  'x-forwarded-prefix',
  'x-forwarded-path',
  'x-forwarded-uri',
  'x-original-uri',
  'x-original-url',
  'x-rewrite-url',
  'x-envoy-original-path',
  'x-replaced-path',
  'x-script-name',
]

/** The prefixes that a proxy tells of. */
function* toldPrefixes({ headers, right: { path } }: Case): Iterable<string> {
  for (const name of forwardedNames) {
    const told = headers(name)
      .split(/[?,]/, 1)
      .join('')
      .replace(/^[a-z]+:\/\/[^/]+/, '')
    if (told === '') continue
    const prefix = told.endsWith(path) ? told.slice(0, -path.length) : told.replace(/\/$/, '')
    yield prefix.startsWith('/') ? prefix : `/${prefix}`
  }
}

function* shorterPaths({ right: { path } }: Case): Iterable<string> {
  const segments = path.split('/').slice(1)
  for (let gone = 2; gone > 0; gone--) if (segments.length > gone) yield `/${segments.slice(gone).join('/')}`
  for (let gone = 3; gone < Math.min(segments.length, 6); gone++) yield `/${segments.slice(gone).join('/')}`
  for (let gone = 1; gone < Math.min(segments.length, 4); gone++) yield segments.slice(gone).join('/')
}

function* repeatedSlashes({ right: { path } }: Case): Iterable<string> {
  yield `/${path}`
  yield path.replaceAll(/\/{2,}/g, '/')
  for (let at = path.indexOf('/', 1); at > 0 && at < 200; at = path.indexOf('/', at + 1)) {
    yield `${path.slice(0, at)}/${path.slice(at)}`
    yield `${path.slice(0, at)}/.${path.slice(at)}`
  }
  yield `/.${path}`
  yield path.replaceAll('/', '//')
  yield `${path}//`
}

/** The words that name what an id in a path is of, as the APIs write them. */
function idNames(before: string): string[] {
  const word = before.endsWith('ies') ? `${before.slice(0, -3)}y` : before.replace(/s$/, '')
  const upper = word.slice(0, 1).toUpperCase() + word.slice(1)
  return [
    `${word}Id`,
    'id',
    `${word}_id`,
    `${word}-id`,
    word,
    `${word}ID`,
    `${word}id`,
    `${word}No`,
    `${upper}Id`,
    'Id',
    'ID',
    `${word.toUpperCase()}_ID`,
    before,
    'uuid',
    'name',
    'key',
    `job${upper}Id`,
    `workflow${upper}Id`,
    `${word}.id`,
    `this.${word}Id`,
    'item',
  ]
}

const placeholderForms: readonly ((name: string) => string)[] = [
  name => `{${name}}`,
  name => `:${name}`,
  name => `<${name}>`,
  name => `\${${name}}`,
  name => `{{${name}}}`,
  name => `%7B${name}%7D`,
  name => `$${name}`,
  name => `[${name}]`,
  name => `#{${name}}`,
  name => `%3C${name}%3E`,
  name => `%${name}%`,
  name => `(${name})`,
  name => `@${name}`,
  name => name,
  name => `{+${name}}`,
  name => `<string:${name}>`,
  name => `{${name}:.+}`,
  name => `{{ ${name} }}`,
  name => `{ ${name} }`,
  name => `<str:${name}>`,
  name => `{${name}:string}`,
  name => `(?P<${name}>[^/]+)`,
  name => `#${name}`,
  name => `=${name}`,
]
const namelessForms = ['([^/]+)', '{}', '%s', '{0}', '*', '%d', '?', '{1}', '**', ':', '%v', '$1', '<>']

/** Segments that are words of an API rather than ids. */
const isWord = (segment: string): boolean => /^[a-z]+(-[a-z]+)*$|^v\d+$/.test(segment)

/** The places of the ids in a path, each with the word in front of it. */
function idsOf(path: string): { readonly at: number; readonly before: string }[] {
  const segments = path.split('/')
  return segments.flatMap((segment, at) => {
    const before = segments[at - 1] ?? ''
    return at > 3 && segment !== '' && (at % 2 === 0 || !isWord(segment)) && isWord(before) ? [{ at, before }] : []
  })
}

/** The path with its ids replaced: all of them, and one at a time. */
function* withIds({ right: { path } }: Case, replace: (before: string, nth: number) => string): Iterable<string> {
  const segments = path.split('/')
  const ids = idsOf(path)
  const changed = (chosen: typeof ids) =>
    segments.map((segment, at) => {
      const nth = chosen.findIndex(id => id.at === at)
      return nth < 0 ? segment : replace(chosen[nth]?.before ?? '', nth)
    })
  if (ids.length > 0) yield changed(ids).join('/')
  for (const id of ids.length > 1 ? ids : []) yield changed([id]).join('/')
}

function* templates(asked: Case, names: readonly [number, number], forms: readonly [number, number]): Iterable<string> {
  for (const form of placeholderForms.slice(...forms)) {
    for (let nth = names[0]; nth < names[1]; nth++) yield* withIds(asked, before => form(idNames(before)[nth] ?? 'id'))
  }
}

function* namelessTemplates(asked: Case): Iterable<string> {
  for (const form of namelessForms) yield* withIds(asked, () => form)
  yield* withIds(asked, (_, nth) => `{${nth}}`)
  yield* withIds(asked, (_, nth) => `%${nth + 1}$s`)
}

/** The path with one of its ids in another form. */
function* withOneId({ right: { path } }: Case, forms: (id: string) => readonly string[]): Iterable<string> {
  const segments = path.split('/')
  for (const { at } of idsOf(path)) {
    for (const form of forms(segments[at] ?? '')) yield segments.with(at, form).join('/')
  }
}

/** What a language or a file writes around an id. */
const aroundIds = [...wraps, ['%22', '%22'], [':', ''], ['Optional("', '")']] as const

/** An id that had no value when the text was signed. */
export function* idsWithoutValue(asked: Case, which: 'common' | 'rare'): Iterable<string> {
  for (const value of missing(which)) {
    yield* withIds(asked, () => value)
    yield* withIds(asked, () => encodeURI(value))
  }
  const { path } = asked.right
  for (const { at } of which === 'common' ? idsOf(path) : []) yield path.split('/').slice(0, at).join('/')
}

const template = (rank: Rank, wrong: (asked: Case) => Iterable<string>): Family =>
  family({
    cause: 'path-template',
    part: 'path',
    rank,
    signed: path => `the template of the path (${quote(path)})`,
    sign: 'the path with its values, as it is sent',
    wrong,
  })

/** Mistakes in the path, beside those of its encoding. */
export const pathFamilies: readonly Family[] = [
  family({
    cause: 'base-path-left-out',
    part: 'path',
    rank: 1,
    signed: shorter => `a path without its first segments (${quote(shorter)})`,
    sign: 'the whole path that is sent, the base path (/api/v1) or a prefix that a proxy adds included',
    wrong: shorterPaths,
  }),
  family({
    cause: 'leading-slash-left-out',
    part: 'path',
    rank: 2,
    signed: 'the path without its first slash',
    sign: 'the path with it',
    wrong: ({ right: { path } }) => [path.slice(1)],
  }),
  family({
    cause: 'trailing-slash',
    part: 'path',
    rank: 1,
    signed: slashed => `the path ${slashed.endsWith('/') ? 'with' : 'without'} a slash at its end`,
    sign: 'the path as it is sent',
    wrong: ({ right: { path } }) => [path.endsWith('/') ? path.slice(0, -1) : `${path}/`],
  }),
  template(2, asked => templates(asked, [0, 4], [0, 4])),
  family({
    cause: 'repeated-slash',
    part: 'path',
    rank: 2,
    signed: path => `the path as ${quote(path)}`,
    sign: pathAsSent,
    wrong: repeatedSlashes,
  }),
  family({
    cause: 'path-prefix',
    part: 'origin',
    rank: 2,
    signed: prefix => `the path with the prefix ${quote(prefix)} in front of it`,
    sign: 'the path that arrives here (a proxy removes the prefix)',
    wrong: toldPrefixes,
  }),
  family({
    cause: 'path-prefix',
    part: 'origin',
    rank: 3,
    signed: prefix => `the path with the prefix ${quote(prefix)} in front of it`,
    sign: 'the path that arrives here (a proxy removes the prefix)',
    wrong: () => prefixes.map(prefix => `/${prefix}`),
  }),
  template(3, asked => templates(asked, [0, 21], [0, 24])),
  template(3, namelessTemplates),
  family({
    cause: 'in-quotes',
    part: 'path',
    rank: 3,
    signed: path => `an id with quotes or brackets around it (${quote(readable(path))})`,
    sign: pathAsSent,
    wrong: asked => withOneId(asked, id => aroundIds.map(([open, close]) => `${open}${id}${close}`)),
  }),
  family({
    cause: 'control-character',
    part: 'path',
    rank: 3,
    signed: path => `an id with white space or an invisible character beside it (${quote(readable(path))})`,
    sign: 'the id alone (is it read from a file or a variable with a line end?)',
    wrong: asked =>
      withOneId(asked, id => [...invisible, '%20', '%0A', '%0D%0A', '%09'].flatMap(extra => [id + extra, extra + id])),
  }),
  family({
    cause: 'letter-case',
    part: 'path',
    rank: 3,
    signed: path => `an id in another letter case (${quote(path)})`,
    sign: pathAsSent,
    wrong: asked => withOneId(asked, id => [id.toLowerCase(), id.toUpperCase()]),
  }),
]
