import { useState } from 'preact/hooks'
import { machineText } from '../clock.ts'
import { Snippets } from '../copy.tsx'
import { DiagnosisPanels, Sentence } from '../diagnosis.tsx'
import { Icon } from '../icons.tsx'
import { Link } from '../link.tsx'
import { Facts, Page, Panel } from '../page.tsx'
import type { Account, Diagnosis, SeenRequest } from '../shapes.ts'
import { Shown, useData } from '../state.tsx'
import { go, newestRequest, to } from '../store.ts'
import { verdictText } from '../verdict.ts'
import { say, visible } from '../words.ts'

function Verdict({ of: request }: { of: SeenRequest }) {
  const { verdict, status, reason } = request
  const diagnosis: Diagnosis | undefined = request.diagnosis
  if (verdict === 'passed' || verdict === null) return null
  const failed = diagnosis?.checks?.find(({ outcome }) => outcome === 'failed')
  return (
    <div class="verdict-box" role="note">
      <h2>
        <Icon name="fail" />{' '}
        {say(status === null ? 'request.unanswered' : 'request.rejected', {
          reason: verdictText(verdict, failed?.name ?? ''),
        })}
      </h2>
      <Sentence of={diagnosis} otherwise={reason === verdict ? undefined : reason} />
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

/** When a request came, how long it took, and whose it was. */
function About({ of: request }: { of: SeenRequest }) {
  const { at, durationMs, account, operation, headers } = request
  const parts = [
    `${machineText(at)} (${say('request.machine')})`,
    `${durationMs?.toFixed(1) ?? '–'} ms`,
    account !== null && say('request.account', { name: visible(account) }),
    operation,
    visible(headers['user-agent']?.slice(0, 80) ?? ''),
  ]
  return <p class="muted about-request">{parts.filter(Boolean).join(' · ')}</p>
}

function Detail({ request }: { request: SeenRequest }) {
  const { headers, body, answer, method, target } = request
  const diagnosis: Diagnosis | undefined = request.diagnosis
  const owner = useData<Account>(`/accounts/${encodeURIComponent(request.account ?? 'default')}`, [])
  return (
    <>
      <Verdict of={request} />
      {diagnosis && <DiagnosisPanels of={diagnosis} signature={headers['x-ncp-apigw-signature-v2']} />}
      <Snippets
        title={say(request.verdict === 'passed' ? 'signer.code' : 'request.corrected')}
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
            rows
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
  const step = (by: number) => () => go(to('requests', Number(number) + by))
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
          <button type="button" disabled={!(Number(number) > 1)} onClick={step(-1)}>
            {say('request.older')}
          </button>
          <button type="button" disabled={!(Number(number) < newestRequest.value)} onClick={step(1)}>
            {say('request.newer')}
          </button>
        </>
      }
    >
      <Shown of={loaded} missing={say('request.gone', { number: visible(number) })}>
        {found => (
          <>
            <About of={found} />
            <Detail request={found} />
          </>
        )}
      </Shown>
    </Page>
  )
}
