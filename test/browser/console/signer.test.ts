import t from 'tap'
import { emulate, launched, open, visit } from '../../support/browser.ts'

const browser = await launched(t)

const variants = [
  ['Leave the query out', 'query-left-out'],
  ['Timestamp in seconds', 'timestamp-in-seconds'],
  ['Wrong secret key', undefined],
  ['Host before the path', 'full-url'],
  ['Leave the method out', undefined],
  ['Method in lower case', 'method-case'],
  ['CRLF between the lines', 'crlf'],
  ['Line feed at the end', 'trailing-newline'],
  ['Lines swapped', 'lines-swapped'],
  ['Six minutes old', 'clock-off'],
] as const

t.test('explains each of the ten broken variants of the signer', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/signer')
  for (const [variant, cause] of variants) {
    await page.getByLabel('Variant').selectOption({ label: variant })
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('heading', { name: 'Response: 401' }).waitFor()
    await page.getByRole('link', { name: 'Why?' }).click()
    await page.getByText(/Rejected: /).waitFor()
    if (cause === undefined) t.ok((await page.locator('.verdict-box p').textContent())?.length, variant)
    else await page.locator('.verdict-box').getByText(cause).waitFor()
    await open(page, `${url}/__admin/console/signer`)
  }
})
