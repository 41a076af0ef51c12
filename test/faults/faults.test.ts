import assert from 'node:assert'
import fc from 'fast-check'
import t from 'tap'
import type { ApiErrorName } from '../../src/domain/api-error.ts'
import type { RequestSubject } from '../../src/domain/request-conditions.ts'
import type { FaultVerdict } from '../../src/faults/faults.ts'
import { type FaultError, type FaultRule, faultErrors, faultPresetNames, faultPresets } from '../../src/faults/rule.ts'
import { faultRules } from '../support/faults.ts'

const call: RequestSubject = {
  method: 'GET',
  path: '/api/v1/jobs',
  operation: 'getJobs',
  accessKey: 'K',
  account: () => 'default',
}
const outage: FaultRule['effect'] = { kind: 'refuse', error: 'endpoint-error' }
const passed: FaultVerdict = { acted: [], delay: 0, answerDelay: 0, reset: false }

const conditions: readonly { rule: Omit<FaultRule, 'effect'>; call?: Partial<RequestSubject>; fits: boolean }[] = [
  { rule: {}, fits: true },
  { rule: { method: 'GET' }, fits: true },
  { rule: { method: 'POST' }, fits: false },
  { rule: { operation: 'getJobs' }, fits: true },
  { rule: { operation: 'runJob' }, fits: false },
  { rule: { operation: 'executeJob' }, call: { operation: 'runJob' }, fits: true },
  { rule: { operation: 'getExecutionTimes' }, call: { operation: 'getExecutionTimesLive' }, fits: true },
  { rule: { accessKey: 'K' }, fits: true },
  { rule: { accessKey: 'k' }, fits: false },
  { rule: { account: 'default' }, fits: true },
  { rule: { account: 'other' }, fits: false },
  { rule: { account: 'other' }, call: { account: () => undefined }, fits: false },
  { rule: { path: '/api/v1/jobs' }, fits: true },
  { rule: { path: '/api/v1/job' }, fits: false },
  { rule: { path: '/api/v1/*' }, fits: true },
  { rule: { path: '/api/*' }, fits: false },
  { rule: { path: '/api/**' }, fits: true },
  { rule: { path: '**' }, fits: true },
  { rule: { path: '*/jobs' }, fits: false },
  { rule: { path: '/api/v1/jobs/*/executions' }, call: { path: '/api/v1/jobs/x/executions' }, fits: true },
  { rule: { path: '/api/v1/jobs/*/executions' }, call: { path: '/api/v1/jobs/x/y/executions' }, fits: false },
  { rule: { path: '/api.v1/jobs' }, fits: false },
  { rule: { path: '/api/v1/jobs*' }, fits: true },
  { rule: { path: '/api/v1/jobs/*' }, fits: false },
  { rule: { path: '/api/v1/jobs/*' }, call: { path: '/api/v1/jobs/' }, fits: true },
  { rule: { path: '/**/jobs' }, fits: true },
  { rule: { path: '/**s' }, fits: true },
  { rule: { path: '/**x' }, fits: false },
  { rule: { path: '***' }, fits: true },
  { rule: { path: `/${'**a'.repeat(60)}b` }, call: { path: `/${'a'.repeat(2000)}` }, fits: false },
  { rule: { path: '/api/v1/jobs(a)+' }, call: { path: '/api/v1/jobs(a)+' }, fits: true },
  { rule: { method: 'GET', path: '/api/v1/jobs', operation: 'getJobs', account: 'other' }, fits: false },
]

t.test('applies a rule to the requests that match every condition, and counts them', async t => {
  for (const { rule, call: other, fits } of conditions) {
    const { rules } = faultRules([{ ...rule, effect: outage }])
    const { refused } = rules.judge({ ...call, ...other })
    t.equal(refused?.name, fits ? 'endpointError' : undefined, JSON.stringify(rule))
    t.match(rules.list(), [{ matched: Number(fits), applied: Number(fits) }])
  }
})

t.test('applies a rule to matching requests by after and times', async t => {
  const rows: readonly { rule: Omit<FaultRule, 'effect'>; acts: string }[] = [
    { rule: { times: 2 }, acts: 'xx....' },
    { rule: { after: 3 }, acts: '...xxx' },
    { rule: { after: 1, times: 2 }, acts: '.xx...' },
    { rule: { after: 0 }, acts: 'xxxxxx' },
    { rule: { probability: 0 }, acts: '......' },
    { rule: { probability: 1, times: 1 }, acts: 'x.....' },
  ]
  for (const { rule, acts } of rows) {
    const { rules } = faultRules([{ ...rule, effect: outage }])
    const seen = Array.from(acts, () => (rules.judge(call).refused ? 'x' : '.')).join('')
    t.equal(seen, acts, JSON.stringify(rule))
    t.match(rules.get('f1'), { matched: acts.length, applied: acts.replaceAll('.', '').length })
  }
})

t.test('draws chance from the seed, and from its beginning after a reset', async t => {
  const drawn = (seed: string) => {
    const { rules } = faultRules([{ probability: 0.3, effect: outage }], seed)
    const draw = () => Array.from({ length: 1000 }, () => Number(rules.judge(call).refused !== undefined))
    const [first, second] = [draw(), draw()]
    rules.reset()
    t.not(first.join(''), second.join(''))
    t.same(draw(), first)
    return first
  }
  const one = drawn('1')
  t.same(drawn('1'), one)
  t.not(drawn('2').join(''), one.join(''))
  const share = one.reduce((sum, hit) => sum + hit) / one.length
  t.ok(share > 0.25 && share < 0.35, `${share}`)
})

t.test('keeps the chance of other rules when one is inserted', async t => {
  const rule: FaultRule = { probability: 0.5, effect: outage }
  const seen = (between: boolean) => {
    const { rules } = faultRules([rule])
    if (between) rules.add({ probability: 0.5, effect: { kind: 'delay', time: { from: 0, to: 9 } } })
    return Array.from({ length: 100 }, () => rules.judge(call).refused !== undefined)
  }
  t.same(seen(true), seen(false))
})

t.test('returns earlier rejections of the gateway before a fault, and delays them', async t => {
  const rows: readonly { error: FaultError; own: ApiErrorName; injected: boolean }[] = [
    { error: 'quota', own: 'credentialsInvalid', injected: false },
    { error: 'quota', own: 'notSubscribed', injected: false },
    { error: 'not-found', own: 'notSubscribed', injected: false },
    { error: 'unexpected', own: 'bodyTooLarge', injected: false },
    { error: 'timestamp-expired', own: 'credentialsMissing', injected: false },
    { error: 'timestamp-expired', own: 'timestampExpired', injected: false },
    { error: 'timestamp-expired', own: 'credentialsInvalid', injected: true },
    { error: 'unknown-url', own: 'credentialsMissing', injected: true },
    { error: 'bad-target', own: 'bodyTooLarge', injected: true },
  ]
  for (const { error, own, injected } of rows) {
    const { rules } = faultRules([{ effect: { kind: 'delay', time: 7 } }, { effect: { kind: 'refuse', error } }])
    const { delay, refused } = rules.judge(call, own)
    t.equal(refused?.name, injected ? faultErrors[error] : undefined, `${error} and ${own}`)
    t.equal(delay, 7)
    t.match(rules.get('f2'), { matched: Number(injected), applied: Number(injected) })
  }
})

t.test('adds up delays, and ends at the first other effect that acts', async t => {
  const { rules } = faultRules([
    { effect: { kind: 'delay', time: 100 } },
    { effect: { kind: 'delay', time: 30, at: 'answer' } },
    { method: 'POST', effect: { kind: 'reset' } },
    { times: 1, effect: { kind: 'refuse', error: 'bad-state', message: 'busy' } },
    { times: 1, effect: { kind: 'refuse', error: 'throttle', retryAfter: 3 } },
    { times: 1, effect: { kind: 'reset' } },
    { times: 1, effect: { kind: 'reset', at: 'answer' } },
    { effect: { kind: 'cut', bytes: 5 } },
    { effect: { kind: 'delay', time: 1 } },
  ])
  const ends: readonly (Partial<FaultVerdict> & { id: string; kind: string })[] = [
    { id: 'f4', kind: 'refuse', refused: { name: 'badState', message: 'busy' } },
    {
      id: 'f5',
      kind: 'refuse',
      refused: { name: 'throttleLimited', message: 'injected by the fault f5', retryAfter: 3 },
    },
    { id: 'f6', kind: 'reset', reset: true },
    { id: 'f7', kind: 'reset', answer: { kind: 'reset', at: 'answer' } },
    { id: 'f8', kind: 'cut', answer: { kind: 'cut', bytes: 5 } },
  ]
  const delays = [
    { id: 'f1', kind: 'delay' },
    { id: 'f2', kind: 'delay' },
  ]
  for (const { id, kind, ...end } of ends) {
    t.same(rules.judge(call), { acted: [...delays, { id, kind }], delay: 100, answerDelay: 30, reset: false, ...end })
  }
  t.same(
    rules.list().map(({ id, matched, applied }) => [id, matched, applied]),
    [
      ['f1', 5, 5],
      ['f2', 5, 5],
      ['f3', 0, 0],
      ['f4', 5, 1],
      ['f5', 4, 1],
      ['f6', 3, 1],
      ['f7', 2, 1],
      ['f8', 1, 1],
      ['f9', 0, 0],
    ],
  )
})

t.test('draws a delay between two times, both ends included', async t => {
  const { rules } = faultRules([{ effect: { kind: 'delay', time: { from: 5, to: 8 } } }])
  const seen = new Set(Array.from({ length: 200 }, () => rules.judge(call).delay))
  t.same([...seen].toSorted(), [5, 6, 7, 8])
})

t.test('draws a log-normal delay around its median, with a long tail that ends at an hour', async t => {
  const times = (time: { median: number; sigma: number }) => {
    const { rules } = faultRules([{ effect: { kind: 'delay', time } }])
    return Array.from({ length: 1001 }, () => rules.judge(call).delay).toSorted((a, b) => a - b)
  }
  const drawn = times({ median: 100, sigma: 0.5 })
  const at = (share: number) => drawn[share * 1000] ?? 0
  t.ok(Math.abs(at(0.5) - 100) < 10, `median ${at(0.5)}`)
  t.ok(Math.abs(at(0.841) - 165) < 20, `one sigma above it ${at(0.841)}`)
  t.ok(Math.abs(at(0.159) - 61) < 8, `one sigma below it ${at(0.159)}`)
  t.ok(drawn.every(Number.isInteger))
  t.same(new Set(times({ median: 100, sigma: 0 })), new Set([100]))
  t.equal(times({ median: 100, sigma: 10 }).at(-1), 3_600_000)
})

t.test('protects a rule from changes of its shown copy', async t => {
  const { rules } = faultRules([{ effect: outage }])
  for (const one of [rules.list()[0], rules.get('f1')]) Object.assign(one?.effect ?? {}, { error: 'quota' })
  t.match(rules.list(), [{ effect: outage }])
})

t.test('allows so many requests in each window of the gateway clock, for each key', async t => {
  const { rules, clock } = faultRules([
    { effect: { kind: 'limit', requests: 2, window: 1500, error: 'rate', retryAfter: true } },
  ])
  const told = (moment: number, accessKey = 'K') => {
    clock.moment = moment
    const { refused } = rules.judge({ ...call, accessKey })
    return refused ? `${refused.name} ${refused.retryAfter}` : 'passed'
  }
  for (const [moment, key, expected] of [
    [10_000, 'K', 'passed'],
    [10_400, 'K', 'passed'],
    [10_400, 'K', 'rateLimited 2'],
    [10_400, 'OTHER', 'passed'],
    [10_499, 'K', 'rateLimited 2'],
    [10_500, 'K', 'rateLimited 1'],
    [11_499, 'K', 'rateLimited 1'],
    [11_500, 'K', 'passed'],
    [11_500, 'OTHER', 'passed'],
    [11_501, 'OTHER', 'rateLimited 1'],
    [5000, 'OTHER', 'passed'],
  ] as const) {
    t.equal(told(moment, key), expected, `${key} at ${moment}`)
  }
  t.match(rules.get('f1'), { matched: 11, applied: 5 })
})

t.test('keeps a limit in total closed, without a time to retry', async t => {
  const { rules, clock } = faultRules([{ effect: { kind: 'limit', requests: 3, retryAfter: true } }])
  const seen = Array.from({ length: 6 }, (_, i) => {
    clock.moment = i * 1e12
    return rules.judge(call).refused
  })
  const refused = { name: 'quotaExceeded', message: 'limit of the fault f1 exceeded: 3 requests' }
  t.same(seen, [undefined, undefined, undefined, refused, refused, refused])
})

t.test('allows no more in any second than two windows do, and opens every window again', async () => {
  const steps = fc.array(fc.nat(400), { maxLength: 60 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 5 }), (steps, requests) => {
      const { rules, clock } = faultRules([{ effect: { kind: 'limit', requests, window: 1000 } }])
      const passedAt: number[] = []
      for (const step of steps) {
        clock.moment += step
        if (!rules.judge(call).refused) passedAt.push(clock.moment)
        else assert(clock.moment - (passedAt.at(-requests) ?? 0) < 1000, 'a refusal belongs to a full window')
      }
      for (const start of passedAt) {
        assert(passedAt.filter(moment => moment >= start && moment < start + 1000).length <= 2 * requests)
      }
    }),
  )
})

t.test('lists, replaces, deletes and resets rules', async t => {
  const { rules } = faultRules([{ effect: outage }])
  t.notOk(rules.idle)
  const effect: FaultRule['effect'] = { kind: 'bad-json' }
  t.same(rules.add({ method: 'GET', effect }), { id: 'f2', method: 'GET', effect, matched: 0, applied: 0 })
  rules.judge(call)
  t.match(rules.replace('f1', { times: 1, effect }), { id: 'f1', times: 1, matched: 0, applied: 0 })
  t.same(
    rules.list().map(({ id }) => id),
    ['f1', 'f2'],
  )
  t.equal(rules.replace('f9', { effect }), undefined)
  t.equal(rules.get('f9'), undefined)
  t.equal(rules.remove('f9'), false)
  t.equal(rules.remove('f1'), true)
  t.equal(rules.add({ effect }).id, 'f3', 'no id is used twice')
  rules.clear()
  t.ok(rules.idle)
  t.same(rules.judge(call), passed)
  rules.reset()
  t.same(rules.list(), [{ id: 'f1', effect: outage, matched: 0, applied: 0 }])
})

t.test('rejects an invalid rule in words and changes nothing', async t => {
  const effect = outage
  const rows: readonly [unknown, RegExp][] = [
    [undefined, /^the rule: must be an object, was undefined$/],
    [[], /^the rule: must be an object, was a list of 0$/],
    [{}, /^effect: must be an object, is missing$/],
    [{ effect, efect: 1 }, /^efect: unknown member \(did you mean effect\?\); allowed: effect, method, path/],
    [{ effect, method: 'get' }, /^method: must be one of GET, POST, PUT, PATCH, DELETE, was "get"$/],
    [{ effect, path: 'jobs' }, /^path: must be a path/],
    [{ effect, path: `/${'x'.repeat(300)}` }, /^path: must be a path .* was "\/x{79}\.\.\."$/],
    [{ effect, operation: 'getjobs' }, /^operation: must be one of getJobs, createJob, .*, was "getjobs"$/],
    [{ effect, account: '' }, /^account: must be a text of 1 to 200 characters, was ""$/],
    [{ effect, accessKey: 5 }, /^accessKey: must be 1 to 200 visible/],
    [{ effect, after: -1 }, /^after: must be a whole number from 0 to/],
    [{ effect, times: 0 }, /^times: must be a whole number from 1 to/],
    [{ effect, times: 1.5 }, /^times: must be a whole number/],
    [{ effect, probability: 1.01 }, /^probability: must be a number from 0 to 1, was 1.01$/],
    [{ effect, probability: null }, /^probability: must be a number from 0 to 1, was null$/],
    [{ effect: { kind: 'explode' } }, /^effect\.kind: must be one of refuse, limit, delay, reset, cut, bad-json, drip/],
    [{ effect: { kind: 'refuse' } }, /^effect\.error: must be one of bad-target, .*, is missing$/],
    [{ effect: { kind: 'refuse', error: 'quotas' } }, /^effect\.error: must be one of/],
    [
      { effect: { ...outage, message: 'busy' } },
      /^effect\.message: is for errors of the service: bad-parameter, bad-state, not-found, service-failed;/,
    ],
    [{ effect: { ...outage, message: '' } }, /^effect\.message: must be a text of 1 to 500 characters/],
    [{ effect: { ...outage, retryAfter: '5' } }, /^effect\.retryAfter: must be a whole number/],
    [{ effect: { ...outage, times: 1 } }, /^effect\.times: unknown member; allowed: kind, error, retryAfter, message$/],
    [{ effect: { kind: 'limit' } }, /^effect\.requests: must be a whole number/],
    [{ effect: { kind: 'limit', requests: 1, window: 0 } }, /^effect\.window: must be a whole number from 1/],
    [{ effect: { kind: 'limit', requests: 1, error: 'unexpected' } }, /^effect\.error: must be one of quota, throttle/],
    [{ effect: { kind: 'limit', requests: 1, retryAfter: 5 } }, /^effect\.retryAfter: must be true or false, was 5$/],
    [
      { effect: { kind: 'delay' } },
      /^effect\.time: must be a whole number from 0 to 3600000, \{from, to\} or \{median, sigma\}, is missing$/,
    ],
    [{ effect: { kind: 'delay', time: 1, at: 'end' } }, /^effect\.at: must be one of request, answer/],
    [{ effect: { kind: 'delay', time: { from: 1 } } }, /^effect\.time\.to: must be a whole number/],
    [{ effect: { kind: 'delay', time: { from: 2, to: 1 } } }, /^effect\.time: must be a range whose from/],
    [
      { effect: { kind: 'delay', time: { median: 5 } } },
      /^effect\.time\.sigma: must be a number from 0 to 10, is missing$/,
    ],
    [{ effect: { kind: 'delay', time: { median: 5, to: 9, sigma: 1 } } }, /^effect\.time\.to: unknown member/],
    [{ effect: { kind: 'cut', bytes: -1 } }, /^effect\.bytes: must be a whole number from 0/],
    [{ effect: { kind: 'drip', bytes: 0, every: 1 } }, /^effect\.bytes: must be a whole number from 1/],
    [{ effect: { kind: 'drip', bytes: 1 } }, /^effect\.every: must be a whole number/],
  ]
  const { rules } = faultRules([{ effect }])
  const before = rules.list()
  for (const [rule, message] of rows) {
    t.throws(() => rules.add(rule as FaultRule), { name: 'RangeError', message })
    t.throws(() => rules.replace('f1', rule as FaultRule), { name: 'RangeError', message })
  }
  t.same(rules.list(), before)
  for (let i = 1; i < 1000; i++) rules.add({ effect })
  t.throws(() => rules.add({ effect }), /^there are 1000 faults already; delete some$/)
  t.equal(rules.list().length, 1000)
})

t.test('accepts every preset', async t => {
  for (const name of faultPresetNames) {
    const { rules } = faultRules(faultPresets[name])
    t.equal(rules.list().length, faultPresets[name].length, name)
    const verdicts = Array.from({ length: 200 }, () => rules.judge(call))
    t.ok(
      verdicts.some(({ acted }) => acted.length > 0),
      `${name} does something`,
    )
  }
})
