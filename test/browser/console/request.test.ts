import { type OutgoingHttpHeaders, request } from 'node:http'
import type { Page } from 'playwright-core'
import t from 'tap'
import { mistakes, moment, pair, pairs, sent } from '../../../scripts/signature-page.ts'
import type { DifferencePiece } from '../../../src/diagnosis/difference.ts'
import { admin, launched, visit } from '../../support/browser.ts'
import { emulator } from '../../support/emulator.ts'

const browser = await launched(t)

/** One mistake for each cause that docs/signature.md names. */
const rows = [
  ...new Map(
    mistakes
      .flatMap(({ rows }) => rows)
      .filter(({ body, cause }) => body === undefined && cause !== 'unexplained')
      .map(row => [row.cause, row] as const),
  ).values(),
]

const send = (url: string, { method, target, headers }: ReturnType<typeof sent>) =>
  new Promise<void>((resolve, reject) => {
    const given = Object.entries(headers).filter(([, value]) => value !== undefined)
    const { hostname, port } = new URL(url)
    const options = { hostname, port, method, path: target, headers: Object.fromEntries(given) as OutgoingHttpHeaders }
    request(options, response => response.resume().on('end', resolve))
      .on('error', reject)
      .end()
  })

interface Kept {
  readonly diagnosis: {
    readonly cause?: string
    readonly sentence: string
    readonly difference?: readonly DifferencePiece[]
  }
}

/** A text as a page shows it in one line: what is invisible is written out, and line ends are left out. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/\n|\\n/g, '')
    .replaceAll('\t', '\\t')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, sign => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)

/** What a column of the text to sign shows, without the notes on what is missing. */
const column = (page: Page, number: number) =>
  page.evaluate<string>(`[...document.querySelectorAll('main table tr td:nth-of-type(${number}) code')]
    .filter(code => code.closest('tr').querySelector('th').textContent !== 'Signature')
    .flatMap(code => [...code.childNodes])
    .filter(node => !(node instanceof Element && node.matches('.gap')))
    .map(node => node.textContent).join('').replaceAll('\\\\n', '')`)

t.test('shows the sentence of each cause, and both texts with what differs marked', async t => {
  t.ok(rows.length > 60)
  const { accessKey, secretKey } = pair
  const credential = pairs.map(each => ({ ...each, account: 'default', subscribed: true }))
  const { emulator: made, wall } = await emulator(t, { port: 0, accessKey, secretKey, credential, moment })
  const url = await made.listen()
  // A search takes its time from a budget for each second of the gateway clock.
  for (const row of rows) {
    wall.moment += 1000
    await send(url, sent(row))
  }
  const page = await visit(browser, t, url, '/__admin/console/requests/1')
  let compared = 0
  for (const [at, { cause, title }] of rows.entries()) {
    const number = at + 1
    await page.locator('.crumbs', { hasText: new RegExp(`#${number}$`) }).waitFor()
    const { diagnosis } = await admin<Kept>(url, 'GET', `/requests/${number}`)
    t.equal(diagnosis.cause, cause, title)
    await page.locator('.verdict-box code').getByText(cause, { exact: true }).waitFor()
    t.equal(await page.locator('.verdict-box p').textContent(), oneLine(diagnosis.sentence), title)
    const { difference } = diagnosis
    if (difference) {
      compared += 1
      const side = (name: 'expected' | 'signed') =>
        oneLine(difference.map(piece => ('same' in piece ? piece.same : piece[name])).join(''))
      t.equal(await column(page, 1), side('expected'), title)
      t.equal(await column(page, 2), side('signed'), title)
      const differs = difference.some(piece => !('same' in piece))
      t.equal((await page.locator('main mark').count()) > 0, differs, title)
    }
    wall.moment += 1000
    if (number < rows.length) await page.getByRole('button', { name: 'Newer' }).click()
  }
  t.ok(compared > 30)
  t.equal(await page.getByRole('button', { name: 'Newer' }).isDisabled(), true)
})
