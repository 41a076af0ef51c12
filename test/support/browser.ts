import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
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
  t.setTimeout(300_000)
  return browser
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const wide = { width: 1280, height: 900 }
export const narrow = { width: 390, height: 844 }

/** A page, and at the end of the test no console error, and no request that left this machine. */
export async function visit(
  browser: Browser,
  t: Test,
  url: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: wide, locale: 'en-US', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  // A 401 that was asked for is one line of the browser, not a fault of the page.
  page.on('console', message => {
    if (message.type() === 'error' && !/status of (401|404|409)/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(error.message))
  page.on('request', request => request.url().startsWith(url) || complaints.push(`asked for ${request.url()}`))
  t.teardown(async () => {
    await context.close()
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
  })
  await page.goto(url + path)
  await page.locator('h1').waitFor()
  return page
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
