import { allControls, commonInvisible, invisible, readable, wraps } from './characters.ts'
import { type Family, family, type Hypothesis, missing, missingTold, type Rank, single } from './hypothesis.ts'
import type { Case } from './writing.ts'

const valueNames = {
  method: 'the method',
  targetEnd: 'the target',
  timestamp: 'the timestamp',
  accessKey: 'the access key',
} as const
type Valued = 'method' | 'timestamp' | 'accessKey'

/** A value with invisible characters behind it or before it. */
function* withInvisible(part: Valued, asked: Case, characters: readonly string[]): Iterable<Hypothesis> {
  const value = asked.right[part]
  for (const extra of characters) {
    for (const where of ['behind', 'before'] as const) {
      yield {
        cause: 'control-character',
        part,
        change: { [part]: where === 'behind' ? value + extra : extra + value },
        signed: `${valueNames[part]} with ${readable(extra)} ${where} it`,
        sign: `${valueNames[part]} alone (is it read from a file or a variable with a line end?)`,
      }
    }
  }
}

function* targetEnds(characters: readonly string[]): Iterable<Hypothesis> {
  for (const extra of characters) {
    yield {
      cause: 'control-character',
      part: 'targetEnd',
      change: { targetEnd: extra },
      signed: `the target with ${readable(extra)} behind it`,
      sign: 'the target alone',
    }
  }
}

const controls = (rank: Rank, characters: readonly string[]): Family =>
  single(rank, function* (asked) {
    yield* withInvisible('timestamp', asked, characters)
    yield* withInvisible('accessKey', asked, characters)
    yield* targetEnds(characters)
    yield* withInvisible('method', asked, characters)
  })

function* wrapped(asked: Case): Iterable<Hypothesis> {
  for (const part of ['accessKey', 'timestamp', 'method'] as const) {
    for (const [open, close] of wraps) {
      yield {
        cause: 'in-quotes',
        part,
        change: { [part]: `${open}${asked.right[part]}${close}` },
        signed: `${valueNames[part]} as ${open}...${close}`,
        sign: `${valueNames[part]} alone`,
      }
    }
  }
  for (const [open, close] of wraps) {
    yield {
      cause: 'in-quotes',
      part: 'recode',
      change: { recode: (path, query) => `${open}${path}${query}${close}` },
      signed: `the target as ${open}...${close}`,
      sign: 'the target alone',
    }
  }
}

/** A value that was missing when the text was signed. */
const missingIn = (rank: Rank, which: 'common' | 'rare'): readonly Family[] =>
  (['accessKey', 'timestamp', 'method'] as const).map(part =>
    family({
      cause: 'missing-value',
      part,
      rank,
      signed: value => `${missingTold(value)} for ${valueNames[part]}`,
      sign: `${valueNames[part]} that is sent`,
      wrong: () => missing(which).filter(value => value !== ''),
    }),
  )

/** Mistakes in the values that the text is made of. */
export const valueFamilies: readonly Family[] = [
  ...missingIn(2, 'common'),
  controls(2, invisible.slice(0, commonInvisible)),
  single(3, wrapped),
  ...missingIn(3, 'rare'),
  controls(3, invisible.slice(commonInvisible)),
  controls(4, allControls),
]
