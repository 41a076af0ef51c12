import { posix } from 'node:path'
import ts from 'typescript'

/** Whom each folder of `src`, or file directly in it, may import beside itself. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  cli: [
    'admin',
    'api',
    'config',
    'conformance',
    'diagnosis',
    'domain',
    'emulator.ts',
    'gateway',
    'http',
    'log.ts',
    'package.ts',
    'pull',
    'schema',
    'service',
    'time',
  ],
  library: [
    'admin',
    'api',
    'config',
    'diagnosis',
    'domain',
    'emulator.ts',
    'faults',
    'gateway',
    'journal',
    'log.ts',
    'schema',
    'seed',
    'service',
    'stubs',
    'time',
  ],
  'emulator.ts': [
    'admin',
    'api',
    'config',
    'diagnosis',
    'domain',
    'entropy.ts',
    'faults',
    'gateway',
    'http',
    'journal',
    'log.ts',
    'package.ts',
    'schema',
    'seed',
    'service',
    'store',
    'stubs',
    'time',
    'tls',
  ],
  'openapi-document.ts': ['schema'],
  'log.ts': [],
  'package.ts': [],
  'entropy.ts': [],
  http: [
    'api',
    'diagnosis',
    'domain',
    'entropy.ts',
    'faults',
    'gateway',
    'journal',
    'log.ts',
    'openapi-document.ts',
    'schema',
    'service',
    'stubs',
    'time',
  ],
  admin: [
    'api',
    'diagnosis',
    'domain',
    'faults',
    'gateway',
    'journal',
    'log.ts',
    'openapi-document.ts',
    'package.ts',
    'schema',
    'service',
    'stubs',
    'time',
  ],
  console: [],
  service: ['domain', 'entropy.ts', 'faults', 'journal', 'schema', 'store', 'stubs', 'time'],
  seed: ['api', 'domain', 'entropy.ts', 'log.ts', 'package.ts', 'schema', 'store', 'time'],
  diagnosis: ['domain', 'gateway', 'schema', 'time'],
  faults: ['domain', 'entropy.ts', 'gateway', 'schema', 'time'],
  stubs: ['domain', 'schema'],
  journal: ['diagnosis', 'domain', 'faults', 'gateway', 'schema', 'time'],
  config: ['api', 'domain', 'faults', 'log.ts', 'schema', 'time'],
  // Talks to a target by what it is handed; knows the tables, never the emulator.
  conformance: ['api', 'domain', 'gateway', 'schema', 'time'],
  // Reads an account by the tables, and makes a fixture that the seed takes.
  pull: ['api', 'conformance', 'domain', 'entropy.ts', 'schema', 'seed', 'time'],
  gateway: ['domain', 'schema', 'time'],
  api: ['domain', 'schema', 'time'],
  store: ['domain', 'package.ts', 'schema', 'time'],
  tls: ['domain', 'schema', 'time'],
  domain: ['schema', 'time'],
  schema: ['domain', 'time'],
  time: ['domain', 'schema'],
}

/** Who may import a package; a type costs nothing and shows only where a server is handed through. */
const packageHomes: readonly { name: RegExp; homes: readonly string[]; typesIn: readonly string[] }[] = [
  { name: /^@?fastify(\/|$)/, homes: ['http', 'admin', 'openapi-document.ts'], typesIn: ['emulator.ts', 'library'] },
  { name: /^better-sqlite3$/, homes: ['store'], typesIn: [] },
  { name: /^@faker-js\//, homes: ['seed'], typesIn: [] },
  { name: /^(node:)?process$/, homes: ['cli'], typesIn: [] },
  { name: /^@?preact(\/|$)/, homes: ['console'], typesIn: [] },
]

/** Where `process` may appear; outside the command line, a comment there says why. */
const mayUseProcess = /^src\/(cli\/|store\/sqlite\.ts$|log\.ts$)/

const timeAndChance = /^(Date\.now|performance\.now|Math\.random|(crypto\.)?(randomUUID|randomBytes|randomInt))$/
const editionId = /^20\d\d-(0[1-9]|1[0-2])$/

/** The part of the house that a file of `src` belongs to. */
const partOf = (path: string): string => path.split('/')[1] ?? ''

interface Import {
  readonly from: string
  readonly types: boolean
}

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const { importClause } = node
    const named = importClause?.namedBindings
    const each = named !== undefined && ts.isNamedImports(named) && named.elements.every(({ isTypeOnly }) => isTypeOnly)
    const types =
      importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword || (each && importClause?.name === undefined)
    return { from: node.moduleSpecifier.text, types }
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { from: node.moduleSpecifier.text, types: node.isTypeOnly }
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { from: node.argument.literal.text, types: true }
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [from] = node.arguments
    return { from: from && ts.isStringLiteral(from) ? from.text : 'something not written down', types: false }
  }
  return undefined
}

/** True where a name stands for the global thing, not for a member of something or a key. */
const isOwnName = ({ parent }: ts.Identifier, node: ts.Node) =>
  !(
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isPropertySignature(parent) && parent.name === node)
  )

const isDefaultExport = (node: ts.Node): boolean =>
  ts.isExportAssignment(node) ||
  node.kind === ts.SyntaxKind.DefaultKeyword ||
  (ts.isExportSpecifier(node) && node.name.text === 'default')

type Say = (offence: string) => void

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node
  for (const child of node.getChildren()) yield* nodesOf(child)
}

function judgeImport(path: string, { from, types }: Import, say: Say): string | undefined {
  const part = partOf(path)
  if (from.startsWith('.')) {
    const target = posix.join(posix.dirname(path), from)
    const to = partOf(target)
    if (!target.startsWith('src/')) say(`imports ${from}, which is outside src`)
    else if (part === 'console' && types) return undefined
    else if (to !== part && !mayImport[part]?.includes(to)) say(`imports ${to}, which ${part} may not`)
    return target
  }
  for (const { name, homes, typesIn } of packageHomes) {
    if (name.test(from) && !homes.includes(part) && !(types && typesIn.includes(part))) {
      say(`imports ${from}, which belongs to ${homes.join(' and ')}`)
    }
  }
  return undefined
}

function judgeNode(path: string, node: ts.Node, say: Say): void {
  // The browser has a clock of its own.
  const clocks = ['src/time/clock.ts', 'src/entropy.ts', 'src/console/clock.ts'].includes(path)
  if ((ts.isPropertyAccessExpression(node) || ts.isIdentifier(node)) && timeAndChance.test(node.getText()) && !clocks) {
    say(`uses ${node.getText()}; time and chance are handed in`)
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length && !clocks) {
    say('makes a Date of the present; the moment is handed in')
  }
  if (ts.isIdentifier(node) && node.text === 'process' && isOwnName(node, node) && !mayUseProcess.test(path)) {
    say('touches process')
  }
  if (ts.isStringLiteralLike(node) && editionId.test(node.text) && !path.startsWith('src/api/editions/')) {
    say(`names the edition ${node.text}`)
  }
  if (isDefaultExport(node) && !(ts.isImportClause(node.parent) || ts.isImportSpecifier(node.parent))) {
    if (!ts.isDefaultClause(node.parent)) say('exports a default')
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && path !== 'src/library/index.ts')
    say('re-exports another file')
}

/** The first circle that each file leads into, each circle once. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = []
  const done = new Set<string>()
  function follow(path: string, trail: readonly string[]): void {
    const start = trail.indexOf(path)
    if (start >= 0) found.push(`${path}: stands in a circle: ${[...trail.slice(start), path].join(' -> ')}`)
    if (start >= 0 || done.has(path)) return
    for (const next of imports.get(path) ?? []) follow(next, [...trail, path])
    done.add(path)
  }
  for (const path of imports.keys()) follow(path, [])
  return found
}

const parsed = (path: string, text: string) => ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)

/** What the sources under `src` do against the rules of the house, `path: sentence` each. */
export function sourceOffences(sources: Readonly<Record<string, string>>): string[] {
  const offences: string[] = []
  const imports = new Map<string, string[]>()
  for (const [path, text] of Object.entries(sources)) {
    const say = (offence: string) => offences.push(`${path}: ${offence}`)
    const targets: string[] = []
    for (const node of nodesOf(parsed(path, text))) {
      const imported = importOf(node)
      const target = imported && judgeImport(path, imported, say)
      if (target) targets.push(target)
      judgeNode(path, node, say)
    }
    imports.set(path, targets)
  }
  return [...new Set([...offences, ...circles(imports)])]
}

export const longestFunction = 80
export const longestFile = 400

/** Written by `npm run generate`. */
const generated = new Set(['src/library/api-types.ts'])

/** Files and functions that are too long to read. */
export const sizeOffences = (sources: Readonly<Record<string, string>>): string[] =>
  Object.entries(sources).flatMap(([path, text]) => {
    if (generated.has(path)) return []
    const file = parsed(path, text)
    const lines = text.trimEnd().split('\n').length
    const functions = [...nodesOf(file)].flatMap(node => {
      if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return []
      const [first, last] = [node.getStart(), node.end].map(at => file.getLineAndCharacterOfPosition(at).line + 1)
      const length = (last ?? 0) - (first ?? 0) + 1
      return length > longestFunction ? [`${path}: a function of ${length} lines begins at line ${first}`] : []
    })
    return lines > longestFile ? [`${path}: has ${lines} lines`, ...functions] : functions
  })

const leftOut = new Set(['only', 'skip', 'todo'])

/** Tests that are left out or alone. */
export function testOffences(sources: Readonly<Record<string, string>>): string[] {
  return Object.entries(sources).flatMap(([path, text]) =>
    [...nodesOf(parsed(path, text))]
      .filter(
        node =>
          ts.isIdentifier(node) &&
          leftOut.has(node.text) &&
          (ts.isPropertyAccessExpression(node.parent) || ts.isPropertyAssignment(node.parent)),
      )
      .map(node => `${path}: ${node.getText()} leaves tests out`),
  )
}

// Put together here, so that this file does not hold what it looks for.
const slash = '/'
const textRules: readonly { says: string; pattern: RegExp; except?: RegExp }[] = [
  {
    says: 'names a path of one machine',
    pattern: new RegExp(`(?<![\\w.$~-])${slash}(home|Users|work|root|tmp${slash}wt)${slash}\\.?[\\w-]+`),
    // The home of root inside the image is no machine of ours.
    except: /^(Dockerfile|test\/process\/docker\.test\.ts)$/,
  },
  { says: 'leaves the repository', pattern: new RegExp(`(\\.\\.${slash})+shared${slash}`) },
  { says: 'names a package registry', pattern: /\bregistry\.[a-z0-9-]+\.[a-z]+|"resolved"\s*:/ },
]

/** Files that would not be true elsewhere. */
export const fileOffences = (files: Readonly<Record<string, string>>): string[] =>
  Object.entries(files).flatMap(([path, text]) =>
    textRules
      .filter(({ pattern, except }) => pattern.test(text) && !except?.test(path))
      .map(({ says, pattern }) => `${path}: ${says}: ${pattern.exec(text)?.[0]}`),
  )
