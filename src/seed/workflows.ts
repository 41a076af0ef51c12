import { readCondition } from '../api/job-condition.ts'
import { ruleTypeOf } from '../api/vocabulary.ts'
import type { Trigger } from '../domain/trigger.ts'
import type { Workflow } from '../domain/workflow.ts'
import { type Assembly, datesOf } from './assembly.ts'
import type { FixtureWorkflow } from './fixture-schema.ts'
import { type Placed, within } from './placed.ts'
import { type Finder, finder, type Named, resolve } from './references.ts'

/** What the nodes of a workflow can refer to. */
export interface NodeReferences {
  readonly trigger: Finder<Trigger>
  readonly job: Finder<Named>
}

/** The trigger or job of every node; `undefined` and a complaint where there is none. */
const thingsOf = ({ complaints }: Assembly, placed: Placed<FixtureWorkflow>, find: NodeReferences) =>
  placed.given.nodes.map(({ id, name, type, isValid = true }, index): Named | Trigger | undefined => {
    const at = within(placed, 'nodes', index, id === undefined ? 'name' : 'id')
    const text = id ?? name ?? ''
    const isGone = !isValid && (type === 'TRIGGER' ? find.trigger(text) : find.job(text)).length === 0
    if (isGone) return { id: text, name: name ?? text }
    return type === 'TRIGGER'
      ? resolve(complaints, at, 'trigger', find.trigger, text)
      : resolve(complaints, at, 'job', find.job, text)
  })

/** The nodes as createWorkflow takes them: with ids, and each job after the node before it unless it says otherwise. */
function sentNodes({ nodes }: FixtureWorkflow, things: readonly (Named | Trigger)[]) {
  const find = finder<Named>(things)
  return nodes.map(({ id, name, type, parentNodeIds, triggerRule }, index) => {
    const thing: Partial<Trigger> | undefined = things[index]
    const rule = triggerRule ?? (thing?.rule && ruleTypeOf(thing.rule))
    const before = type === 'JOB' ? things[index - 1] : undefined
    return {
      id: thing?.id,
      name: id === undefined ? thing?.name : (name ?? thing?.name),
      type,
      parentNodeIds: parentNodeIds?.map(parent => find(parent)[0]?.id ?? parent) ?? (before ? [before.id] : []),
      ...(rule && { triggerRule: rule }),
    }
  })
}

export function assembleWorkflow(
  assembly: Assembly,
  placed: Placed<FixtureWorkflow>,
  find: NodeReferences,
  lastExecutionAt: number | undefined,
): Workflow {
  const { given, id, source, path } = placed
  const { lastExecutionDate } = given
  const ranAt =
    lastExecutionDate === undefined
      ? lastExecutionAt
      : assembly.complaints.time(within(placed, 'lastExecutionDate'), lastExecutionDate, assembly.times.now)
  const things = thingsOf(assembly, placed, find)
  const known = things.filter(thing => thing !== undefined)
  const read =
    known.length === things.length
      ? assembly.complaints.reading(source, () => assembly.api.workflowNodes(sentNodes(given, known), path))
      : undefined
  const nodes = (read ?? []).map((node, index) => {
    const condition = given.nodes[index]?.jobCondition
    return condition ? { ...node, condition: { ...assembly.api.nodeDefaults(), ...readCondition(condition) } } : node
  })
  return {
    id,
    name: given.name,
    nodes,
    draft: given.isTemp ?? false,
    ...datesOf(assembly, placed),
    ...(ranAt === undefined ? {} : { lastExecutionAt: ranAt }),
  }
}
