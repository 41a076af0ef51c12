import { useEffect, useState } from 'preact/hooks'
import { act, ask, Problem } from '../ask.ts'
import { CheckRequest } from '../check-request.tsx'
import { Snippets } from '../copy.tsx'
import { Link } from '../link.tsx'
import { Page, Panel } from '../page.tsx'
import type { Account } from '../shapes.ts'
import { type Answered, type SignedCall, send, sign } from '../signed-call.ts'
import { account, narrow, route } from '../store.ts'
import { say, visible } from '../words.ts'

interface Parts {
  readonly method: string
  readonly target: string
  readonly timestamp: string
  readonly key: string
}

const right = ({ method, target, timestamp, key }: Parts) => `${method} ${target}\n${timestamp}\n${key}`

/** Ways to sign wrongly, each as the text that a client with this mistake signs. */
const variants = {
  right,
  noQuery: parts => right({ ...parts, target: parts.target.split('?', 1).join('') }),
  withHost: parts => right({ ...parts, target: location.origin + parts.target }),
  noMethod: parts => right(parts).replace(/^\w+ /, ''),
  lowerMethod: parts => right({ ...parts, method: parts.method.toLowerCase() }),
  crlf: parts => right(parts).replaceAll('\n', '\r\n'),
  trailing: parts => `${right(parts)}\n`,
  swapped: ({ method, target, timestamp, key }) => `${method} ${target}\n${key}\n${timestamp}`,
  seconds: right,
  old: right,
  wrongSecret: parts => `${right(parts)}\nwrong secret`,
} as const satisfies Record<string, (parts: Parts) => string>
type Variant = keyof typeof variants

const isVariant = (name: string | undefined): name is Variant => name !== undefined && Object.hasOwn(variants, name)

/** Signs with a mistake, or without one. */
async function signed(variant: Variant, method: string, target: string, key: string): Promise<SignedCall> {
  const first = await sign({ method, target, accessKey: key })
  if (variant === 'right') return first
  const now = Number(first.headers['x-ncp-apigw-timestamp'])
  const timestamp = variant === 'seconds' ? Math.floor(now / 1000) : variant === 'old' ? now - 360_000 : now
  const text = variants[variant]({ method, target, timestamp: String(timestamp), key })
  return sign({ method, target, accessKey: key, timestamp, text })
}

function SignRequest() {
  const { variant: asked } = route.value.query
  const variant: Variant = isVariant(asked) ? asked : 'right'
  const [method, setMethod] = useState('GET')
  const [target, setTarget] = useState('/api/v1/jobs?page=0&limit=20')
  const [key, setKey] = useState('')
  const [keys, setKeys] = useState<readonly string[]>([])
  const [call, setCall] = useState<SignedCall>()
  const [answer, setAnswer] = useState<Answered>()
  const owner = account.value
  useEffect(() => {
    void act(async () => {
      const { accessKeys } = await ask<Account>(`/accounts/${encodeURIComponent(owner)}`)
      setKeys(accessKeys)
      setKey(accessKeys[0] ?? '')
      return undefined
    })
  }, [owner])
  const submit = (chosen: Variant) =>
    act(async () => {
      if (key === '') throw new Problem(400, say('signer.key'))
      const made = await signed(chosen, method, target, key)
      setCall(made)
      setAnswer(await send(method, target, made.headers))
      return undefined
    })
  return (
    <>
      <Panel>
        <div class="fields padded">
          <label>
            <span>{say('signer.method')}</span>
            <select value={method} onChange={({ currentTarget: { value } }) => setMethod(value)}>
              {['GET', 'POST', 'PUT', 'DELETE'].map(one => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <label class="wide">
            <span>{say('signer.target')}</span>
            <input class="mono" value={target} onInput={({ currentTarget: { value } }) => setTarget(value)} />
          </label>
          <label>
            <span>{say('signer.key')}</span>
            <select value={key} onChange={({ currentTarget: { value } }) => setKey(value)}>
              {keys.map(one => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <label>
            <span>{say('signer.variant')}</span>
            <select value={variant} onChange={({ currentTarget: { value } }) => narrow({ variant: value })}>
              {(Object.keys(variants) as Variant[]).map(one => (
                <option key={one} value={one}>
                  {say(`signer.${one}`)}
                </option>
              ))}
            </select>
          </label>
          <button type="button" class="main" onClick={() => submit(variant)}>
            {say('signer.send')}
          </button>
        </div>
      </Panel>
      {call && (
        <Panel title={say('signer.text')}>
          <pre class="code">{visible(call.signedText)}</pre>
          <pre class="code">
            {say('signer.signature')}: {call.headers['x-ncp-apigw-signature-v2']}
          </pre>
        </Panel>
      )}
      {answer && (
        <Panel
          title={`${say('signer.result')}: ${answer.status}`}
          beside={
            <div class="buttons" role="status">
              {answer.status === 401 && answer.href !== undefined && (
                <Link href={answer.href}>{say('signer.why')}</Link>
              )}
              {answer.status === 401 && (
                <button
                  type="button"
                  onClick={() => {
                    narrow({ variant: 'right' })
                    setAnswer(undefined)
                    setCall(undefined)
                  }}
                >
                  {say('signer.correct')}
                </button>
              )}
              {answer.status !== 401 && answer.href !== undefined && (
                <Link href={answer.href}>{say('app.seeRequest')}</Link>
              )}
            </div>
          }
        >
          <pre class="code">{visible(answer.text.slice(0, 4000))}</pre>
        </Panel>
      )}
      <Snippets call={{ url: location.origin, method, target, accessKey: key }} />
    </>
  )
}

export function SignerPage() {
  const checking = route.value.query.tab === 'check'
  return (
    <Page
      title={say('nav.signer')}
      actions={
        <div class="tabs">
          {([undefined, 'check'] as const).map(tab => (
            <button
              key={tab ?? 'sign'}
              type="button"
              aria-pressed={checking === (tab === 'check')}
              onClick={() => narrow({ tab })}
            >
              {say(tab === 'check' ? 'signer.check' : 'signer.sign')}
            </button>
          ))}
        </div>
      }
    >
      {checking ? <CheckRequest /> : <SignRequest />}
    </Page>
  )
}
