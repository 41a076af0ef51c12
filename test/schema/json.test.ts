import assert from 'node:assert/strict'
import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import t from 'tap'
import { JsonSlices, jsonParts, RawJson, readJson, readJsonBytes, writeJson } from '../../src/schema/json.ts'

const values = [
  '{"a":[1,-2.5,1e3,true,false,null,"x"],"b":{}}',
  ' \t\r\n[ ] \n',
  '"\\u00e9\\n\\"\\\\\\/ \\ud83d\\ude00 한글 \u007f\u2028"',
  '{"a":1,"b":2,"a":3}',
  '{"__proto__":{"admin":true},"constructor":1}',
  '0.30000000000000004',
  '-0',
  '0e0',
  '0.000',
  '1e23',
]

for (const text of values) {
  t.test(`reads ${text.replaceAll(/[^ -~]/g, '.')} as JavaScript does`, async t => {
    const read = readJson(text)
    t.strictSame(read, JSON.parse(text))
    t.strictSame(JSON.parse(writeJson(read)), JSON.parse(JSON.stringify(JSON.parse(text))))
  })
}

t.test('creates no object with a prototype of the sender', async t => {
  const read = readJson('{"__proto__":{"admin":true}}') as Record<string, unknown>
  t.equal(Object.getPrototypeOf(read), Object.prototype)
  t.equal(read.admin, undefined)
  t.equal(writeJson(read), '{"__proto__":{"admin":true}}')
})

const kept = [
  '9007199254740992',
  '-9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
  '123456789012345678901234567890',
  '12345678901234567.0',
  '0.1234567890123456789',
  '1e400',
  '-1e-400',
  `0.${'1'.repeat(500)}`,
]

for (const text of kept) {
  t.test(`keeps every digit of ${text.slice(0, 40)}`, async t => {
    t.strictSame(readJson(text), new RawJson(text))
    t.equal(writeJson(readJson(`[${text}]`)), `[${text}]`)
    t.throws(() => JSON.stringify(readJson(text)), { message: 'RawJson is written by writeJson' })
  })
}

const malformed = [
  ['', 'the body is empty, expected JSON'],
  [' \n', 'the body is empty, expected JSON'],
  ['{"a":1,}', 'line 1, column 8: expected a key in double quotes, found "}"'],
  ["{'a':1}", 'line 1, column 2: expected a key in double quotes, found "\'"'],
  ['{"a" 1}', 'line 1, column 6: expected ":", found "1"'],
  ['{"a":1 "b":2}', 'line 1, column 8: expected "," or "}", found "\\""'],
  ['[1,\n 2,\n x]', 'line 3, column 2: expected a value, found "x"'],
  ['[1 2]', 'line 1, column 4: expected "," or "]", found "2"'],
  ['[1', 'line 1, column 3: expected "," or "]", found the end of the text'],
  ['[01]', 'line 1, column 3: expected "," or "]", found "1"'],
  ['+1', 'line 1, column 1: expected a value, found "+"'],
  ['NaN', 'line 1, column 1: expected a value, found "N"'],
  ['nul', 'line 1, column 1: expected a value, found "n"'],
  ['1.', 'line 1, column 2: expected the end of the text, found "."'],
  ['{} {}', 'line 1, column 4: expected the end of the text, found "{"'],
  ['"a\nb"', 'line 1, column 3: expected control characters escaped, found "\\n"'],
  ['"a\\x"', 'line 1, column 3: expected an escape that JSON knows, found "\\\\"'],
  ['"a', 'line 1, column 3: expected "\\"", found the end of the text'],
  ['😀', 'line 1, column 1: expected a value, found "😀"'],
  [`${'['.repeat(101)}`, 'the body nests deeper than 100 levels: line 1, column 101'],
  ['{"a":'.repeat(500_000), 'the body nests deeper than 100 levels: line 1, column 501'],
] as const

for (const [text, message] of malformed) {
  t.test(`reports where ${JSON.stringify(text.slice(0, 20))} is not JSON`, async t => {
    const whole = message.startsWith('the body') ? message : `the body is not JSON: ${message}`
    t.throws(() => readJson(text), { name: 'JsonError', message: whole })
  })
}

t.test('accepts a hundred levels', async t => {
  const text = '['.repeat(100) + ']'.repeat(100)
  t.equal(writeJson(readJson(text)), text)
})

t.test('reads bytes, with or without a byte order mark', async t => {
  t.equal(readJsonBytes(Buffer.from('"한"')), '한')
  t.equal(readJsonBytes(Buffer.from('\ufeff"한"')), '한')
  const text = Buffer.from('{"name":"orders"}')
  for (const [bytes, name] of [
    [gzipSync(text), 'gzip'],
    [deflateSync(text), 'deflate'],
    [deflateSync(text, { level: 1 }), 'deflate'],
    [deflateSync(text, { level: 9 }), 'deflate'],
    [Buffer.from('28b52ffd2011890000', 'hex'), 'zstd'],
  ] as const) {
    t.throws(() => readJsonBytes(bytes), {
      message: `the body is compressed (${name}): send it without Content-Encoding, as plain JSON`,
    })
  }
  t.equal(readJsonBytes(Buffer.from('xx1xx').subarray(2, 3)), 1)
})

for (const bytes of [
  [0x22, 0xff, 0x22],
  [0x22, 0xc3, 0x22],
  [0xed, 0xa0, 0x80],
  [0xc0, 0x80],
]) {
  t.test(`rejects bytes that are not UTF-8: ${bytes}`, async t => {
    t.throws(() => readJsonBytes(Uint8Array.from(bytes)), {
      name: 'JsonError',
      message: 'the body is not UTF-8',
    })
  })
}

t.test('writes plain data, raw parts as they stand, and nothing for what is undefined', async t => {
  t.equal(writeJson({ a: undefined, b: new RawJson('[ 1 ]'), c: ['x', null] }), '{"b":[ 1 ],"c":["x",null]}')
})

t.test('writes an object in parts that join to its text', async t => {
  const rows = [1, { a: 'x' }, null]
  const slicings = [[rows], [[], [1], [], [{ a: 'x' }, null], []], rows.map(row => [row]), [[]], []]
  for (const slices of slicings) {
    const parts = jsonParts({ before: 1, none: undefined, list: new JsonSlices(slices), after: true })
    t.equal([...parts].join(''), writeJson({ before: 1, list: slices.flat(), after: true }))
    t.equal([...jsonParts({ list: new JsonSlices(slices) })].join(''), writeJson({ list: slices.flat() }))
  }
  for (const plain of [{}, { a: 1 }, [1], null, 'x']) t.equal(jsonParts(plain), writeJson(plain))
})

t.test('preserves any JSON, whatever its spaces', async () => {
  fc.assert(
    fc.property(fc.json({ depthSize: 'medium' }), fc.integer({ min: 0, max: 4 }), (text, spaces) => {
      const value = JSON.parse(text)
      assert.deepEqual(JSON.parse(writeJson(readJson(JSON.stringify(value, null, spaces)))), value)
    }),
  )
})

t.test('reads any text as JavaScript does, or rejects it', async () => {
  const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"', '1', '-', '.5', 'e2', 'true', ' ', '\\n')
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), parts => {
      const text = parts.join('')
      let expected: unknown
      try {
        expected = JSON.parse(text)
      } catch {
        assert.throws(() => readJson(text), { name: 'JsonError' })
        return
      }
      assert.deepEqual(readJson(text), expected)
    }),
    { numRuns: 1000 },
  )
})

t.test('preserves any 64-bit integer and any double', async () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), id => {
      assert.equal(writeJson(readJson(`{"id":${id}}`)), `{"id":${id}}`)
    }),
  )
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
      assert.equal(Number(writeJson(readJson(JSON.stringify(value)))), value === 0 ? 0 : value)
    }),
  )
})
