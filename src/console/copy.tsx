import { useState } from 'preact/hooks'
import { act } from './ask.ts'
import { Panel } from './page.tsx'
import { sign } from './signed-call.ts'
import { type Call, curl, type SnippetLanguage, snippet, snippetLanguages } from './snippets.ts'
import { say, visible } from './words.ts'

/** Code for a call in five languages. The curl command is signed when it is copied, as it works for five minutes. */
export function Snippets({ title, call }: { title: string; call: Call }) {
  const [chosen, setChosen] = useState<SnippetLanguage>('curl')
  const blank = {
    'x-ncp-apigw-timestamp': '…',
    'x-ncp-iam-access-key': call.accessKey,
    'x-ncp-apigw-signature-v2': '…',
  }
  const code = chosen === 'curl' ? curl(call, blank) : snippet(chosen, call)
  const copy = () =>
    act(async () => {
      const { method, target, accessKey } = call
      const text = chosen === 'curl' ? curl(call, (await sign({ method, target, accessKey })).headers) : code
      await navigator.clipboard.writeText(text)
      return { text: say('app.copied') }
    })
  return (
    <Panel
      title={title}
      beside={
        <div class="tabs">
          {snippetLanguages.map(one => (
            <button key={one} type="button" aria-pressed={one === chosen} onClick={() => setChosen(one)}>
              {one}
            </button>
          ))}
          <button type="button" class="copy" onClick={copy}>
            {say('app.copy')}
          </button>
        </div>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls takes the focus */}
      <pre class="code" tabIndex={0}>
        {visible(code)}
      </pre>
      <p class="muted note">{say(chosen === 'curl' ? 'copy.signed' : 'copy.secret')}</p>
    </Panel>
  )
}
