import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import t from 'tap'
import { emulate, launched, visit } from '../../support/browser.ts'

const browser = await launched(t)

/** Presses Tab until an element of this role and name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<string>(
      "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''",
    )
    if (name.test(focused.trim())) return
  }
  throw new Error(`no Tab leads to ${name}`)
}

t.test('runs a workflow in every edition', async t => {
  for (const edition of ['2023-10', '2025-03', '2026-09']) {
    const { url } = await emulate(t, '--edition', edition)
    const page = await visit(browser, t, url, '/__admin/console/workflows')
    await page
      .getByRole('button', { name: /Run nightly-orders/ })
      .first()
      .click()
    await page.getByText('nightly-orders was started.').waitFor()
    await page.context().close()
  }
})

t.test('keeps 200 calls behind a button while the list is paused', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/requests')
  await page.getByText('Live').first().waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  for (let call = 0; call < 200; call += 1) await fetch(`${url}/api/v1/jobs?page=${call}`)
  await page.getByRole('button', { name: '200 new requests: show' }).click()
  await page.getByText('/api/v1/jobs?page=199').waitFor()
})

t.test('shows hostile headers and bodies as text', async t => {
  const { url } = await emulate(t)
  const markup = '<img src=x onerror=alert(1)><script>alert(2)</script>'
  await fetch(`${url}/api/v1/jobs?name=${encodeURIComponent(markup)}`, {
    method: 'POST',
    headers: { 'x-hostile': markup, referer: 'javascript:alert(3)', 'content-type': 'application/json' },
    body: JSON.stringify({ name: `${markup}\u202e${'x'.repeat(1000)}` }),
  })
  const page = await visit(browser, t, url, '/__admin/console/requests/1')
  await page.getByText(markup).first().waitFor()
  t.equal(await page.locator('main :is(img, script), a[href^="javascript:"]').count(), 0)
})

t.test('tells of a restart and goes on', async t => {
  const first = await emulate(t)
  const page = await visit(browser, t, first.url, '/__admin/console/jobs')
  await page.getByText('Live').first().waitFor()
  page.removeAllListeners('console')
  first.child.kill('SIGKILL')
  await page.getByText(/Not connected\. Trying again in/).waitFor()
  await sleep(200)
  await emulate(t, '--port', new URL(first.url).port)
  await page.getByRole('button', { name: 'Now' }).click()
  await page.getByText('The emulator was restarted. Everything was read again.').waitFor()
  await page.getByText('Live').first().waitFor()
})

t.test('adds, edits and removes a fault rule of its own, and says what is wrong with one', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/control')
  page.removeAllListeners('console')
  await page.getByRole('button', { name: 'Add rule' }).click()
  await page.getByLabel('Rule as JSON').fill('{"effect":{"kind":"nothing"}}')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Rule as JSON').fill('{"effect":{"kind":"refuse","error":"quota"}}')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('"error":"quota"').waitFor()
  t.match(await (await fetch(`${url}/__admin/faults`)).json(), { faults: [{ id: 'f1', effect: { error: 'quota' } }] })
  await page.getByRole('button', { name: 'Edit rule f1' }).click()
  await page.getByLabel('Rule as JSON').fill('{"effect":{"kind":"refuse","error":"rate"}}')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('"error":"rate"').waitFor()
  await page.getByRole('button', { name: 'Remove f1' }).click()
  await page.getByText('No fault rules are in force.').waitFor()
})

t.test('saves, restores and deletes a snapshot, removes an account, and asks before a far jump', async t => {
  const { url } = await emulate(t)
  await fetch(`${url}/__admin/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'other' }),
  })
  const page = await visit(browser, t, url, '/__admin/console/control')
  await page.getByLabel('Name of the snapshot').fill('before')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Restore before' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
  await page.getByText('Snapshot before was restored.').waitFor()
  await page.getByRole('button', { name: 'Delete before' }).click()
  await page.getByText('There are no snapshots.').waitFor()
  await page.getByRole('button', { name: 'Remove other' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('The account other was removed.').waitFor()
  await page.getByLabel('Set to').fill('2026-01-01T00:00')
  await page.getByRole('button', { name: 'Apply' }).first().click()
  await page.getByText(/more than 31 days away/).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  t.match(await page.getByRole('banner').textContent(), /2025-03-21/)
})

t.test('checks headers without sending the request', async t => {
  const { url } = await emulate(t)
  const signed = await fetch(`${url}/__admin/sign`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'GET', target: '/api/v1/jobs' }),
  })
  const { headers } = (await signed.json()) as { headers: Record<string, string> }
  const page = await visit(browser, t, url, '/__admin/console/signer')
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByLabel(/Request headers/).fill(
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
  )
  await page.getByRole('button', { name: 'Check' }).last().click()
  await page.getByText('You signed the path without its query').waitFor()
  await page.getByLabel('Target').fill('/api/v1/jobs')
  await page.getByRole('button', { name: 'Check' }).last().click()
  await page.getByText('The signature is right.').waitFor()
})

t.test('creates, edits and deletes a job', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/jobs')
  await page.getByRole('button', { name: 'Create job' }).click()
  await page.getByLabel('Job name', { exact: true }).fill('made-here')
  await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByText('made-here was created.').waitFor()
  await page.getByRole('heading', { name: 'made-here' }).waitFor()
  await page.getByRole('button', { name: 'Edit state' }).click()
  await page.getByRole('dialog').getByRole('combobox').first().selectOption('EDITING')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('made-here was changed.').waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.locator('dialog button:focus', { hasText: 'Cancel' }).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('made-here was deleted.').waitFor()
})

t.test('does the three demos with the keyboard alone', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/jobs')
  await page.getByRole('link', { name: 'orders-daily', exact: true }).waitFor()
  await tabTo(page, /^Run orders-daily$/)
  await page.keyboard.press('Enter')
  await page
    .getByRole('row', { name: /orders-daily qR7ordersDay/ })
    .getByText(/Waiting|Running/)
    .first()
    .waitFor()

  await page.goto(`${url}/__admin/console/signer?variant=noQuery`)
  await page.locator('h1').waitFor()
  await tabTo(page, /^Send$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Response: 401' }).waitFor()
  await tabTo(page, /^Why\?$/)
  await page.keyboard.press('Enter')
  await page.getByText('Rejected: the signature does not match').waitFor()

  await page.goto(`${url}/__admin/console/triggers`)
  await page.getByRole('row', { name: /every-night/ }).waitFor()
  await tabTo(page, /^\+1d/)
  await page.keyboard.press('Enter')
  await page.getByText('Clock advanced by 1 day; executions created: 2.').waitFor()
})
