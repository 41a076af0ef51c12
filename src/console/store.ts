import { computed, signal } from '@preact/signals'
import { type KnownClock, pageTime, simulationTime } from './clock.ts'
import { addressOf, type PageName, type Route, routeOf } from './route.ts'
import type { Hello } from './shapes.ts'
import { type Language, language } from './words.ts'

const key = (name: string) => `emulator-console-${name}`

/** What this browser remembers; nothing where it may not. */
export const remembered = (name: string): string | null => {
  try {
    return localStorage.getItem(key(name))
  } catch {
    return null
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(key(name), value)
  } catch {
    // A browser that keeps nothing shows the same again next time.
  }
}

export const route = signal<Route>(routeOf(location.pathname, location.search))
/** Grows with every step to another page, so that its heading takes the focus. */
export const steps = signal(0)

function arrive(): void {
  const before = route.value
  route.value = routeOf(location.pathname, location.search)
  if (route.value.page !== before.page || route.value.id !== before.id) {
    steps.value += 1
    scrollTo(0, 0)
  }
}
addEventListener('popstate', arrive)

/** Goes to an address of the console without loading the page again. */
export function go(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  arrive()
}

/** Whose data is shown. */
export const account = computed(() => route.value.query.account ?? 'default')
const accountQuery = () => (account.value === 'default' ? {} : { account: account.value })

/** The address of a page for the same account. */
export const to = (page: PageName, id?: string | number, query: Parameters<typeof addressOf>[2] = {}): string =>
  addressOf(page, id, { ...query, ...accountQuery() })

/** Changes the query of the page that is shown. */
export function narrow(query: Readonly<Record<string, string | number | undefined>>): void {
  const { page = 'jobs', id, query: before } = route.value
  go(addressOf(page, id, { ...before, ...query }), { replace: true })
}

export const hello = signal<Hello | undefined>(undefined)
export const clock = signal<KnownClock | undefined>(undefined)
/** Milliseconds that the gateway clock is ahead of the system's. */
export const gatewaySkew = signal(0)
export const faultCount = signal(0)
/** The number of the last request of the journal. */
export const newestRequest = signal(0)
/** Rejected requests since the page was opened, but for those of this console. */
export const rejectedCount = signal(0)

/** Grows four times a second while the simulation clock goes and somebody looks. */
export const tick = signal(0)
setInterval(() => {
  if (clock.value && !clock.value.frozen && !document.hidden) tick.value += 1
}, 250)

/** What the simulation clock shows now. */
export const now = computed(() => {
  tick.value
  return clock.value === undefined ? undefined : simulationTime(clock.value, pageTime())
})
export const knownClock = (state: Pick<KnownClock, 'epochMs' | 'frozen' | 'rate'>): KnownClock => ({
  epochMs: state.epochMs,
  frozen: state.frozen,
  rate: state.rate,
  heardAt: pageTime(),
})

/** What was done last. */
export interface Said {
  readonly text: string
  /** What to look at now; without a text of its own the link leads to the request that did it. */
  readonly href?: string | undefined
  readonly link?: string | undefined
  readonly failed?: boolean
}
export const notice = signal<Said | undefined>(undefined)

export function chooseLanguage(chosen: Language): void {
  language.value = chosen
  document.documentElement.lang = chosen
  remember('lang', chosen)
}
language.value = document.documentElement.lang === 'ko' ? 'ko' : 'en'

export type Theme = 'auto' | 'light' | 'dark'
const { theme: chosenTheme } = document.documentElement.dataset
export const theme = signal<Theme>(chosenTheme === 'light' || chosenTheme === 'dark' ? chosenTheme : 'auto')
export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  if (chosen === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
  remember('theme', chosen)
}
