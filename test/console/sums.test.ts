import fc from 'fast-check'
import t from 'tap'
import {
  clockText,
  dateText,
  dayText,
  durationText,
  machineTime,
  minuteText,
  pageTime,
  secondText,
  simulationTime,
  waitUntil,
} from '../../src/console/clock.ts'
import { layout } from '../../src/console/layers.ts'
import { addressOf, pages, routeOf } from '../../src/console/route.ts'
import { percent, spanOf, ticks } from '../../src/console/scale.ts'

const seoulMidnight = Date.UTC(2025, 2, 20, 15)

t.test('shows times in Korea', async t => {
  t.equal(minuteText(seoulMidnight), '2025-03-21 00:00')
  t.equal(secondText(seoulMidnight + 12_000), '2025-03-21 00:00:12')
  t.equal(clockText(seoulMidnight + 12_000), '00:00:12')
  t.equal(dayText(seoulMidnight), '2025-03-21')
  t.equal(dateText('2025-03-20T08:54:03+09:00'), '2025-03-20 08:54')
  t.equal(durationText(8999, ' s'), '8 s')
  t.equal(durationText(-5, ' s'), '0 s')
  t.equal(durationText(1_804_000, ' s'), '30:04')
  t.equal(durationText(3_723_000, '초'), '1:02:03')
})

t.test('computes the simulation clock from its last report', async t => {
  const clock = { epochMs: 1000, frozen: false, rate: 10, heardAt: 50 }
  t.equal(simulationTime(clock, 60), 1100)
  t.equal(waitUntil(clock, 1200, 60), 10)
  t.equal(waitUntil(clock, 900, 60), 0)
  t.equal(simulationTime({ ...clock, frozen: true }, 60), 1000)
  t.equal(waitUntil({ ...clock, frozen: true }, 1200, 60), undefined)
  t.ok(pageTime() > 0)
  t.ok(machineTime() > pageTime())
})

t.test('reads what it has written as an address', async () => {
  fc.assert(
    fc.property(
      fc.constantFrom('jobs', 'workflows', 'requests' as const),
      fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
      fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), { noNullPrototype: true }),
      (page, id, query) => {
        const { pathname, search } = new URL(addressOf(page as 'jobs', id, query), 'http://localhost')
        // A path of dots alone means a folder to every browser, so no id is made of them.
        if (id !== undefined && /^\.{1,2}$/.test(id)) return
        const found = routeOf(pathname, search)
        if (found.page !== page || found.id !== id) throw new Error(`${JSON.stringify(found)} for ${pathname}`)
        for (const [name, value] of Object.entries(query)) if (found.query[name] !== value) throw new Error(name)
      },
    ),
  )
})

t.test('recognises every page and no other', async t => {
  for (const page of pages) t.equal(routeOf(addressOf(page), '').page, page)
  t.same(routeOf('/__admin/console/', ''), { page: 'jobs', id: undefined, query: {} })
  t.equal(routeOf('/__admin/console/nope', '').page, undefined)
  t.equal(routeOf('/__admin/console/about/x', '').page, undefined)
  t.equal(routeOf('/__admin/console/jobs/a/b', '').page, undefined)
  t.equal(routeOf('/__admin/console/jobs/%zz', '').id, '%zz')
  t.equal(addressOf('jobs', undefined, { name: '', page: undefined, limit: 3 }), '/__admin/console/jobs?limit=3')
})

const node = (id: string, ...parents: string[]) => ({ id, parents })

t.test('places a node behind its parents', async t => {
  const { places, edges, columns, rows } = layout([
    node('t', 'f'),
    node('a'),
    node('b'),
    node('j', 'a', 'b'),
    node('f', 'j'),
  ])
  t.same([columns, rows], [4, 2])
  t.same(places.get('a'), { column: 0, row: 0 })
  t.same(places.get('j'), { column: 1, row: 0.5 })
  t.equal(places.get('t')?.column, 3)
  t.equal(edges.length, 4)
  t.same(layout([]), { places: new Map(), edges: [], columns: 0, rows: 0 })
})

t.test('draws edges without crossing where medians can', async t => {
  const { places } = layout([node('a'), node('b'), node('c', 'b'), node('d', 'a')])
  t.ok((places.get('d')?.row ?? 9) < (places.get('c')?.row ?? 0))
})

t.test('places the nodes of any graph, circles and missing parents included', async () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
  fc.assert(
    fc.property(fc.array(fc.record({ id: ids, parents: fc.array(ids) }, { noNullPrototype: true })), nodes => {
      const { places, edges } = layout(nodes)
      const taken = new Set([...places.values()].map(({ column, row }) => `${column} ${row}`))
      if (taken.size !== places.size) throw new Error('two nodes at one place')
      if (places.size !== new Set(nodes.map(({ id }) => id)).size) throw new Error('a node is missing')
      for (const { from, to } of edges) if (!places.has(from) || !places.has(to)) throw new Error('an edge to nowhere')
    }),
  )
})

const minute = 60_000

t.test('shows the newest executions around the present', async t => {
  const now = seoulMidnight
  const lives = Array.from({ length: 20 }, (_, at) => ({
    queuedAt: now - (at + 1) * 60 * minute,
    endsAt: now - (at + 1) * 60 * minute + 30 * minute,
  }))
  const span = spanOf(lives, [now + 60 * minute, now + 900 * minute], now)
  t.ok(span.from < now - 600 * minute && span.from > now - 660 * minute, 'ten of them')
  t.ok(span.to > now + 60 * minute && span.to < now + 120 * minute, 'and the next firing')
  t.ok(percent(span, now) > 80)
  t.equal(percent(span, 0), 0)
  t.equal(percent(span, Number.MAX_SAFE_INTEGER), 100)
})

t.test('shows an execution under way to its end, and what is long past without the present', async t => {
  const now = seoulMidnight
  const running = spanOf([{ queuedAt: now - 2000, endsAt: now + 3000 }], [], now)
  t.ok(running.to >= now + 3000 && running.to < now + minute)
  const past = spanOf([{ queuedAt: now - 1e9, endsAt: now - 1e9 + minute }], [now + minute], now)
  t.ok(past.to < now - 1e8)
  const nothing = spanOf([], [], now)
  t.ok(nothing.from < now && nothing.to > now)
})

t.test('marks round times', async t => {
  const span = { from: seoulMidnight - 10 * minute, to: seoulMidnight + 350 * minute }
  t.same(
    ticks(span, 7).map(time => minuteText(time).slice(11)),
    ['00:00', '01:00', '02:00', '03:00', '04:00', '05:00'],
  )
  t.ok(ticks({ from: 0, to: 1e14 }, 7).length <= 8)
})
