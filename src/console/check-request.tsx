import { useState } from 'preact/hooks'
import { act, ask } from './ask.ts'
import { DiagnosisPanels, Sentence } from './diagnosis.tsx'
import { CallFields, Form, TextArea } from './fields.tsx'
import { Panel } from './page.tsx'
import type { Diagnosis } from './shapes.ts'
import { say, visible } from './words.ts'

/** `name: value` on each line; those without a colon are left out. */
export function headersOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split('\n').flatMap(line => {
      const colon = line.indexOf(':')
      return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]]
    }),
  )
}

const blank = 'x-ncp-apigw-timestamp: \nx-ncp-iam-access-key: \nx-ncp-apigw-signature-v2: '

/** Says why the gateway would reject a request with these headers, without sending it. */
export function CheckRequest() {
  const [method, setMethod] = useState('GET')
  const [target, setTarget] = useState('/api/v1/jobs?page=0&limit=20')
  const [headers, setHeaders] = useState(blank)
  const [diagnosis, setDiagnosis] = useState<Diagnosis>()
  const check = () =>
    act(async () => {
      setDiagnosis(await ask('/explain', { method: 'POST', body: { method, target, headers: headersOf(headers) } }))
      return undefined
    })
  return (
    <>
      <Panel>
        <Form class="call padded" onSubmit={check}>
          <CallFields method={method} target={target} onMethod={setMethod} onTarget={setTarget} />
          <TextArea label={say('signer.headers')} rows={4} value={headers} onInput={setHeaders} />
          <button type="submit" class="main">
            {say('signer.check')}
          </button>
        </Form>
      </Panel>
      {diagnosis && (
        <div role="status">
          <div class={diagnosis.verdict === 'right' ? 'panel padded' : 'verdict-box'}>
            <Sentence of={diagnosis} />
            {diagnosis.cause !== undefined && <code>{visible(diagnosis.cause)}</code>}
          </div>
          <DiagnosisPanels of={diagnosis} />
        </div>
      )}
    </>
  )
}
