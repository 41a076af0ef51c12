import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import t from 'tap'
import ts from 'typescript'
import { repository } from '../support/package.ts'

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
const dist = join(repository, 'dist')

function* callsIn(node: ts.Node): Generator<ts.Node> {
  yield node
  for (const child of node.getChildren()) yield* callsIn(child)
}

/** What a file imports or requires by a constant name, in whatever form. */
function specifiersOf(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS)
  return [...callsIn(file)].flatMap(node => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      return ts.isStringLiteral(node.moduleSpecifier) ? [node.moduleSpecifier.text] : []
    }
    const [argument] = ts.isCallExpression(node) ? node.arguments : []
    if (!ts.isCallExpression(node) || argument === undefined) return []
    const callee = node.expression
    const loads =
      callee.kind === ts.SyntaxKind.ImportKeyword || /^(__)?require\d*$|^loadNative\d*$/.test(callee.getText())
    // The bundler joins two calls into one: load(condition ? 'a' : 'b').
    const given = ts.isConditionalExpression(argument) ? [argument.whenTrue, argument.whenFalse] : [argument]
    return loads ? given.filter(ts.isStringLiteral).map(({ text }) => text) : []
  })
}

const programs = readdirSync(dist).filter(name => /\.c?js$/.test(name))

t.test('imports in dist what package.json depends on, and no other package', async t => {
  t.ok(programs.includes('cli.js') && programs.includes('index.js') && programs.includes('index.cjs'))
  const packages = programs
    .flatMap(name => specifiersOf(join(dist, name)))
    .filter(name => !name.startsWith('.') && !isBuiltin(name))
    .map(name => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0])
  t.same([...new Set(packages)].sort(), Object.keys(manifest.dependencies).sort())
})

t.test('keeps imports and internal values out of the public types', async t => {
  for (const name of ['index.d.ts', 'index.d.cts']) {
    const text = readFileSync(join(dist, name), 'utf8')
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)
    const nodes = [...callsIn(file)]
    t.same(
      nodes.filter(node => ts.isImportDeclaration(node) || ts.isImportTypeNode(node)),
      [],
    )
    t.same(
      nodes.filter(ts.isTypeQueryNode).map(node => node.getText()),
      [],
    )
    t.same(
      file.statements.filter(ts.isVariableStatement).map(node => node.getText()),
      [],
    )
    t.notMatch(text, /\bBuffer\b|\bNodeJS\.|\bFastify/)
    t.match(text, /export \{[^}]*startEmulator/)
  }
})

t.test('ships the licenses of the bundled packages', async t => {
  const notices = readFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), 'utf8')
  for (const name of ['fastify', 'pino', '@fastify/swagger-ui', '@faker-js/faker', 'yaml']) {
    t.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'))
  }
})
