import type { EditionTable } from '../api/edition.ts'
import { parseMoment } from '../time/korean-time.ts'
import { type Item, isItem, listIn, textIn } from './account.ts'
import type { Draft } from './fixture-of.ts'
import { type GraphWords, graphWords } from './graph-words.ts'
import { createPseudonyms, type Pseudonyms, rankedIds } from './pseudonyms.ts'

type Change = (value: unknown) => unknown

/** The object with some members changed, as far as it has them. */
const changed = (item: Item, changes: Readonly<Record<string, Change>>): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => {
      const change = changes[name]
      return [name, change ? change(value) : value]
    }),
  )

const texts =
  (change: (text: string) => string): Change =>
  value =>
    typeof value === 'string' ? change(value) : value

const items =
  (change: (item: Item) => Item): Change =>
  value =>
    Array.isArray(value) ? value.map(each => (isItem(each) ? change(each) : each)) : value

const settings =
  (names: Pseudonyms): Change =>
  value =>
    isItem(value)
      ? changed(value, {
          nrn: texts(names.role),
          scriptPath: texts(names.path),
          logPath: texts(names.path),
          parameters: anything(names),
        })
      : value

/** A text that says nothing of an account: no letters and digits, a date, or a truth value. */
const isPlain = (text: string): boolean =>
  !/[\p{L}\p{N}]/u.test(text) || parseMoment(text) !== undefined || /^(true|false|null)$/.test(text)

const concealed = (names: Pseudonyms, text: string): string => (isPlain(text) ? text : names.text(text))

/** Values of any kind: texts, numbers and the names of members are replaced. */
const anything =
  (names: Pseudonyms): Change =>
  value => {
    if (typeof value === 'string') return concealed(names, value)
    if (typeof value === 'number') return Math.abs(value) < 1000 ? value : Number(names.number(String(value)))
    if (Array.isArray(value)) return value.map(anything(names))
    if (!isItem(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [names.parameter(name), anything(names)(member)]),
    )
  }

/** Members of nodes that say where data lies. */
const places = (names: Pseudonyms): Readonly<Record<string, (text: string) => string>> => ({
  bucketName: names.bucket,
  prefix: names.folders,
  // A number of the service, the same for everybody.
  regionNo: text => text,
})

/** The graph of a job: words of the API stay, ids of nodes are counted anew, every other text is replaced. */
const graph =
  (names: Pseudonyms, words: GraphWords): Change =>
  value => {
    const nodes = Array.isArray(value) ? value.filter(isItem) : []
    const ids = new Map(nodes.map(({ id }, index) => [id, index + 1]))
    const placed = places(names)

    function concealedIn(member: string, found: unknown): unknown {
      if (Array.isArray(found)) return found.map(each => concealedIn(member, each))
      if (isItem(found)) {
        return Object.fromEntries(
          Object.entries(found).map(([name, each]) => [
            words.members.has(name) ? name : names.member(name),
            concealedIn(name, each),
          ]),
        )
      }
      if (typeof found === 'number') {
        if (/^id$|Ids?$/.test(member)) return ids.get(found) ?? Number(names.number(String(found)))
        return words.members.has(member) ? found : anything(names)(found)
      }
      if (typeof found !== 'string' || words.isWord(member, found)) return found
      return placed[member]?.(found) ?? concealed(names, found)
    }
    return nodes.map(node => concealedIn('', node))
  }

/** The pseudonyms of all ids in a fixture. */
function idsOf({ jobs, triggers, workflows }: Draft) {
  const nodes = workflows.flatMap(workflow => listIn(workflow, 'nodes'))
  const executions = jobs.flatMap(job => listIn(job, 'executions'))
  const nodesOf = (type: string) => nodes.filter(node => node.type === type).map(node => textIn(node, 'id'))
  const all = (list: readonly Item[], key: string) => list.flatMap(item => textIn(item, key) || [])
  const ids = {
    job: rankedIds('job', [...all(jobs, 'jobId'), ...nodesOf('JOB')]),
    trigger: rankedIds('trg', [...all(triggers, 'triggerId'), ...nodesOf('TRIGGER'), ...all(executions, 'triggerId')]),
    workflow: rankedIds('wfl', all(workflows, 'workflowId')),
    execution: rankedIds('exe', all(executions, 'jobExecutionId')),
  }
  // Only a job or trigger can be a parent.
  const triggerIds = new Set(nodesOf('TRIGGER'))
  return { ...ids, node: (id: string) => (triggerIds.has(id) ? ids.trigger(id) : ids.job(id)) }
}

/**
 * The fixture with pseudonyms for names, ids, roles, buckets, paths, descriptions, parameters and texts in graphs: the same
 * for the same text, so that references hold. Dates, states, settings and the shape of graphs stay.
 */
export function pseudonymised(fixture: Draft, edition: EditionTable): Draft {
  const names = createPseudonyms()
  const words = graphWords(edition)
  const ids = idsOf(fixture)
  const condition = settings(names)

  const execution = (item: Item): Item =>
    changed(item, {
      jobExecutionId: texts(ids.execution),
      jobName: texts(names.job),
      triggerId: texts(ids.trigger),
      triggerName: texts(names.trigger),
      workflowId: texts(ids.workflow),
      parameters: anything(names),
      jobCondition: condition,
    })
  const node = (item: Item): Item =>
    changed(item, {
      id: texts(ids.node),
      name: texts(item.type === 'TRIGGER' ? names.trigger : names.job),
      parentNodeIds: value => (Array.isArray(value) ? value.map(texts(ids.node)) : value),
      jobCondition: condition,
    })
  return {
    description: fixture.description,
    triggers: fixture.triggers.map(item =>
      changed(item, { triggerId: texts(ids.trigger), name: texts(names.trigger) }),
    ),
    jobs: fixture.jobs.map(item =>
      changed(item, {
        jobId: texts(ids.job),
        name: texts(names.job),
        description: texts(text => concealed(names, text)),
        nodes: graph(names, words),
        jobCondition: condition,
        executions: items(execution),
      }),
    ),
    workflows: fixture.workflows.map(item =>
      changed(item, { workflowId: texts(ids.workflow), name: texts(names.workflow), nodes: items(node) }),
    ),
  }
}
