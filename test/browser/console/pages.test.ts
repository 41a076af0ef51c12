import t from 'tap'
import { admin, call, emulate, launched, live, visit } from '../../support/browser.ts'

const browser = await launched(t)

interface Executions {
  readonly executions: readonly { readonly status: string; readonly queuedAt: number; readonly jobId: string }[]
}

t.test('keeps search, filters and paging of the jobs in the address', async t => {
  const { url } = await emulate(t, '--fixtures', 'none', '--generate', '45')
  const page = await visit(browser, t, url, '/__admin/console/jobs')
  await page.getByText('45 jobs').waitFor()
  await page.getByRole('button', { name: 'Next page' }).click()
  await page.getByText('Page 2 of 3').waitFor()
  await page.reload()
  await page.getByText('Page 2 of 3').waitFor()
  const { jobs } = await admin<{ jobs: { name: string; status: string }[] }>(url, 'GET', '/jobs?limit=45')
  const [{ name = '', status = '' } = {}] = jobs
  await page.locator('h1').click()
  await page.keyboard.press('/')
  await page.locator('input[type=search]:focus').waitFor()
  await page.keyboard.type(name)
  await page.getByLabel('Status', { exact: true }).selectOption(status)
  await page.getByRole('row', { name }).first().waitFor()
  await page.waitForURL(/name=.*&status=|status=.*&name=/)
  t.notMatch(page.url(), /page=/)
  await page.getByLabel('Search job name').fill('no such job')
  await page.getByText('No job fits the filters.').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByText('45 jobs').waitFor()
})

t.test('draws the nodes and edges of a job, the x of a failed execution, and cancels one', async t => {
  const { url } = await emulate(t)
  await admin(url, 'PUT', '/clock', { frozen: true })
  const page = await visit(browser, t, url, '/__admin/console/jobs/qR7ordersDay')
  const { nodes } = await admin<{ nodes: { name: string; parentNodeIds: string[] }[] }>(
    url,
    'GET',
    '/jobs/qR7ordersDay',
  )
  await page
    .locator('.node')
    .nth(nodes.length - 1)
    .waitFor()
  t.same(
    await page.locator('.node b').allTextContents(),
    nodes.map(({ name }) => name),
  )
  t.equal(await page.locator('.edge').count(), nodes.flatMap(({ parentNodeIds }) => parentNodeIds).length)
  await page.locator('.node').first().click()
  await page.getByRole('heading', { name: `Settings of ${nodes[0]?.name}` }).waitFor()

  await page.getByRole('button', { name: 'Plan next executions' }).click()
  await page.getByLabel('Running (s)').fill('60')
  await page.keyboard.press('Enter')
  await page.getByText('Planned executions of orders-daily: 1.').waitFor()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const newest = page.getByRole('table').getByRole('row').nth(1)
  await newest.getByText('Waiting').waitFor()
  t.equal(await page.locator('.end-FAILED').count(), 0, 'the end is not told early')
  await admin(url, 'PUT', '/clock', { advance: '2m' })
  await newest.getByText('Failed').waitFor()
  await page.locator('.end-FAILED').waitFor()

  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await newest.getByText('Waiting').waitFor()
  await newest.getByRole('button', { name: 'Cancel execution' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel execution' }).click()
  await newest.getByText('Canceled').waitFor()
})

t.test('shows the next firings that a jump then makes', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/triggers')
  const firings = page
    .getByRole('row', { name: /every-night/ })
    .locator('.links')
    .first()
    .locator('> span')
  await firings.nth(2).waitFor()
  const told = (await firings.allTextContents()).map(text => text.slice(0, 16))
  t.match(await firings.first().textContent(), /^2025-03-22 03:00 in 18 h$/)
  await admin(url, 'PUT', '/clock', { advance: '3d' })
  const { executions } = await admin<Executions>(url, 'GET', '/executions?workflowId=wF5nightly01&limit=100')
  const seoul = (at: number) => new Date(at + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  const made = executions.map(({ queuedAt }) => seoul(queuedAt))
  t.same(
    told.filter(time => !made.includes(time)),
    [],
  )
  await page.getByText('2025-03-25 03:00').waitFor()
})

t.test('shows a workflow that cannot run with its reason and its deleted job', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/workflows')
  const row = page.getByRole('row', { name: /legacy-export/ })
  await row.getByText('Cannot run: a draft, or a job or trigger was deleted').waitFor()
  t.equal(await row.getByRole('button', { name: 'Run legacy-export' }).isDisabled(), true)
  await row.getByText('legacy-inventory-export deleted').waitFor()
})

t.test('keeps 200 calls behind a button while the list is paused, and clears the list', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/requests')
  await live(page)
  await page.getByText('No requests yet. Try this:').waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Resume' }).waitFor()
  for (let number = 0; number < 200; number += 1) await fetch(`${url}/api/v1/jobs?page=${number}`)
  await page.getByRole('button', { name: '200 new requests: show' }).click()
  await page.getByText('/api/v1/jobs?page=199').waitFor()
  const numbers = await page.locator('tbody td.quiet').allTextContents()
  t.same(numbers.slice(0, 3), ['200', '199', '198'], 'newest first')
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.locator('dialog button:focus', { hasText: 'Cancel' }).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Clear' }).click()
  await page.getByText('No requests yet. Try this:').waitFor()
})

t.test('tags a request that a fault acted on, and shows requests as they come', async t => {
  const { url } = await emulate(t)
  await admin(url, 'POST', '/faults', { operation: 'getJobs', effect: { kind: 'refuse', error: 'rate' } })
  const page = await visit(browser, t, url, '/__admin/console/requests')
  await live(page)
  await page.getByText('One fault rule is in force.').waitFor()
  await call(url, 'GET', '/api/v1/jobs')
  const row = page.getByRole('row', { name: /GET \/api\/v1\/jobs/ })
  await row.getByText('fault f1').waitFor()
  await page.getByLabel('Which requests').selectOption('true')
  await row.getByText('429').waitFor()
})

t.test('freezes and moves the clock, and resets', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/control')
  await live(page)
  const top = page.getByRole('banner')
  await top.getByRole('button', { name: 'Freeze' }).click()
  await page.getByText('Clock frozen.').waitFor()
  const { epochMs } = await admin<{ epochMs: number }>(url, 'GET', '/clock')
  const stands = new Date(epochMs + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  await top.getByText(stands).waitFor()
  await page.getByLabel('Rate').selectOption('60')
  await page.getByText('Rate: 60').waitFor()
  await page.getByLabel('Skew (s)').fill('400')
  await page.keyboard.press('Enter')
  await page.getByText('Skew (s): 400').waitFor()
  t.match(await admin(url, 'GET', '/clock'), { epochMs, frozen: true, rate: 60, gateway: { skewMs: 400_000 } })
  await page.getByRole('main').getByRole('button', { name: /^\+7d/ }).click()
  await page.getByText(/Clock advanced by 7 days; executions created: \d+\./).waitFor()
  await page.getByRole('button', { name: 'Reset all' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reset all' }).click()
  await page.getByText('The data was reset.').waitFor()
  await top.getByRole('button', { name: 'Freeze' }).waitFor()
  t.match(await admin(url, 'GET', '/clock'), { frozen: false, rate: 1, gateway: { skewMs: 0 } })
})

t.test('injects each preset, which then acts on calls', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/control')
  await live(page)
  const { presets } = await admin<{ presets: { name: string }[] }>(url, 'GET', '/fault-presets')
  for (const { name } of presets) {
    await page.getByRole('button', { name, exact: true }).click()
    await page
      .getByRole('button', { name: /^Edit rule/ })
      .first()
      .waitFor()
    const acted = async () => {
      const { faults } = await admin<{ faults: { id: string; applied: number }[] }>(url, 'GET', '/faults')
      return faults.find(({ applied }) => applied > 0)
    }
    for (let calls = 0; calls < 200 && !(await acted()); calls += 1) {
      const signal = AbortSignal.timeout(5000)
      await call(url, 'GET', '/api/v1/jobs', undefined, signal).catch(() => undefined)
    }
    const fault = await acted()
    t.ok(fault, name)
    await page
      .getByRole('row', { name: new RegExp(`^${fault?.id} `) })
      .locator('td.number')
      .nth(1)
      .getByText(/^[1-9]/)
      .waitFor()
    await page.getByRole('button', { name: 'Remove all' }).click()
    await page.getByText('No fault rules are in force.').waitFor()
  }
})
