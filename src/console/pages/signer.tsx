import { useEffect, useRef, useState } from 'preact/hooks'
import { act, ask } from '../ask.ts'
import { CheckRequest } from '../check-request.tsx'
import { Snippets } from '../copy.tsx'
import { asNamed, CallFields, Choice, Form } from '../fields.tsx'
import { Link } from '../link.tsx'
import { Page, Panel } from '../page.tsx'
import type { Account } from '../shapes.ts'
import { type Answered, type SignedCall, send } from '../signed-call.ts'
import { account, narrow, route } from '../store.ts'
import { isVariant, signedBy, type Variant, variantNames } from '../variants.ts'
import { say, visible } from '../words.ts'

/** The access keys of the account that is shown, and which of them is chosen. */
function useKeys() {
  const [keys, setKeys] = useState<readonly string[]>([])
  const [key, setKey] = useState('')
  const owner = account.value
  useEffect(() => {
    void act(async () => {
      const { accessKeys } = await ask<Account>(`/accounts/${encodeURIComponent(owner)}`)
      setKeys(accessKeys)
      setKey(accessKeys[0] ?? '')
      return undefined
    })
  }, [owner])
  return { keys, key, setKey }
}

const SignedText = ({ call }: { call: SignedCall }) => (
  <Panel title={say('signer.text')}>
    <pre class="code">{visible(call.signedText)}</pre>
    <pre class="code">
      {say('signer.signature')}: {call.headers['x-ncp-apigw-signature-v2']}
    </pre>
  </Panel>
)

const Response = ({ answer, onCorrect }: { answer: Answered; onCorrect: () => void }) => {
  const rejected = answer.status === 401
  return (
    <Panel
      title={`${say('signer.result')}: ${answer.status}`}
      beside={
        <div class="buttons" role="status">
          {answer.href !== undefined && (
            <Link href={answer.href}>{say(rejected ? 'signer.why' : 'app.seeRequest')}</Link>
          )}
          {rejected && (
            <button type="button" onClick={onCorrect}>
              {say('signer.correct')}
            </button>
          )}
        </div>
      }
    >
      <pre class="code">{visible(answer.text.slice(0, 4000))}</pre>
    </Panel>
  )
}

function SignRequest() {
  const { variant: asked } = route.value.query
  const variant: Variant = isVariant(asked) ? asked : 'right'
  const [method, setMethod] = useState('GET')
  const [target, setTarget] = useState('/api/v1/jobs?page=0&limit=20')
  const { keys, key, setKey } = useKeys()
  const [call, setCall] = useState<SignedCall>()
  const [answer, setAnswer] = useState<Answered>()
  const sending = useRef<HTMLButtonElement>(null)
  const submit = () =>
    act(async () => {
      const made = await signedBy(variant, method, target, key)
      setCall(made)
      setAnswer(await send(method, target, made.headers))
      return undefined
    })
  const correct = () => {
    narrow({ variant: 'right' })
    setAnswer(undefined)
    setCall(undefined)
    sending.current?.focus()
  }
  return (
    <>
      <Panel>
        <Form class="call padded" onSubmit={submit}>
          <CallFields method={method} target={target} onMethod={setMethod} onTarget={setTarget} />
          <Choice<string> label={say('signer.key')} value={key} options={asNamed(keys)} onChange={setKey} />
          <Choice
            label={say('signer.variant')}
            value={variant}
            options={variantNames.map(one => [one, say(`signer.${one}`)] as const)}
            onChange={value => narrow({ variant: value })}
          />
          <button ref={sending} type="submit" class="main" disabled={key === ''}>
            {say('signer.send')}
          </button>
        </Form>
      </Panel>
      {call && <SignedText call={call} />}
      {answer && <Response answer={answer} onCorrect={correct} />}
      <Snippets title={say('signer.code')} call={{ url: location.origin, method, target, accessKey: key }} />
    </>
  )
}

export function SignerPage() {
  const checking = route.value.query.tab === 'check'
  return (
    <Page
      title={say('nav.signer')}
      actions={
        <fieldset class="joined">
          <legend class="unseen">{say('nav.signer')}</legend>
          {([undefined, 'check'] as const).map(tab => (
            <button
              key={tab ?? 'sign'}
              type="button"
              aria-pressed={checking === (tab === 'check')}
              onClick={() => narrow({ tab })}
            >
              {say(tab === 'check' ? 'signer.checkTab' : 'signer.sign')}
            </button>
          ))}
        </fieldset>
      }
    >
      {checking ? <CheckRequest /> : <SignRequest />}
    </Page>
  )
}
