import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { emulate, faultsOf, launched, narrow, visit, wide } from '../../support/browser.ts'

const browser = await launched(t)
const images = fileURLToPath(new URL('../../../docs/images/', import.meta.url))
mkdirSync(images, { recursive: true })

t.test('shows every page without a serious fault, light and dark, wide and narrow', async t => {
  const { url } = await emulate(t)
  await fetch(`${url}/api/v1/jobs?page=0`)
  const paths = ['jobs', 'jobs/qR7ordersDay', 'workflows', 'workflows/wF5nightly01', 'triggers', 'requests']
  for (const path of [...paths, 'requests/1', 'signer', 'control', 'about', 'nope']) {
    for (const [viewport, colorScheme, locale] of [
      [wide, 'light', 'en-US'],
      [narrow, 'dark', 'ko-KR'],
    ] as const) {
      const page = await visit(browser, t, url, `/__admin/console/${path}`, { viewport, colorScheme, locale })
      await page.waitForLoadState('domcontentloaded')
      await page.locator('main :is(.panel, p, a)').first().waitFor()
      t.same(await faultsOf(page), [], `${path} ${colorScheme} ${viewport.width}`)
      await page.context().close()
    }
  }
})

t.test('demo 1: runs a job and shows it from Waiting to Completed without a reload', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/')
  t.match(page.url(), /\/__admin\/console\/jobs$/)

  const row = page.getByRole('row', { name: /orders-daily qR7ordersDay/ })
  await row.waitFor()
  await page.screenshot({ path: `${images}console-jobs.png` })
  await row.getByRole('button', { name: 'Run orders-daily' }).click()
  await row.getByText('Waiting').waitFor()
  await page.getByRole('link', { name: 'orders-daily', exact: true }).click()
  const run = page.getByRole('table').getByRole('row').nth(1)
  await run.getByText('Running').waitFor()
  await run.getByText('Completed').waitFor()
  await page.screenshot({ path: `${images}console-job.png` })
})

t.test('demo 2: breaks a signature, tells why, and corrects it', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/jobs')
  await page.getByRole('link', { name: 'Break a signature' }).click()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('link', { name: 'Why?' }).click()
  await page.getByText('You signed the path without its query').waitFor()
  await page.getByText('missing: ?page=0&limit=20').waitFor()
  await page.screenshot({ path: `${images}console-request.png` })
  await page.goBack()
  await page.getByLabel('Variant').selectOption({ label: 'As it should be' })
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: 'Response: 200' }).waitFor()
})

t.test('demo 3: jumps a day, and the trigger has fired', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/triggers')
  await page
    .getByRole('row', { name: /every-night/ })
    .getByText('2025-03-22 03:00')
    .waitFor()
  await page.getByRole('button', { name: /^\+1d/ }).click()
  await page.getByText('Clock advanced by 1 day; executions created: 2.').waitFor()
  await page.getByRole('link', { name: 'nightly-orders' }).click()
  await page
    .getByRole('row', { name: /Trigger every-night/ })
    .first()
    .waitFor()
})

t.test('says that the emulator is gone', async t => {
  const running = await emulate(t)
  const page = await visit(browser, t, running.url, '/__admin/console/jobs')
  await page.getByText('Live').first().waitFor()
  page.removeAllListeners('console')
  running.child.kill('SIGKILL')
  await page.getByText(/Not connected\. Trying again in/).waitFor()
})

t.test('shows hostile names as text', async t => {
  const { url } = await emulate(t)
  const name = '<img src=x onerror=alert(1)>\u202egnp.exe'
  await fetch(`${url}/__admin/jobs/hostileName1`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })
  const page = await visit(browser, t, url, '/__admin/console/jobs/hostileName1')
  await page.getByRole('button', { name: 'Edit state' }).waitFor()
  t.equal(await page.locator('h1').textContent(), '<img src=x onerror=alert(1)>\\u202egnp.exe')
  t.equal(await page.locator('main img').count(), 0)
})

t.test('leads to a deep link behind the admin token', async t => {
  const { url } = await emulate(t, '--admin-token', 'let-me-in')
  const page = await visit(browser, t, url, '/__admin/console/jobs/qR7ordersDay', {
    httpCredentials: { username: 'me', password: 'let-me-in' },
  })
  await page.getByRole('heading', { name: 'orders-daily' }).waitFor()
  await page.getByText('Live').first().waitFor()
})

t.test('speaks Korean', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/jobs', { locale: 'ko-KR', colorScheme: 'dark' })
  await page.getByRole('heading', { name: '작업' }).waitFor()
  t.equal(await page.locator('html').getAttribute('lang'), 'ko')
  await page.screenshot({ path: `${images}console-jobs-ko.png` })
})
