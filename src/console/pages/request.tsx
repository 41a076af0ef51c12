import { useState } from 'preact/hooks'
import { Snippets } from '../copy.tsx'
import { linesOf, Side, shown } from '../difference.tsx'
import { Icon } from '../icons.tsx'
import { Link } from '../link.tsx'
import { Facts, Page, Panel } from '../page.tsx'
import type { Account, Diagnosis, SeenRequest } from '../shapes.ts'
import { Shown, useData } from '../state.tsx'
import { go, to } from '../store.ts'
import { language, say, visible } from '../words.ts'

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
            <span class="muted" lang={language.value === 'ko' && outcome === 'failed' ? 'en' : undefined}>
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

function Verdict({ of: request }: { of: SeenRequest }) {
  const { verdict, diagnosis, reason } = request
  if (verdict === 'passed') return null
  return (
    <div class="verdict-box" role="note">
      <h2>
        <Icon name="fail" /> {say('request.rejected', { reason: visible(verdict ?? '–') })}
      </h2>
      <p lang="en">{visible(diagnosis?.sentence ?? reason ?? '')}</p>
      {diagnosis?.cause !== undefined && <code>{visible(diagnosis.cause)}</code>}
    </div>
  )
}

const prettyBody = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function Detail({ request }: { request: SeenRequest }) {
  const { diagnosis, headers, body, answer, method, target } = request
  const owner = useData<Account>(`/accounts/${encodeURIComponent(request.account ?? 'default')}`, [])
  return (
    <>
      <Verdict of={request} />
      {diagnosis?.checks && <Checks of={diagnosis} />}
      {diagnosis?.difference && (
        <Panel title={say('request.text')}>
          <TextToSign of={diagnosis} />
        </Panel>
      )}
      {diagnosis?.compare && (
        <Panel title={say('request.compare')}>
          <Facts
            of={diagnosis.compare.map(({ part, expected }) => [part, <code key={part}>{shown(expected)}</code>])}
          />
        </Panel>
      )}
      <Snippets
        call={{
          url: location.origin,
          method,
          target: diagnosis?.correctedTarget ?? target,
          accessKey: owner.data?.accessKeys[0] ?? '',
          body: body?.text,
        }}
      />
      <div class="columns">
        <Panel title={say('request.headers')}>
          <Facts
            of={Object.entries(headers).map(([name, value]) => [
              visible(name),
              <code key={name}>{visible(value)}</code>,
            ])}
          />
        </Panel>
        <Panel title={say('request.response')}>
          <pre class="code">{answer ? visible(prettyBody(answer.text)) : say('request.noResponse')}</pre>
        </Panel>
      </div>
      {body && (
        <Panel title={say('request.body')}>
          <pre class="code">{visible(prettyBody(body.text))}</pre>
        </Panel>
      )}
    </>
  )
}

export function RequestPage({ number }: { number: string }) {
  const [keys, setKeys] = useState(false)
  const loaded = useData<SeenRequest>(`/requests/${encodeURIComponent(number)}${keys ? '?reveal=true' : ''}`, [])
  const request = loaded.data
  const title = request ? `${visible(request.method)} ${visible(request.target)}` : `#${visible(number)}`
  return (
    <Page
      title={title}
      heading={
        <span class="mono">
          {request && (
            <span class={`code-badge ${request.verdict === 'passed' ? '' : 'bad'}`}>{request.status ?? '–'}</span>
          )}{' '}
          {title}
        </span>
      }
      above={
        <p class="crumbs">
          <Link href={to('requests')}>{say('nav.requests')}</Link> / #{visible(number)}
        </p>
      }
      actions={
        <>
          <button type="button" aria-pressed={keys} onClick={() => setKeys(!keys)}>
            {say(keys ? 'request.hideKeys' : 'request.showKeys')}
          </button>
          <button type="button" disabled={Number(number) <= 1} onClick={() => go(to('requests', Number(number) - 1))}>
            {say('request.older')}
          </button>
          <button type="button" onClick={() => go(to('requests', Number(number) + 1))}>
            {say('request.newer')}
          </button>
        </>
      }
    >
      <Shown of={loaded} missing={say('request.gone', { number: visible(number) })}>
        {found => (
          <>
            <p class="muted about-request">
              {new Date(found.at).toLocaleString('sv')} ({say('request.machine')}) ·{' '}
              {found.durationMs?.toFixed(1) ?? '–'} ms
              {found.account !== null && ` · ${say('request.account', { name: visible(found.account) })}`}
              {found.operation !== null && ` · ${found.operation}`}
            </p>
            <Detail request={found} />
          </>
        )}
      </Shown>
    </Page>
  )
}
