import t from 'tap'
import { en } from '../../../src/console/words/en.ts'
import { ko } from '../../../src/console/words/ko.ts'
import { fill } from '../../../src/console/words.ts'
import { emulate, launched, live, open, tabTo, visit } from '../../support/browser.ts'

const browser = await launched(t)

for (const [locale, words] of [
  ['en-US', en],
  ['ko-KR', ko],
] as const) {
  t.test(`does the three demos with the keyboard alone, ${locale}`, async t => {
    const { url } = await emulate(t)
    const page = await visit(browser, t, url, '/__admin/console/jobs', { locale })
    const button = (name: string) => page.getByRole('button', { name, exact: true, disabled: false })
    const link = (name: string) => page.getByRole('link', { name, exact: true })
    await live(page)

    await tabTo(page, button(fill(words['jobs.runNamed'], { name: 'orders-daily' })))
    await page.keyboard.press('Enter')
    await page.getByText(fill(words['jobs.started'], { name: 'orders-daily' })).waitFor()
    await tabTo(page, link('orders-daily'), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.locator('h1:focus', { hasText: 'orders-daily' }).waitFor()
    await page
      .getByRole('table')
      .getByRole('row')
      .filter({ hasText: words['runs.byHand'] })
      .getByText(words['status.COMPLETED'])
      .waitFor()

    await tabTo(page, link(words['nav.signer']), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.locator('h1:focus', { hasText: words['nav.signer'] }).waitFor()
    await tabTo(page, page.getByLabel(words['signer.variant']))
    await page.keyboard.press('ArrowDown')
    await tabTo(page, button(words['signer.send']))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `${words['signer.result']}: 401` }).waitFor()
    await tabTo(page, link(words['signer.why']))
    await page.keyboard.press('Enter')
    await page.getByText(fill(words['request.rejected'], { reason: words['verdict.signature'] })).waitFor()
    await page.getByText('query-left-out').waitFor()
    await page.goBack()
    await tabTo(page, button(words['signer.send']))
    await page.keyboard.press('Enter')
    await tabTo(page, button(words['signer.correct']))
    await page.keyboard.press('Enter')
    await page.locator('button:focus', { hasText: words['signer.send'] }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `${words['signer.result']}: 200` }).waitFor()

    await open(page, `${url}/__admin/console/triggers`)
    await page.getByRole('row', { name: /every-night/ }).waitFor()
    const day = words['clock.day']
    await tabTo(page, button(`+1d: ${fill(words['clock.advance'], { time: day })}`))
    await page.keyboard.press('Enter')
    await page.getByText(fill(words['clock.advanced'], { time: day, count: 2 })).waitFor()
    await tabTo(page, link(words['app.seeExecutions']))
    await page.keyboard.press('Enter')
    await page.locator('h1:focus', { hasText: 'nightly-orders' }).waitFor()
  })
}

t.test('gives the focus back when a dialog closes, and to the heading when its row is gone', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/jobs')
  const menu = page.getByLabel('More actions for orders-daily', { exact: true })
  await tabTo(page, menu)
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Edit state' }))
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.locator('summary:focus').and(menu).waitFor()

  await open(page, `${url}/__admin/console/control`)
  await page.getByRole('button', { name: 'flaky' }).click()
  const remove = page.getByRole('button', { name: 'Remove f1' })
  await tabTo(page, remove)
  await page.keyboard.press('Enter')
  await remove.waitFor({ state: 'detached' })
  await page.locator('h1:focus').waitFor()
})
