import fc from 'fast-check'
import t from 'tap'
import { encodedTarget } from '../../src/cli/request-target.ts'
import { targetFlaw } from '../../src/gateway/target.ts'

t.test('encodes what a URL may not hold, and nothing else', async t => {
  for (const [typed, sent] of [
    ['/api/v1/jobs?name=주문 적재', '/api/v1/jobs?name=%EC%A3%BC%EB%AC%B8%20%EC%A0%81%EC%9E%AC'],
    ['/a?n=%EC%A3%BC%20b', '/a?n=%EC%A3%BC%20b'],
    ['/a?n=%ec+%2B', '/a?n=%ec+%2B'],
    ['/a?n=50%&m=%zz', '/a?n=50%25&m=%25zz'],
    ['/a/../b//c?x=[1]{2}|"<>\\^`', '/a/../b//c?x=%5B1%5D%7B2%7D%7C%22%3C%3E%5C%5E%60'],
    ["/a?b=!$&'()*+,;=:@/?-._~", "/a?b=!$&'()*+,;=:@/?-._~"],
    ['/a?n=😀é', '/a?n=%F0%9F%98%80%C3%A9'],
    ['/a?n=\n\x7f', '/a?n=%0A%7F'],
  ]) {
    t.equal(encodedTarget(typed ?? ''), sent)
  }
})

t.test('gives a target that the gateway reads as what was typed, whatever that was', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const typed = `/a?n=${text.replaceAll(/[#%&]/g, '')}`
      const encoded = encodedTarget(typed)
      if (!/^[\x21-\x7e]+$/.test(encoded) || targetFlaw(encoded) !== undefined) throw new Error(encoded)
      if (decodeURIComponent(encoded) !== typed) throw new Error(encoded)
      if (encodedTarget(encoded) !== encoded) throw new Error(`encoded twice: ${encoded}`)
    }),
  )
})
