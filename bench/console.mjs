// Prints what the console costs at the start: starts with it and without it (--no-admin), in turns.
import { readFileSync } from 'node:fs'
import { emulator } from './server.mjs'

const rounds = Number(process.argv[2] ?? 15)
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

/** Milliseconds of processor time of a process so far; a tick of the kernel is ten of them. */
function processorMs(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

async function start(...flags) {
  const began = performance.now()
  const { pid, stop } = await emulator('--fixtures', 'none', ...flags)
  const taken = { wall: performance.now() - began, processor: processorMs(pid) }
  await stop()
  return taken
}

const pairs = []
// The first round warms up.
for (let round = 0; round <= rounds; round += 1) {
  const without = await start('--no-admin')
  pairs.push({ with: await start(), without })
}
console.log(`\n| Start, ${rounds} pairs | with the console | \`--no-admin\` | ratio |\n| --- | --- | --- | --- |`)
for (const [title, part] of [
  ['start: until it listens', 'wall'],
  ['start: processor time', 'processor'],
]) {
  const taken = pairs.slice(1).map(pair => [pair.with[part], pair.without[part]])
  const [ours, theirs] = [0, 1].map(side => Math.round(median(taken.map(pair => pair[side]))))
  console.log(`| ${title} | ${ours} ms | ${theirs} ms | ${median(taken.map(([a, b]) => a / b)).toFixed(2)} |`)
}
