import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { act, ask, owned } from './ask.ts'
import { secondText } from './clock.ts'
import { Questions } from './dialog.tsx'
import { asNamed, Select } from './fields.tsx'
import { Icon } from './icons.tsx'
import { Link } from './link.tsx'
import { connection, hearClock, retryIn, retryNow } from './live.ts'
import { addressOf, type PageName, pages } from './route.ts'
import type { Account, MovedClock } from './shapes.ts'
import { useData } from './state.tsx'
import {
  account,
  chooseLanguage,
  chooseTheme,
  clock,
  faultCount,
  go,
  hello,
  notice,
  now,
  rejectedCount,
  route,
  theme,
  to,
} from './store.ts'
import { language, say, sayCount } from './words.ts'

/** The workflow that was started last, to see its executions. */
async function newestFiring() {
  const { decisions } = await ask<{ decisions: readonly { workflowId: string }[] }>(
    owned('/triggers', { firings: 0, decisions: 1 }),
  )
  const [last] = decisions
  return last && { href: to('workflows', last.workflowId), link: say('app.seeExecutions') }
}

/** Moves the clock and says what that did. */
export const moveClock = (change: object, said: (moved: MovedClock) => string): Promise<boolean> =>
  act(async () => {
    const moved = await ask<MovedClock>('/clock', { method: 'PUT', body: change })
    hearClock(moved)
    return { text: said(moved), ...(moved.executions > 0 && (await newestFiring())) }
  })

export const advance = (text: string, time: string): Promise<boolean> =>
  moveClock({ advance: text }, ({ executions: count }) => say('clock.advanced', { time, count }))

export const freeze = (frozen: boolean): Promise<boolean> =>
  moveClock({ frozen }, () => say(frozen ? 'clock.isFrozen' : 'clock.goesOn'))

function ClockBar() {
  const known = clock.value
  const time = now.value
  return (
    <div class="clock-bar">
      <span class="clock" title={say('clock.name')}>
        <Icon name="triggers" />
        <span class="unseen">{say('clock.name')}</span>
        <time class={known?.frozen ? 'frozen' : undefined}>{time === undefined ? '–' : secondText(time)}</time>
        <span class="muted kst">{known?.frozen ? say('clock.frozen') : 'KST'}</span>
      </span>
      <fieldset class="joined">
        <legend class="unseen">{say('clock.name')}</legend>
        <button
          type="button"
          class="freeze"
          aria-label={say(known?.frozen ? 'clock.resume' : 'clock.freeze')}
          onClick={() => freeze(!known?.frozen)}
        >
          <Icon name={known?.frozen ? 'play' : 'freeze'} />
          <span class="wide-only">{say(known?.frozen ? 'clock.resume' : 'clock.freeze')}</span>
        </button>
        {(
          [
            ['1h', 'clock.hour'],
            ['1d', 'clock.day'],
          ] as const
        ).map(([text, word]) => (
          <button
            key={text}
            type="button"
            aria-label={`+${text}: ${say('clock.advance', { time: say(word) })}`}
            onClick={() => advance(text, say(word))}
          >
            +{text}
          </button>
        ))}
      </fieldset>
    </div>
  )
}

function Settings() {
  const accounts = useData<{ accounts: readonly Account[] }>('/accounts', ['accounts'])
  const names = accounts.data?.accounts.map(({ name }) => name) ?? []
  const shown = names.includes(account.value) ? names : [account.value, ...names]
  return (
    <>
      <Select
        class="quiet"
        label={say('app.account')}
        value={account.value}
        options={asNamed(shown)}
        onChange={name => {
          const { page = 'jobs' } = route.value
          go(addressOf(page, undefined, { account: name === 'default' ? undefined : name }))
        }}
      />
      <Select
        class="quiet"
        label={say('app.theme')}
        value={theme.value}
        options={(['auto', 'light', 'dark'] as const).map(name => [name, say(`app.theme.${name}`)] as const)}
        onChange={chooseTheme}
      />
      <button
        type="button"
        lang={language.value === 'en' ? 'ko' : 'en'}
        onClick={() => chooseLanguage(language.value === 'en' ? 'ko' : 'en')}
      >
        {say('app.language')}
      </button>
    </>
  )
}

const LiveSign = () => (
  <span class={`live is-${connection.value}`}>
    {say(connection.value === 'live' ? 'live.live' : 'live.connecting')}
  </span>
)

function NavLink({ page }: { page: PageName }) {
  const { page: current } = route.value
  const rejected = page === 'requests' ? rejectedCount.value : 0
  return (
    <Link href={to(page)} class="nav-link" current={current === page}>
      <Icon name={page} />
      <span>{say(`nav.${page}`)}</span>
      {rejected > 0 && (
        <span class="badge">
          <span aria-hidden="true">{rejected}</span>
          <span class="unseen">{say('nav.rejected', { count: rejected })}</span>
        </span>
      )}
    </Link>
  )
}

/** On a small screen: what the lower bar has no room for. */
function More() {
  const [open, setOpen] = useState(false)
  const { page, id } = route.value
  useEffect(() => setOpen(false), [page, id])
  useEffect(() => {
    if (!open) return
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false)
    addEventListener('keydown', close)
    return () => removeEventListener('keydown', close)
  }, [open])
  return (
    <div class="more small-only">
      <button type="button" class="nav-link" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="more" />
        <span>{say('app.more')}</span>
      </button>
      {open && (
        <div class="more-box">
          {(['signer', 'control', 'about'] as const).map(name => (
            <NavLink key={name} page={name} />
          ))}
          <hr />
          <LiveSign />
          <Settings />
        </div>
      )}
    </div>
  )
}

function Navigation() {
  return (
    <nav class="side" aria-label={say('app.navigation')}>
      <div class="brand wide-only">
        <Icon name="workflows" />
        <span>
          <strong>{say('app.name')}</strong>
          <small>
            {say('app.emulator')}
            {hello.value && ` · ${hello.value.edition}`}
          </small>
        </span>
      </div>
      {pages.slice(0, 4).map(page => (
        <NavLink key={page} page={page} />
      ))}
      <div class="wide-only rest">
        <NavLink page="signer" />
        <hr />
        <NavLink page="control" />
        <NavLink page="about" />
      </div>
      <More />
    </nav>
  )
}

/** What has to be said above every page. */
function Banners() {
  const state = connection.value
  return (
    <>
      {state !== 'live' && state !== 'connecting' && (
        <div class="banner bad" role="status">
          <span>
            {state === 'token'
              ? say('live.token')
              : say(state === 'full' ? 'live.full' : 'live.lost', { seconds: Math.max(1, retryIn.value) })}
          </span>
          {state === 'token' ? (
            <button type="button" onClick={() => location.reload()}>
              {say('live.reload')}
            </button>
          ) : (
            <button type="button" onClick={retryNow}>
              {say('live.now')}
            </button>
          )}
        </div>
      )}
      {faultCount.value > 0 && (
        <div class="banner warn">
          <span>{sayCount('app.faultsInForce', faultCount.value)}</span>
          <Link href={to('control')}>{say('nav.control')}</Link>
        </div>
      )}
    </>
  )
}

function Notice() {
  const said = notice.value
  return (
    <div class="notice-place" role="status">
      {said && (
        <div class={`notice ${said.failed ? 'bad' : ''}`}>
          <span>{said.text}</span>
          {said.href !== undefined && <Link href={said.href}>{said.link ?? say('app.seeRequest')}</Link>}
          <button
            type="button"
            class="bare"
            aria-label={say('app.close')}
            onClick={() => {
              notice.value = undefined
            }}
          >
            ×
          </button>
        </div>
      )}
    </div>
  )
}

export function Frame({ children }: { children: ComponentChildren }) {
  // Without the emulator nothing can be changed.
  const off = connection.value === 'lost'
  return (
    <>
      <a class="skip" href="#content">
        {say('app.skip')}
      </a>
      <Navigation />
      <header class="top">
        <ClockBar />
        <div class="settings wide-only">
          <LiveSign />
          <Settings />
        </div>
      </header>
      <main id="content">
        <Banners />
        <Notice />
        <div class={off ? 'off' : undefined} inert={off}>
          {children}
        </div>
      </main>
      <Questions />
    </>
  )
}
