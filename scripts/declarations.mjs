// Writes dist/index.d.ts and dist/index.d.cts: the public types in one file. Types that the sources derive from internal
// tables (`keyof typeof editions`) are written out, so that no table is reachable from them, and what no export needs is
// left out. `npm run build` has let tsc write one declaration file for each source before.
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import ts from 'typescript'

const path = name => fileURLToPath(new URL(`../${name}`, import.meta.url))
const scratch = path('dist/types/index.rolled.d.ts')

async function rolledUp() {
  const bundle = await rollup({
    input: path('dist/types/library/index.d.ts'),
    plugins: [dts()],
    external: id => !/^[./]/.test(id),
  })
  const { output } = await bundle.generate({ format: 'es' })
  await bundle.close()
  return output[0].code
}

function parse(text) {
  writeFileSync(scratch, text)
  const program = ts.createProgram([scratch], {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    types: ['node'],
    noEmit: true,
  })
  return { file: program.getSourceFile(scratch), checker: program.getTypeChecker() }
}

const some = (node, test) => test(node) || (ts.forEachChild(node, child => some(child, test) || undefined) ?? false)

const { NoTruncation, InTypeAlias, MultilineObjectLiterals, UseSingleQuotesForStringLiteralType } = ts.TypeFormatFlags
const typeFlags = NoTruncation | InTypeAlias | MultilineObjectLiterals | UseSingleQuotesForStringLiteralType

/** Reads an internal value, or a type of another package: what must not be reached from the public types. */
const isInternal = file => {
  const imported = new Set(
    file.statements
      .filter(ts.isImportDeclaration)
      .flatMap(({ importClause }) => [
        importClause?.name?.text,
        ...(importClause?.namedBindings?.elements ?? []).map(({ name }) => name.text),
      ]),
  )
  return node => ts.isTypeQueryNode(node) || (ts.isIdentifier(node) && imported.has(node.text))
}

/** Members of a type with their comments; for an interface that extends something computed. */
function membersOf(type, node, checker) {
  return checker.getPropertiesOfType(type).map(property => {
    const comment = ts.displayPartsToString(property.getDocumentationComment(checker))
    const optional = property.flags & ts.SymbolFlags.Optional
    let memberType = checker.getTypeOfSymbolAtLocation(property, node)
    if (optional && memberType.isUnion()) memberType = checker.getNonNullableType(memberType)
    const doc = comment ? `  /** ${comment.replaceAll('\n', '\n   * ')} */\n` : ''
    return `${doc}  readonly ${property.name}${optional ? '?' : ''}: ${checker.typeToString(memberType, node, typeFlags)};`
  })
}

/** The replacements, [start, end, text], that write out what a declaration takes from internal values. */
function expansions(statement, checker, internal) {
  if (ts.isTypeAliasDeclaration(statement) && statement.typeParameters === undefined) {
    if (!some(statement.type, internal)) return []
    const text = checker.typeToString(checker.getTypeFromTypeNode(statement.type), statement, typeFlags)
    return [[statement.type.getStart(), statement.type.getEnd(), text]]
  }
  if (!ts.isInterfaceDeclaration(statement)) return []
  const computed = statement.heritageClauses?.some(({ types }) => types.some(({ typeArguments }) => typeArguments))
  if (computed) {
    const members = membersOf(checker.getTypeAtLocation(statement), statement, checker)
    return [[statement.name.getEnd(), statement.getEnd(), ` {\n${members.join('\n')}\n}`]]
  }
  const found = []
  const visit = node => {
    const isPlain = ts.isTypeLiteralNode(node) || ts.isFunctionTypeNode(node)
    if (ts.isTypeNode(node) && !isPlain && some(node, internal)) {
      found.push([
        node.getStart(),
        node.getEnd(),
        checker.typeToString(checker.getTypeFromTypeNode(node), statement, typeFlags),
      ])
    } else ts.forEachChild(node, visit)
  }
  statement.members.forEach(visit)
  return found
}

function writtenOut(text) {
  const { file, checker } = parse(text)
  const internal = isInternal(file)
  const edits = file.statements.flatMap(statement => expansions(statement, checker, internal))
  return edits
    .sort(([a], [b]) => b - a)
    .reduce((result, [start, end, replacement]) => result.slice(0, start) + replacement + result.slice(end), text)
}

const namesIn = statement =>
  ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.map(({ name }) => name.text)
    : statement.name
      ? [statement.name.text]
      : []

/** The name of a member or parameter, which is no reference to the declaration of that name. */
const isMemberName = node =>
  node.parent.name === node &&
  (ts.isPropertySignature(node.parent) || ts.isMethodSignature(node.parent) || ts.isParameter(node.parent))

/** Only the declarations that the exports need. */
function reachable(text) {
  const { file } = parse(text)
  const byName = new Map()
  for (const statement of file.statements) {
    for (const name of namesIn(statement)) byName.set(name, [...(byName.get(name) ?? []), statement])
  }
  const kept = new Set()
  const keep = statement => {
    if (kept.has(statement)) return
    kept.add(statement)
    const visit = node => {
      if (ts.isIdentifier(node) && !isMemberName(node)) for (const found of byName.get(node.text) ?? []) keep(found)
      ts.forEachChild(node, visit)
    }
    visit(statement)
  }
  for (const statement of file.statements) if (ts.isExportDeclaration(statement)) keep(statement)
  return file.statements
    .filter(statement => kept.has(statement))
    .map(statement => statement.getFullText().trim())
    .join('\n\n')
}

// The library of TypeScript has the symbol from `esnext.disposable` on; a consumer with an older one must compile, too.
const disposable = `declare global {
    interface SymbolConstructor {
        readonly asyncDispose: unique symbol;
    }
}`

const types = `${reachable(writtenOut(reachable(writtenOut(await rolledUp()))))}\n\n${disposable}\n`
for (const name of ['dist/index.d.ts', 'dist/index.d.cts']) writeFileSync(path(name), types)
rmSync(path('dist/types'), { recursive: true })
