// Prints what many accounts cost: fifty connections with one account between them, and with one each.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { credentials, emulator } from './server.mjs'

const connections = 50
const rounds = 5
const seconds = 1
const target = '/api/v1/jobs?page=0&limit=20'

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const generator = fork(join(import.meta.dirname, 'load.mjs'))
const load = order =>
  new Promise((resolve, reject) => {
    generator.once('message', ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)))
    generator.send({ connections, seconds, target, ...order })
  })

const { url, port, stop } = await emulator('--fixtures', 'busy')
async function newAccount() {
  const answer = await fetch(`${url}/__admin/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fixtures: 'busy' }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}
const began = performance.now()
const accounts = await Promise.all(Array.from({ length: connections }, newAccount))
const took = performance.now() - began

const rows = [[`${connections} accounts of 40 jobs, made at once`, `${Math.round(took)} ms`, '', '']]
for (const [title, unique] of [
  ['a page of 20, asked before', false],
  ['a page of 20, never the same question twice', true],
]) {
  const one = []
  const each = []
  for (let round = 0; round <= rounds; round++) {
    one.push((await load({ port, unique, credentials })).perSecond)
    each.push((await load({ port, unique, credentials: accounts })).perSecond)
  }
  // The first round warms up.
  const [alone, many] = [one.slice(1), each.slice(1)]
  const ratio = median(many.map((value, round) => value / alone[round]))
  rows.push([title, `${Math.round(median(alone))} /s`, `${Math.round(median(many))} /s`, ratio.toFixed(2)])
}
console.log(`\n| ${connections} connections | one account | an account each | ratio |\n| --- | --- | --- | --- |`)
for (const cells of rows) console.log(`| ${cells.join(' | ')} |`)
await stop()
generator.disconnect()
