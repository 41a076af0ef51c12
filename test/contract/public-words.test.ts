import { readFileSync } from 'node:fs'
import t from 'tap'
import { publicWords, readPublicWords } from '../../scripts/public-words.ts'

const frozen = readPublicWords(readFileSync(new URL('public-words.txt', import.meta.url), 'utf8'))
const current = publicWords()

/** The words of `some` that `others` lack, `topic: word` each. */
const lacking = (some: typeof frozen, others: typeof frozen): string[] =>
  [...some].flatMap(([topic, words]) => {
    const known = others.get(topic)
    const absent = [...words].filter(word => !known?.has(word)).map(word => `${topic}: ${word}`)
    return known ? absent : [topic, ...absent]
  })

t.test('keeps every public word that was published', async t => {
  t.ok(frozen.size > 100)
  t.same(
    lacking(frozen, current),
    [],
    'a rename breaks users: say it in CHANGELOG.md and delete the word from the list',
  )
})

t.test('lists every public word', async t => {
  t.same(lacking(current, frozen), [], 'npm run generate adds new words')
})

t.test('finds a word and a topic that are gone', async t => {
  const [topic, words] = [...frozen][0] ?? ['', new Set<string>()]
  const without = new Map(current).set(topic, new Set([...words].slice(1)))
  t.same(lacking(frozen, without), [`${topic}: ${[...words][0]}`])
  t.ok(lacking(frozen, new Map()).length > frozen.size)
})
