import { Side, shown } from './difference.tsx'
import { Icon } from './icons.tsx'
import { linesOf } from './lines.ts'
import { Facts, Panel } from './page.tsx'
import type { Diagnosis } from './shapes.ts'
import { koreanCause } from './words/causes.ko.ts'
import { language, say, visible } from './words.ts'

const marks = { passed: 'ok', failed: 'fail', 'not reached': 'never' } as const

function Checks({ of: { checks = [] } }: { of: Diagnosis }) {
  return (
    <Panel title={say('request.checks')}>
      <ol class="checks">
        {checks.map(({ name, outcome, detail }) => (
          <li key={name} class={outcome === 'failed' ? 'failed' : ''}>
            <span class={`status is-${marks[outcome]}`}>
              <Icon name={marks[outcome]} />
              <b>{say(`check.${name}`)}</b>
            </span>
            <span
              class="muted"
              lang={language.value === 'ko' && outcome === 'passed' && detail !== '' ? 'en' : undefined}
            >
              {outcome === 'failed'
                ? say('check.failed')
                : outcome === 'passed'
                  ? visible(detail) || say('check.passed')
                  : say('check.not reached')}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function TextToSign({ of: { difference } }: { of: Diagnosis }) {
  if (difference === undefined) return null
  return (
    <div class="scroll" tabIndex={-1}>
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
          {linesOf(difference).map((line, at) => {
            const same = line.every(piece => 'same' in piece)
            return (
              <tr key={`line ${at + 1}`}>
                <th scope="row" class="main">
                  {say('request.line', { number: at + 1 })}
                </th>
                <td class="wide" data-label={say('request.expected')}>
                  <Side line={line} side="expected" />
                </td>
                <td class="wide" data-label={say('request.signed')}>
                  <Side line={line} side="signed" />
                </td>
                <td class={same ? '' : 'is-fail'} data-label="">
                  {same ? say('request.same') : `≠ ${say('request.differs')}`}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
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

/** The checks of the gateway, what was signed beside what should have been, and what else to compare. */
export function DiagnosisPanels({ of: diagnosis }: { of: Diagnosis }) {
  return (
    <>
      {diagnosis.checks && <Checks of={diagnosis} />}
      {diagnosis.difference && (
        <Panel title={say('request.text')}>
          <TextToSign of={diagnosis} />
        </Panel>
      )}
      {diagnosis.compare && (
        <Panel title={say('request.compare')}>
          <Facts
            of={diagnosis.compare.map(({ part, expected }) => [part, <code key={part}>{shown(expected)}</code>])}
          />
        </Panel>
      )}
    </>
  )
}
