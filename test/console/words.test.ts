import t from 'tap'
import { linesOf } from '../../src/console/lines.ts'
import { causesKo, koreanCause } from '../../src/console/words/causes.ko.ts'
import { en } from '../../src/console/words/en.ts'
import { ko } from '../../src/console/words/ko.ts'
import { causes } from '../../src/diagnosis/causes.ts'

const values = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort()

/** Names, units and words of the API, which Korean pages write in Latin letters. */
const kept = new Set(
  (
    'Data Flow English API API의 JSON OpenAPI HTTP Access Key Secret CRLF Content-Type IP ms NAME VALUE assume d ' +
    'NCLOUD SECRET KEY HMAC HMAC-SHA256 Base64 LF CR URL UTF-8 UTC HTML n x-ncp-apigw-signature-v2 api v1'
  ).split(' '),
)
const latin = (text: string): string[] =>
  (text.replaceAll(/\{\w+\}/g, '').match(/[A-Za-z][A-Za-z0-9-]*/g) ?? []).filter(word => !kept.has(word))

t.test('has the same keys with the same values in both languages', async t => {
  t.same(Object.keys(ko).sort(), Object.keys(en).sort())
  for (const [key, text] of Object.entries(en)) t.same(values(ko[key as keyof typeof en]), values(text), key)
})

t.test('leaves no English in Korean texts', async t => {
  for (const [key, text] of Object.entries({ ...ko, ...causesKo })) t.same(latin(text), [], key)
})

t.test('has a Korean sentence in the formal style for every cause', async t => {
  t.same(Object.keys(causesKo).sort(), Object.keys(causes).sort())
  for (const [cause, sentence] of Object.entries(causesKo)) t.match(sentence, /(니다|십시오)\.$/, cause)
  t.equal(koreanCause('crlf + no-hmac'), `${causesKo.crlf} ${causesKo['no-hmac']}`)
  t.equal(koreanCause('crlf + toString'), undefined)
})

t.test('splits a difference into lines that join to the texts', async t => {
  const pieces = [
    { same: 'GET /a' },
    { expected: '?b=1', signed: '' },
    { same: '\n12\n' },
    { expected: 'K', signed: 'k' },
  ]
  t.same(linesOf(pieces), [
    [{ same: 'GET /a' }, { expected: '?b=1', signed: '' }, { same: '' }],
    [{ same: '12' }],
    [{ same: '' }, { expected: 'K', signed: 'k' }],
  ])
  t.same(linesOf([]), [[]])
})
