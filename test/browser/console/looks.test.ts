import t from 'tap'
import { admin, call, emulate, faultsOf, launched, narrow, open, visit, wide } from '../../support/browser.ts'

const browser = await launched(t)
const { url } = await emulate(t)
await fetch(`${url}/api/v1/jobs?page=0`)
await call(url, 'GET', '/api/v1/jobs?limit=2')
await admin(url, 'PUT', '/snapshots/before')
await admin(url, 'POST', '/faults', { operation: 'createJob', effect: { kind: 'refuse', error: 'rate' } })
await admin(url, 'PUT', '/clock', { advance: '1d' })

const lists = ['jobs', 'workflows', 'triggers', 'requests', 'signer', 'control', 'about', 'nope']
const details = ['jobs/qR7ordersDay', 'workflows/wF5nightly01', 'requests/1', 'requests/2', 'signer?tab=check']

for (const [viewport, colorScheme, locale] of [
  [wide, 'light', 'en-US'],
  [wide, 'dark', 'ko-KR'],
  [narrow, 'light', 'ko-KR'],
  [narrow, 'dark', 'en-US'],
] as const) {
  t.test(`shows every page without a serious fault: ${colorScheme}, ${viewport.width} px, ${locale}`, async t => {
    const page = await visit(browser, t, url, '/', { viewport, colorScheme, locale })
    for (const path of [...lists, ...details]) {
      await open(page, `${url}/__admin/console/${path}`)
      t.same(await faultsOf(page), [], path)
    }
  })
}

t.test('shows dialogs and menus without a serious fault', async t => {
  for (const [viewport, colorScheme] of [
    [wide, 'light'],
    [narrow, 'dark'],
  ] as const) {
    const page = await visit(browser, t, url, '/__admin/console/jobs', { viewport, colorScheme })
    await page.getByLabel('More actions for orders-daily', { exact: true }).click()
    t.same(await faultsOf(page), [], 'the menu of a job')
    for (const [opener, title] of [
      ['Edit state', 'Edit state of orders-daily'],
      ['Plan next executions', 'Plan next executions of orders-daily'],
      ['Delete', 'Delete'],
    ] as const) {
      await open(page, `${url}/__admin/console/jobs/qR7ordersDay`)
      await page.getByRole('button', { name: opener, exact: true }).click()
      await page.getByRole('dialog', { name: title }).waitFor()
      t.same(await faultsOf(page), [], title)
    }
    await page.context().close()
  }
})
