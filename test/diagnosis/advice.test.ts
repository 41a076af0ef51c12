import t from 'tap'
import { answered, mistakes, moment, pair, sent } from '../../scripts/signature-page.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { emulator } from '../support/emulator.ts'

t.test('a request that follows the advice is let through, with the meaning that the client had', async t => {
  const { accessKey, secretKey } = pair
  const { emulator: made } = await emulator(t, { accessKey, secretKey, moment })
  const rows = mistakes.flatMap(({ rows }) => rows)
  // inject() drops a bare question mark and escapes an apostrophe.
  for (const row of rows.filter(({ target }) => !/\?$|'/.test(target ?? ''))) {
    const diagnosis = answered(row)
    const { method, target } = sent(row)
    const advised = ('correctedTarget' in diagnosis ? diagnosis.correctedTarget : undefined) ?? target
    t.equal(advised, row.corrected ?? target, row.title)
    const headers = signRequest({ method, target: advised, timestamp: moment, accessKey, secretKey })
    const { statusCode } = await made.app.inject({ method: method as 'GET', url: advised, headers })
    t.not(statusCode, 401, row.title)
  }
})
