import { get, type IncomingMessage } from 'node:http'
import t, { type Test } from 'tap'
import { admin, emulate, launched, live, visit } from '../../support/browser.ts'

const browser = await launched(t)

/** Follows the events of an emulator, as a console does, until `close`. */
const follow = (t: Test, url: string) =>
  new Promise<{ status: number; close: () => void }>((resolve, reject) => {
    const request = get(`${url}/__admin/events`, (response: IncomingMessage) => {
      response.resume()
      response.on('error', () => undefined)
      resolve({ status: response.statusCode ?? 0, close: () => request.destroy() })
    })
    request.on('error', reject)
    t.teardown(() => request.destroy())
  })

/** Tries until the emulator answers with this status; it forgets a stream a little after its reader has gone. */
async function followedWith(t: Test, url: string, status: number): Promise<void> {
  for (;;) {
    const stream = await follow(t, url)
    stream.close()
    if (stream.status === status) return
  }
}

t.test('says that the emulator is gone, tries again when asked, and tells of the restart', async t => {
  const first = await emulate(t)
  const page = await visit(browser, t, first.url, '/__admin/console/jobs', { clock: true, expected: /ERR_/ })
  await live(page)
  first.child.kill('SIGKILL')
  await page.getByText(/Not connected\. Trying again in/).waitFor()
  t.equal(await page.locator('main [inert]').count(), 1)
  // From now on nothing but the button connects.
  await page.clock.pauseAt(Date.now() + 60_000)
  await emulate(t, '--port', new URL(first.url).port)
  await page.getByRole('button', { name: 'Now' }).click()
  await page.clock.runFor(100)
  await page.getByText('The emulator was restarted. Everything was read again.').waitFor()
  await page.clock.resume()
  await live(page)
  t.equal(await page.locator('main [inert]').count(), 0)
})

t.test('says that 16 consoles are open, shows its pages without events, and connects when one closes', async t => {
  const { url } = await emulate(t)
  const streams = await Promise.all(Array.from({ length: 16 }, () => follow(t, url)))
  const page = await visit(browser, t, url, '/__admin/console/jobs', { expected: /status of 503/ })
  await page.getByText(/Too many consoles are open \(16\)\. Trying again in \d s/).waitFor()
  await page.getByRole('row', { name: /orders-daily qR7ordersDay/ }).waitFor()
  t.equal(await page.locator('main [inert]').count(), 0)
  streams[0]?.close()
  await live(page)
  t.equal(await page.getByText('Too many consoles').count(), 0)
})

t.test('keeps old data beside the reason when a read fails, and reads again when asked', async t => {
  const { url } = await emulate(t)
  const page = await visit(browser, t, url, '/__admin/console/jobs', { expected: /status of 503/ })
  await live(page)
  const row = page.getByRole('row', { name: /orders-daily qR7ordersDay/ })
  await row.waitFor()
  const problem = { status: 503, detail: 'the database is busy' }
  await page.route('**/__admin/jobs?*', route =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  )
  await admin(url, 'PATCH', '/jobs/qR7ordersDay', { status: 'STOPPED' })
  await page.getByRole('alert').getByText('the database is busy').waitFor()
  await page.locator('.old').getByText('orders-daily', { exact: true }).waitFor()
  await page.unroute('**/__admin/jobs?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await row.getByText('Stopped').waitFor()
  t.equal(await page.getByRole('alert').count(), 0)
})

t.test('closes its stream half a minute after the tab was hidden, and reads all again when it is shown', async t => {
  const { url } = await emulate(t)
  for (let other = 0; other < 15; other += 1) t.equal((await follow(t, url)).status, 200)
  const page = await visit(browser, t, url, '/__admin/console/jobs', { clock: true })
  await live(page)
  t.equal((await follow(t, url)).status, 503, 'the page has the sixteenth')
  const show = (hidden: boolean) =>
    page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} })
      document.dispatchEvent(new Event('visibilitychange'))`)
  await show(true)
  await page.clock.fastForward(31_000)
  await followedWith(t, url, 200)
  await admin(url, 'PUT', '/jobs/madeMeanwhi1', { name: 'made-meanwhile' })
  await show(false)
  await page.getByRole('link', { name: 'made-meanwhile' }).waitFor()
  await followedWith(t, url, 503)
})

t.test('asks for nothing while nothing changes', async t => {
  const { url } = await emulate(t)
  await admin(url, 'PUT', '/clock', { frozen: true })
  const page = await visit(browser, t, url, '/__admin/console/jobs', { clock: true })
  await live(page)
  await page.getByRole('row', { name: /orders-daily qR7ordersDay/ }).waitFor()
  await page.clock.runFor(2000)
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.clock.runFor(30_000)
  t.same(asked, [])
})
