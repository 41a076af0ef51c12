import ts from 'typescript'

/** The verbs that a test title may start with; add one that is missing. */
const verbs = new Set(
  `
    aborts accepts adds advances agrees allows appends applies asks bases blocks bounds breaks builds caches calls
    brings cancels changes checks cleans clears closes collects compares compiles completes computes continues copies
    counts creates cuts decides decodes delays deletes describes detects disconnects distinguishes does draws
    drops encodes encrypts ends escapes estimates evaluates executes exits expires explains exports extends fails
    fills filters finds fires follows forgets formats freezes generates gets gives groups guards handles has hashes hides
    holds ignores imports includes injects inserts installs joins jumps keeps labels leads leaves lets limits links listens
    lists loads locates locks logs loses makes maps marks masks matches measures merges migrates moves names navigates
    normalises notes offers opens orders parses passes places plans plays prefers preserves prints protects puts
    queries ranks reads recognises records recovers refreshes rejects removes renders repeats replaces replays reports
    requires resets resolves responds restarts restores retries returns reuses rolls rounds runs satisfies saves
    says scrolls searches seeds selects sends serves sets ships shows signs skips sorts speaks splits starts stops stores
    streams submits suggests supports survives switches syncs tags takes tells tests throws tries translates treats trims trusts
    undoes updates upgrades uses validates verifies waits warns words works wraps writes
  `
    .trim()
    .split(/\s+/),
)

/** The beginnings that a title can have; `undefined` stands for one that only a run can tell. */
function beginnings(title: ts.Expression): readonly (string | undefined)[] {
  if (ts.isStringLiteralLike(title)) return [title.text]
  if (ts.isConditionalExpression(title)) return [...beginnings(title.whenTrue), ...beginnings(title.whenFalse)]
  if (!ts.isTemplateExpression(title)) return [undefined]
  const [first] = title.templateSpans
  return title.head.text === '' && first ? beginnings(first.expression) : [title.head.text]
}

const startsWithVerb = (title: string | undefined): boolean => verbs.has(title?.match(/^[a-z]+/)?.[0] ?? '')

/** The titles of tests that do not start with a verb, `path:line: title` each. */
export function titleOffences(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
  const offences: string[] = []
  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [title, ...rest] = node.arguments
      // A pattern's method `test` takes one argument.
      if (
        node.expression.name.text === 'test' &&
        title &&
        rest.length > 0 &&
        !beginnings(title).every(startsWithVerb)
      ) {
        const { line } = file.getLineAndCharacterOfPosition(title.getStart())
        offences.push(`${path}:${line + 1}: ${title.getText()}`)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return offences
}
