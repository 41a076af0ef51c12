import type { ComponentChildren } from 'preact'
import { Side, shown } from './difference.tsx'
import { Icon } from './icons.tsx'
import { linesOf } from './lines.ts'
import { Facts, Panel } from './page.tsx'
import type { Check, Diagnosis, Piece } from './shapes.ts'
import { koreanCause } from './words/causes.ko.ts'
import { language, say, visible } from './words.ts'

const marks = { passed: 'ok', failed: 'fail', 'not reached': 'never' } as const

/** The checks whose details are sentences of the emulator, which are English. */
const toldInEnglish: readonly Check['name'][] = ['headers', 'time']

function detailOf({ name, outcome, detail }: Check): string {
  const told = outcome === 'passed' && (language.value === 'en' || !toldInEnglish.includes(name))
  return (told && visible(detail)) || say(`check.${outcome}`)
}

const Checks = ({ of: checks }: { of: readonly Check[] }) => (
  <Panel title={say('request.checks')}>
    <ol class="checks">
      {checks.map(check => (
        <li key={check.name} class={check.outcome === 'failed' ? 'failed' : ''}>
          <span class={`status is-${marks[check.outcome]}`}>
            <Icon name={marks[check.outcome]} />
            <b>{say(`check.${check.name}`)}</b>
          </span>
          <span class="muted">{detailOf(check)}</span>
        </li>
      ))}
    </ol>
  </Panel>
)

const lineNames = ['request.line1', 'request.line2', 'request.line3'] as const

/** What a line of the text holds; a client may have signed more lines than there should be. */
const lineName = (at: number): string => {
  const name = lineNames[at]
  return name === undefined ? say('request.line', { number: at + 1 }) : say(name)
}

interface RowProps {
  readonly name: string
  readonly expected: ComponentChildren
  readonly signed: ComponentChildren
  readonly same: boolean
}

const ComparedRow = ({ name, expected, signed, same }: RowProps) => (
  <tr>
    <th scope="row" class="main">
      {name}
    </th>
    <td class="wide" data-label={say('request.expected')}>
      {expected}
    </td>
    <td class="wide" data-label={say('request.signed')}>
      {signed}
    </td>
    <td class={same ? 'verdict-cell' : 'verdict-cell is-fail'}>
      {same ? say('request.same') : `≠ ${say('request.differs')}`}
    </td>
  </tr>
)

interface TextToSignProps {
  readonly difference: readonly Piece[]
  /** The signature that the gateway expects, and the one that came. */
  readonly expected: string | undefined
  readonly came: string | undefined
}

function TextToSign({ difference, expected, came }: TextToSignProps) {
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">{say('request.text')}</span>
          </th>
          <th scope="col">{say('request.expected')}</th>
          <th scope="col">{say('request.signed')}</th>
          <th scope="col">
            <span class="unseen">{say('request.differs')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {linesOf(difference).map((line, at) => (
          <ComparedRow
            key={`line ${at + 1}`}
            name={lineName(at)}
            expected={<Side line={line} side="expected" />}
            signed={<Side line={line} side="signed" />}
            same={line.every(piece => 'same' in piece)}
          />
        ))}
        {expected !== undefined && came !== undefined && (
          <ComparedRow
            name={say('signer.signature')}
            expected={<code>{shown(expected)}</code>}
            signed={<code>{shown(came)}</code>}
            same={expected === came}
          />
        )}
      </tbody>
    </table>
  )
}

/** What was wrong, in the language of the page where it has a sentence of that language. */
export function Sentence({
  of: diagnosis,
  otherwise = '',
}: {
  of: Diagnosis | undefined
  otherwise?: string | undefined
}) {
  const korean = language.value === 'ko'
  const own = korean && diagnosis?.cause !== undefined ? koreanCause(diagnosis.cause) : undefined
  if (own !== undefined) return <p>{own}</p>
  if (korean && diagnosis?.verdict === 'unexplained') return <p>{say('request.notExplained')}</p>
  if (korean && diagnosis?.verdict === 'right') return <p>{say('signer.right')}</p>
  const english = visible(diagnosis?.sentence ?? otherwise)
  return english === '' ? null : <p lang="en">{english}</p>
}

interface DiagnosisPanelsProps {
  readonly of: Diagnosis
  /** The signature that came. */
  readonly signature?: string | undefined
}

/** The checks of the gateway, what was signed beside what should have been, and what else to compare. */
export function DiagnosisPanels({ of: diagnosis, signature }: DiagnosisPanelsProps) {
  const { checks, difference, compare, expectedSignature } = diagnosis
  return (
    <>
      {checks && <Checks of={checks} />}
      {difference && (
        <Panel title={say('request.text')}>
          <TextToSign difference={difference} expected={expectedSignature} came={signature} />
        </Panel>
      )}
      {compare && (
        <Panel title={say('request.compare')}>
          <Facts rows of={compare.map(({ part, expected }) => [part, <code key={part}>{shown(expected)}</code>])} />
        </Panel>
      )}
    </>
  )
}
