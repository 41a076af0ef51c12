import t from 'tap'
import { comparisonOf, differenceOf, textsOf } from '../../src/diagnosis/difference.ts'
import { malformedTarget, parserFlaw, readHead, requestFlaw } from '../../src/diagnosis/malformed.ts'
import { emulator } from '../support/emulator.ts'
import { talk } from '../support/socket.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
const get = (target: string, ...headers: string[]) =>
  `GET ${target} HTTP/1.1\r\n${['Host: x', ...headers].map(line => `${line}\r\n`).join('')}\r\n`

const rows: readonly (readonly [string, RegExp])[] = [
  [
    get('/api/v1/jobs?name=작업'),
    /letter outside ASCII \(byte 0xEC\); percent-encode it.*: \/api\/v1\/jobs\?name=%EC%9E%91%EC%97%85$/,
  ],
  [get('/api/v1/jobs?name=a b'), /holds a raw space; .*: \/api\/v1\/jobs\?name=a%20b$/],
  [get('/api/v1/jobs?name=a\tb'), /control character 0x09/],
  [get('api/v1/jobs'), /must start with a slash/],
  [get('/a', 'X-Key: a\rb'), /value of the header X-Key holds a carriage return .*\.env/],
  [get('/a', 'X-Key: a\nB: c'), /value of the header X-Key holds a line feed/],
  [get('/a', 'X-Key: a\u0001'), /header X-Key holds the control character 0x01/],
  [get('/a', 'X Key: a'), /header name "X Key" holds a character/],
  [get('/a', 'X-Key: a', 'bcd'), /line "bcd" has no name and value; is there a line end in the value/],
  [get('/a').replace('GET', 'get'), /method "get" must be in upper case: send GET/],
  [get('/a').replace('GET', 'FETCH'), /method "FETCH" does not exist/],
  ['\u0016\u0003\u0001\u0002\u0000\u0001', /client speaks TLS/],
]

t.test('says what makes a request invalid, on a connection and in the journal', async t => {
  const { emulator: made } = await emulator(t, { port: 0 })
  const port = Number(new URL(await made.listen()).port)
  for (const [request, expected] of rows) {
    const { answers } = await talk(t, port, bytes(request))
    t.equal(answers[0]?.status, 400, request)
    const [entry] = made.journal.entries({ limit: 1 })
    t.match(entry, { status: 400, reason: expected }, request)
    if (request.startsWith('GET /')) t.match(entry, { method: 'GET', target: /^\/a/ })
  }
})

t.test('names what the parser says where the head tells nothing', async t => {
  t.match(parserFlaw('HPE_HEADER_OVERFLOW', 'x', undefined).sentence, /longer than 16 kB/)
  t.equal(parserFlaw('HPE_OTHER', 'Something odd', undefined).sentence, 'Something odd.')
  const second = `${get('/a')}${get('/b c')}`
  t.equal(readHead(second, second.length - 25).target, '/b c')
  t.equal(requestFlaw(readHead(get('/a'), 0)), undefined)
  t.match(malformedTarget('why', '/a?b=%zz'), /"%zz"/)
  t.match(malformedTarget('why', '/a#b'), /without it/)
  t.match(malformedTarget('why', '/a?b=%FF'), /Encode text in UTF-8/)
})

t.test('splits a difference into parts that add up to both texts', async t => {
  const pairs = [
    ['', ''],
    ['GET /a?b=1\n2\nKEY', 'get /a\n2\nKEY'],
    ['abc', 'abc'],
    ['abcdefgh', 'xxabcdxxefghxx'],
    ['a'.repeat(400), 'b'.repeat(400)],
    ['abcXdefYghi', 'abcdefghi'],
  ] as const
  for (const [expected, signed] of pairs) t.same(textsOf(differenceOf(expected, signed)), { expected, signed })
  t.equal(comparisonOf(differenceOf('a', 'a')), undefined)
  t.equal(comparisonOf(differenceOf('작업b', '작업c')), 'expected: 작업b\nsigned:   작업c\n              ^')
  t.equal(comparisonOf(differenceOf('b', 'c')), 'expected: b\nsigned:   c\n          ^')
})
