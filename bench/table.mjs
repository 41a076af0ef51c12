// Rows of the one table: what was measured, the goal, the figure, the verdict and the spread.
import { cpus, loadavg, release, totalmem, type } from 'node:os'

export const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.round(share * (values.length - 1))]

const digitsOf = value => (value >= 100 ? 0 : value >= 10 ? 1 : 2)
const shown = value => value.toFixed(digitsOf(Math.abs(value)))

/** `goal` is `{ most }` or `{ least }`; without one the row is only shown. The figure is the median of the values. */
export function row(what, { most, least }, values, unit, note = '') {
  const figure = median(values)
  const isMet = most === undefined ? least === undefined || figure >= least : figure <= most
  const factor = most === undefined ? (least ?? 0) / figure : figure / most
  const goal = most === undefined ? (least === undefined ? '' : `>= ${least}`) : `<= ${most}`
  return {
    what,
    goal: goal && `${goal} ${unit}`,
    figure: `${shown(figure)} ${unit}`,
    verdict: goal === '' ? '' : isMet ? 'met' : `missed by ${factor.toFixed(2)} x`,
    spread: [
      values.length > 1
        ? `${shown(quantile(values, 0.25))} to ${shown(quantile(values, 0.75))}, n = ${values.length}`
        : '',
      note,
    ]
      .filter(Boolean)
      .join('; '),
  }
}

/** The ratio of each round: what disturbs a round disturbs both of its halves. */
export const ratios = (ours, theirs) => ours.map((value, round) => value / theirs[round])

export function machine() {
  const [cpu] = cpus()
  const load = loadavg()[0].toFixed(1)
  return `Node ${process.version}, ${type()} ${release()}, ${cpus().length} x ${cpu.model}, ${Math.round(totalmem() / 2 ** 30)} GB, load average ${load}.`
}

export function print(rows) {
  console.log('| What | Goal | Figure | Verdict | Spread |\n| --- | --- | --- | --- | --- |')
  for (const { what, goal, figure, verdict, spread } of rows) {
    console.log(`| ${[what, goal, figure, verdict, spread].join(' | ')} |`)
  }
}
