import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { admin, emulate, launched, live, visit } from '../../support/browser.ts'

const browser = await launched(t)
const images = fileURLToPath(new URL('../../../docs/images/', import.meta.url))
mkdirSync(images, { recursive: true })

t.test('runs a job and shows it from Waiting to Completed without a reload', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/')
  t.match(page.url(), /\/__admin\/console\/jobs$/)
  await live(page)

  const row = page.getByRole('row', { name: /orders-daily qR7ordersDay/ })
  await row.waitFor()
  await page.screenshot({ path: `${images}console-jobs.png` })
  // Frozen, as a slow machine may not see a second of waiting.
  await admin(url, 'PUT', '/clock', { frozen: true })
  await row.getByRole('button', { name: 'Run orders-daily' }).click()
  await row.getByText('Waiting').waitFor()
  await page.getByRole('link', { name: 'orders-daily', exact: true }).click()
  const execution = page.getByRole('table').getByRole('row').nth(1)
  await execution.getByText('Waiting').waitFor()
  await admin(url, 'PUT', '/clock', { advance: '2s' })
  await execution.getByText('Running').waitFor()
  await admin(url, 'PUT', '/clock', { frozen: false })
  await execution.getByText('Completed').waitFor()
  await page.getByRole('main').getByText('Runnable').waitFor()
  await page.screenshot({ path: `${images}console-job.png` })
})

t.test('breaks a signature, tells why, and corrects it', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/jobs')
  await page.getByRole('link', { name: 'Break a signature' }).click()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('link', { name: 'Why?' }).click()
  await page.getByText('You signed the path without its query').waitFor()
  await page.getByText('missing: ?page=0&limit=20').waitFor()
  await page.screenshot({ path: `${images}console-request.png` })
  await page.goBack()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('button', { name: 'Correct it' }).click()
  await page.locator('button:focus', { hasText: 'Send' }).waitFor()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: 'Response: 200' }).waitFor()
})

t.test('jumps a day and leads to the executions that the trigger started', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/triggers')
  await page
    .getByRole('row', { name: /every-night/ })
    .getByText('2025-03-22 03:00')
    .waitFor()
  await page.getByRole('button', { name: /^\+1d/ }).click()
  await page.getByText('Clock advanced by 1 day; executions created: 2.').waitFor()
  await page.getByRole('link', { name: 'See the executions' }).click()
  await page.getByRole('heading', { name: 'nightly-orders' }).waitFor()
  await page.getByRole('table').getByText('Completed').first().waitFor()
  await page.screenshot({ path: `${images}console-jump.png` })
  await page
    .getByRole('row', { name: /Trigger every-night/ })
    .first()
    .waitFor()
})

t.test('shows the following firing once a trigger has fired, without a reload', async t => {
  const { url } = await emulate(t)
  await admin(url, 'PUT', '/clock', { now: '2025-03-22T02:59:40+09:00', frozen: true })
  const page = await visit(browser, t, url, '/__admin/console/triggers')
  const row = page.getByRole('row', { name: /every-night/ })
  await row.getByText('2025-03-22 03:00').waitFor()
  await admin(url, 'PUT', '/clock', { rate: 10, frozen: false })
  await row.getByText('2025-03-22 03:00').waitFor({ state: 'detached' })
  await row.getByText('2025-03-23 03:00').waitFor()
})

t.test('shows hostile names as text', async t => {
  const { url } = await emulate(t)
  await admin(url, 'PUT', '/jobs/hostileName1', { name: '<img src=x onerror=alert(1)>\u202egnp.exe' })
  const page = await visit(browser, t, url, '/__admin/console/jobs/hostileName1')
  await page.getByRole('heading', { name: '<img src=x onerror=alert(1)>\\u202egnp.exe' }).waitFor()
  t.equal(await page.locator('main img').count(), 0)
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

t.test('leads to a deep link behind the admin token', async t => {
  const { url } = await emulate(t, '--admin-token', 'let-me-in')
  const page = await visit(browser, t, url, '/__admin/console/jobs/qR7ordersDay', {
    httpCredentials: { username: 'me', password: 'let-me-in' },
  })
  await page.getByRole('heading', { name: 'orders-daily' }).waitFor()
  await live(page)
})

t.test('speaks Korean to a Korean browser, and English when somebody chooses it', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/jobs', { locale: 'ko-KR', colorScheme: 'dark' })
  await page.getByRole('heading', { name: '작업' }).waitFor()
  t.equal(await page.locator('html').getAttribute('lang'), 'ko')
  await page.getByRole('row', { name: /orders-daily qR7ordersDay/ }).waitFor()
  await page.screenshot({ path: `${images}console-jobs-ko.png` })
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Jobs' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Jobs' }).waitFor()
})
