import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import t, { type Test } from 'tap'
import { signRequest, startEmulator } from '../../src/library/index.ts'

/** An emulator that listens, with streams of its events. */
async function listening(t: Test) {
  const running = await startEmulator({ fixtures: 'none' })
  t.teardown(() => running.stop())
  const follow = async (headers: Record<string, string> = {}) => {
    const request = get(`${running.url}/__admin/events`, { headers })
    t.teardown(() => request.destroy())
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    let text = ''
    answer.setEncoding('utf8').on('data', part => {
      text += part
    })
    /** Waits for a text that fits and gives all that has come. */
    const holds = async (pattern: RegExp) => {
      while (!pattern.test(text)) await once(answer, 'data')
      return text
    }
    return { answer, holds, close: () => request.destroy() }
  }
  const admin = (method: string, path: string, body?: object) =>
    fetch(`${running.url}/__admin${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  const call = (target: string, method = 'GET', more: RequestInit = {}) =>
    fetch(running.url + target, {
      method,
      headers: { ...signRequest({ method, target, ...running.credentials }), ...(more.headers as object) },
      ...(more.body != null && { body: more.body }),
    })
  return { ...running, follow, admin, call }
}

t.test('sends a greeting and short requests, and continues after the last event id', async t => {
  const { follow, call } = await listening(t)
  await call('/api/v1/jobs')
  const first = await follow()
  const hello = await first.holds(/event: hello\n.*\n\n/)
  t.match(hello, /"boot":"[0-9a-z]+","version":"[^"]+","edition":"2025-03","auth":"strict","clock":\{/)
  t.match(hello, /"faults":0,"lastRequest":1/)
  await call('/api/v1/jobs?page=0', 'GET', { headers: { 'x-emulator-console': '1' } })
  const told = await first.holds(/id: 2\nevent: request\n.*"console":true/)
  t.notMatch(told, /id: 1\n/)
  t.match(told, /"operation":"getJobs","account":"default","verdict":"passed","status":200/)
  t.notMatch(told, /ncp_iam/)
  await call('/api/v1/jobs?name=ncp_iam_EMULATORACCESSKEY')
  t.match(await first.holds(/id: 3\n/), /name=ncp_\.\.\./)

  const again = await follow({ 'last-event-id': '1' })
  t.notMatch(await again.holds(/id: 3\n/), /id: 1\n/)
})

t.test('sends what has changed, and of which account', async t => {
  const { follow, call, admin, jobs, faults, clock, reset, snapshots, newAccount } = await listening(t)
  const stream = await follow()
  await stream.holds(/hello/)
  const body = JSON.stringify({ name: 'kafka', interval: 'x' })
  await call('/api/v1/triggers', 'POST', { headers: { 'content-type': 'application/json' }, body })
  const rule = { name: 'kafka', type: 'NONE', triggerRule: { type: 'NONE' } }
  await call('/api/v1/triggers', 'POST', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  })
  const first = await stream.holds(/event: changed\n.*"triggers"\],"account":"default"\}/)
  t.equal(first.match(/event: changed/g)?.length, 1, 'a rejected call changes nothing')
  jobs.put('byHandbyHand', { name: 'by hand' })
  faults.add({ effect: { kind: 'reset' }, times: 1 })
  await stream.holds(/event: changed\n.*"faults"\]\}/)
  faults.replace('f1', { effect: { kind: 'reset' } })
  faults.remove('f1')
  faults.clear()
  clock.freeze()
  await stream.holds(/event: clock\n.*"frozen":true/)
  await admin('PUT', '/clock', { frozen: false })
  await stream.holds(/event: clock\n.*"frozen":false/)
  await newAccount({ name: 'other' })
  await stream.holds(/"accounts"/)
  await reset({ account: 'other' })
  await stream.holds(/"what":\["all"\],"account":"other"/)
  snapshots.save('one')
  snapshots.restore('one')
  await stream.holds(/"what":\["all"\]\}/)
  await reset()
})

t.test('merges changes that come quickly', async t => {
  const { follow, jobs } = await listening(t)
  const stream = await follow()
  await stream.holds(/hello/)
  for (let i = 0; i < 50; i++) jobs.put('byHandbyHand', { name: `number ${i}` })
  const text = await stream.holds(/event: changed[\s\S]*event: changed/)
  t.equal(text.match(/event: changed/g)?.length, 2, 'the first at once, the rest together')
})

t.test('allows sixteen streams and ends them with the emulator', async t => {
  const { follow, url, stop } = await listening(t)
  const streams = await Promise.all(Array.from({ length: 16 }, () => follow()))
  t.equal((await fetch(`${url}/__admin/events`)).status, 503)
  t.equal((await fetch(`${url}/__admin/events`, { method: 'HEAD' })).status, 405)
  streams[0]?.close()
  for (;;) {
    const { answer, close } = await follow()
    close()
    if (answer.statusCode === 200) break
  }
  const ended = streams.slice(1).map(({ answer }) => once(answer, 'end'))
  await stop()
  await Promise.all(ended)
})
