import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import type { Test } from 'tap'
import { start } from './process.ts'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** A browser until the end of the tests of a file. */
export async function launched(t: Test): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
  t.teardown(() => browser.close())
  t.setTimeout(600_000)
  return browser
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const wide = { width: 1280, height: 900 }
export const narrow = { width: 390, height: 844 }

interface VisitOptions extends BrowserContextOptions {
  /** Console errors that the test is about, such as those of an emulator that was stopped. */
  readonly expected?: RegExp
  /** Whether the test moves the timers of the page (`page.clock`). */
  readonly clock?: boolean
}

/** The browser says in its console that a call was rejected; the page says why. */
const rejected = /status of (401|404|409)/

/** A page, and at the end of the test no console error, and no request that left this machine. */
export async function visit(
  browser: Browser,
  t: Test,
  url: string,
  path: string,
  { expected = rejected, clock = false, ...options }: VisitOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: wide, locale: 'en-US', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(45_000)
  const complaints: string[] = []
  page.on('console', message => {
    const text = message.text()
    if (message.type() === 'error' && !rejected.test(text) && !expected.test(text)) complaints.push(text)
  })
  page.on('pageerror', error => complaints.push(error.message))
  page.on('request', request => request.url().startsWith(url) || complaints.push(`asked for ${request.url()}`))
  t.teardown(async () => {
    await context.close()
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
  })
  if (clock) await page.clock.install()
  await open(page, url + path)
  return page
}

/** Opens an address and waits for its heading and its content. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('h1').waitFor()
  await page.locator('main :is(.panel:not(.skeleton), p, a)').first().waitFor()
}

/** Waits until the page follows the events of the emulator. */
export const live = (page: Page): Promise<void> => page.locator('.live.is-live').first().waitFor()

/** Presses a key until an element has the focus. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.first().waitFor()
  const focused = page.locator(':focus').and(target)
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press(key)
    if ((await focused.count()) > 0) return
  }
  throw new Error(`no ${key} leads to ${target}`)
}

/** Calls the admin API of an emulator and gives its JSON. */
export async function admin<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${url}/__admin${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** Sends a call of the API, signed for the account of an access key. */
export async function call(
  url: string,
  method: string,
  target: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const { headers } = await admin<{ headers: Record<string, string> }>(url, 'POST', '/sign', { method, target })
  return fetch(url + target, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
}

/** What axe finds serious on a page, and how far it scrolls sideways. */
export async function faultsOf(page: Page): Promise<string[]> {
  // Trusted Types forbid a script element from a string, not the debugger.
  await page.evaluate(axe)
  return page.evaluate<string[]>(`axe.run().then(({ violations }) => {
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    const found = serious.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200))
    const { scrollWidth } = document.documentElement
    return scrollWidth > innerWidth ? [...found, 'scrolls sideways: ' + scrollWidth] : found
  })`)
}

/** An emulator in a process of its own, at a known time. */
export const emulate = (t: Test, ...more: string[]) => start(t, ['--now', '2025-03-21T09:00:00+09:00', ...more])
