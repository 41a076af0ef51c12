import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import t, { type Test } from 'tap'
import type { EditionId } from '../../src/api/editions/editions.ts'
import { emulator, type Setting } from '../support/emulator.ts'

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

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
t.teardown(() => browser.close())

/** A page of a listening emulator, and what it asked for and complained of. */
async function visit(t: Test, setting: Setting) {
  const { emulator: made } = await emulator(t, { port: 0, ...setting })
  const url = await made.listen()
  const { adminToken } = setting
  const page = await browser.newPage({
    viewport: { width: 1200, height: 1500 },
    ...(adminToken && { httpCredentials: { username: 'me', password: adminToken } }),
  })
  page.setDefaultTimeout(10_000)
  t.teardown(() => page.close())
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', request => asked.push(request.url()))
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(`${url}/__admin/docs`)
  return { url, page, asked, complaints }
}

/** Shows the page to a person who names a folder; else only proves that it can be drawn. */
async function picture(t: Test, page: Page, name: string) {
  const folder = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'docs-'))
  if (!process.env.SCREENSHOTS) t.teardown(() => rmSync(folder, { recursive: true }))
  t.ok((await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })).length > 10_000)
}

const visits: { edition: EditionId; adminToken?: string }[] = [
  { edition: '2023-10' },
  { edition: '2025-03' },
  { edition: '2025-03', adminToken: 'let-me-in' },
  { edition: '2026-09' },
]

for (const { edition, adminToken } of visits) {
  t.test(`signs what "try it out" sends, edition ${edition}${adminToken ? ', behind a token' : ''}`, async t => {
    const jobs = [{ name: 'nightly_load' }, { name: 'nightly-load' }]
    const { url, page, asked, complaints } = await visit(t, { edition, jobs, adminToken })
    await page.getByText('signs every call by itself').waitFor()
    await picture(t, page, `closed-${edition}`)

    const operation = page.locator('.opblock', { hasText: '/api/v1/jobs' }).first()
    await operation.locator('.opblock-summary').click()
    await operation.getByPlaceholder('name').fill('nightly-')
    const answered = page.waitForResponse(response => response.url().startsWith(`${url}/api/v1/jobs?`))
    await operation.getByRole('button', { name: 'Execute' }).click()
    const answer = await answered
    t.equal(answer.status(), 200)
    t.match(await answer.json(), { count: 1, list: [{ name: 'nightly-load' }] })
    t.match(answer.request().headers(), { 'x-ncp-apigw-signature-v2': /=$/ })
    await operation.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor()
    await operation.locator('.live-responses-table', { hasText: 'nightly-load' }).waitFor()
    await picture(t, page, `executed-${edition}`)

    t.ok(asked.length > 5)
    t.same(
      asked.filter(one => !one.startsWith(`${url}/`) && !one.startsWith('data:')),
      [],
      'nothing leaves this machine',
    )
    t.same(complaints, [])
  })
}
