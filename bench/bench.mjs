// Prints one table: what is measured, the goal, the figure, the verdict and the spread. `npm run bench -- start` runs one part.
import { machine, print } from './table.mjs'

const parts = ['start', 'requests', 'writes', 'large', 'jump']
const asked = process.argv.slice(2)
const unknown = asked.find(name => !parts.includes(name))
if (unknown !== undefined) {
  console.error(`unknown part ${JSON.stringify(unknown)}; parts: ${parts.join(', ')}`)
  process.exit(2)
}

const began = performance.now()
const rows = []
for (const name of asked.length === 0 ? parts : asked) {
  console.error(`${Math.round((performance.now() - began) / 1000)} s: ${name}`)
  const { measure } = await import(`./${name}.mjs`)
  try {
    rows.push(...(await measure()))
  } catch (error) {
    // The other parts are worth having, and minutes are behind us.
    console.error(error)
    process.exitCode = 1
  }
}
console.log(`${machine()} Medians; the spread is the middle half.\n`)
print(rows)
process.exit(process.exitCode)
