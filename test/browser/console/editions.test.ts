import t from 'tap'
import { admin, emulate, faultsOf, launched, live, open, visit } from '../../support/browser.ts'

const browser = await launched(t)

for (const edition of ['2023-10', '2025-03', '2026-09']) {
  t.test(`creates, runs and deletes a job and runs a workflow in edition ${edition}`, async t => {
    const { url } = await emulate(t, '--edition', edition)
    const page = await visit(browser, t, url, '/__admin/console/jobs')
    await live(page)
    await page.getByText(`emulator · ${edition}`).waitFor()
    for (const example of ['filter', 'join', 'emptyGraph']) {
      await open(page, `${url}/__admin/console/jobs`)
      await page.getByRole('button', { name: 'Create job' }).click()
      const name = `made-${example}`
      await page.getByLabel('Job name', { exact: true }).fill(name)
      await page.getByLabel('Example graph').selectOption(example)
      await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()
      await page.getByText(`${name} was created.`).waitFor()
      await page.getByRole('heading', { name }).waitFor()
    }
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('made-emptyGraph was started.').waitFor()
    await page.getByRole('table').getByText('Completed').waitFor()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('made-emptyGraph was deleted.').waitFor()

    await open(page, `${url}/__admin/console/workflows`)
    await page.getByRole('button', { name: 'Run nightly-orders' }).click()
    await page.getByText('nightly-orders was started.').waitFor()
    await page.getByRole('link', { name: 'nightly-orders' }).click()
    await page
      .getByRole('row', { name: /Trigger every-night/ })
      .first()
      .waitFor()
  })
}

t.test('shows every page of the oldest and the newest edition without a serious fault', async t => {
  for (const edition of ['2023-10', '2026-09']) {
    const { url } = await emulate(t, '--edition', edition)
    await fetch(`${url}/api/v1/jobs?page=0`)
    await admin(url, 'PUT', '/clock', { advance: '1d' })
    const page = await visit(browser, t, url, '/')
    const details = ['jobs/qR7ordersDay', 'workflows/wF5nightly01', 'requests/1']
    for (const path of ['jobs', 'workflows', 'triggers', 'requests', 'signer', 'control', 'about', ...details]) {
      await open(page, `${url}/__admin/console/${path}`)
      t.same(await faultsOf(page), [], `${edition} ${path}`)
      t.equal(await page.locator('main .trouble').count(), 0, `${edition} ${path}`)
    }
    await page.context().close()
  }
})
