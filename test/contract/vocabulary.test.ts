import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'

const root = new URL('../../', import.meta.url)

/** Words that CONTRIBUTING.md ("Vocabulary") replaces, each with the word to use. */
const replaced: { word: RegExp; use: string; example: string; except?: RegExp }[] = [
  { word: /\bimitat(e|es|ed|ing|ion)\b/i, use: 'emulate', example: 'imitates the API' },
  // The column planted_at has its name from a step of the schema that has shipped.
  { word: /\bplant(s|ed|ing)?\b/i, use: 'seed', example: 'planted jobs', except: /^(src|test)\/store\// },
  { word: /\bstrangers?\b|strangerIn/i, use: 'foreign origin or unknown member', example: 'lets no strangers in' },
  { word: /goes wrong on purpose/i, use: 'injected fault', example: 'what goes wrong on purpose' },
  { word: /told beforehand/i, use: 'scheduled', example: 'a life told beforehand' },
  { word: /\bclock (goes|went|going) back\b/i, use: 'the clock is set back', example: 'the clock goes back' },
  { word: /\bComplaint\b/, use: 'AdminError', example: 'throw new Complaint(400)' },
  { word: /\b(Admin|Control|Journal|Workflow|Execution)Parts\b/, use: 'Deps', example: 'parts: AdminParts' },
  { word: /\bimaging\b|\b[iI]mageFolder\b/, use: 'snapshotStore, snapshotFolder', example: 'imaging(database)' },
  // The tables of the database, and names that users see such as nextRuns, keep the word.
  {
    word: /\b(lastRun\w*|runs?Of|[rR]un(State|End|Store|Row|Count|Origin)s?)\b/,
    use: 'execution',
    example: 'job.lastRun',
    except: /^src\/console\//,
  },
  { word: /\b(momentOf|givenMoment)\b/, use: 'parseMoment, toMoment', example: 'momentOf(text)' },
]

function offences(path: string, text: string): string[] {
  return replaced.flatMap(({ word, use, except }) => {
    const found = except?.test(path) ? undefined : word.exec(text)?.[0]
    return found === undefined ? [] : [`${path}: says ${found}; use ${use}`]
  })
}

const own = 'test/contract/vocabulary.test.ts'

t.test('uses the words of the vocabulary', async t => {
  const folders = ['src', 'test', 'docs', 'scripts', 'examples'].flatMap(folder =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' }).map(name => `${folder}/${name}`),
  )
  const paths = ['README.md', ...folders].filter(path => /\.(tsx?|mjs|md)$/.test(path) && path !== own)
  t.ok(paths.length > 300)
  t.same(
    paths.flatMap(path => offences(path, readFileSync(new URL(path, root), 'utf8'))),
    [],
  )
})

for (const { example, use } of replaced) {
  t.test(`finds "${example}" and names ${use}`, async t => {
    t.match(offences('docs/a.md', example), [new RegExp(`use ${use}$`)])
  })
}
