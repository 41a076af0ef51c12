import { readFileSync } from 'node:fs'
import t from 'tap'
import { type AssumptionName, assume, assumptions } from '../../src/api/assumptions.ts'
import { editionIds } from '../../src/api/editions/editions.ts'
import { type FixedAssumptionName, fixedAssumptions } from '../../src/api/fixed-assumptions.ts'
import type { ProblemName } from '../../src/domain/problem.ts'
import { documentOf } from '../support/documents.ts'

/**
 * Every constraint of the OpenAPI documents with its basis: `published`, or the assumptions that it
 * follows from. The list is kept by hand: whoever adds a constraint says here where it comes from.
 */
const listed = new Map(
  readFileSync(new URL('constraints.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => line.split(' | ') as [string, string]),
)

const keywords = ['minimum', 'maximum', 'default', 'pattern', 'minLength', 'maxLength', 'minItems', 'enum', 'required']

/** The basis of every rejection by a service; `control` is for those that only the control endpoints cause. */
const rejections = {
  unknown: 'notFoundWord',
  unknownExecution: 'notFoundWord',
  unknownNode: 'workflowShape',
  pageOutOfRange: 'pastEnd',
  jobNameTaken: 'jobNames',
  jobBusy: 'busyJob',
  jobNotRunnable: 'jobStates',
  tooManyExecutions: 'concurrentRuns',
  parametersOfVisualJob: 'scriptParameters',
  draftWorkflow: 'scheduledWorkflow',
  workflowNodeDeleted: 'scheduledWorkflow',
  workflowWithoutTrigger: 'scheduledWorkflow',
  scheduledWorkflow: 'scheduledWorkflow',
  executionEnded: 'control',
  clockInterrupted: 'control',
  dateOfNoExecution: 'control',
  dateWithoutStatus: 'control',
  accountNameTaken: 'control',
  accessKeyTaken: 'control',
  defaultAccount: 'control',
  snapshotName: 'control',
  tooManySnapshots: 'control',
  snapshotsTooLarge: 'control',
  noSnapshotFolder: 'control',
  snapshotFile: 'control',
} as const satisfies Record<ProblemName, AssumptionName | FixedAssumptionName | 'control'>

type Node = Readonly<Record<string, unknown>>

function* constraintsIn(node: unknown, at: string): Generator<string> {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  const members = node as Node
  for (const keyword of keywords) {
    if (members[keyword] !== undefined) yield `${at} ${keyword}=${JSON.stringify(members[keyword])}`
  }
  for (const [name, member] of Object.entries((members.properties ?? {}) as Node)) {
    yield* constraintsIn(member, `${at}.${name}`)
  }
  yield* constraintsIn(members.items, `${at}[]`)
  for (const part of (members.anyOf ?? []) as Node[]) yield* constraintsIn(part, at)
}

/** What the documents of all editions demand of requests, and the statuses they promise. */
async function constraints(): Promise<Set<string>> {
  const found = new Set<string>()
  for (const id of editionIds) {
    const { document } = await documentOf(id, assume())
    for (const methods of Object.values(document.paths)) {
      for (const { operationId, parameters = [], requestBody, responses } of Object.values(methods)) {
        for (const { in: where, name, required, schema } of parameters as readonly (Node & { name: string })[]) {
          if (where !== 'query') continue
          if (required) found.add(`${id} ${operationId} ?${name} required`)
          for (const constraint of constraintsIn(schema, `${id} ${operationId} ?${name}`)) found.add(constraint)
        }
        const { schema } = requestBody?.content['application/json'] ?? {}
        for (const constraint of constraintsIn(schema, `${id} ${operationId} body`)) found.add(constraint)
        const success = Object.keys(responses).filter(status => status < '300')
        found.add(`${id} ${operationId} success ${success}`)
      }
    }
    const inRequests = /^(JobNode|JobCondition|DraftJobNode|TriggerRuleRequest|WorkflowNodeRequest)/
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      if (inRequests.test(name)) for (const constraint of constraintsIn(schema, `${id} ${name}`)) found.add(constraint)
    }
  }
  return found
}

t.test('bases every constraint on a page or a listed assumption', async t => {
  const names = new Set([...Object.keys(assumptions), ...Object.keys(fixedAssumptions), 'published'])
  const current = await constraints()
  t.ok(current.size > 300)
  t.same(
    [...current].filter(constraint => !listed.has(constraint)),
    [],
    'add it to constraints.txt with its basis; a new reading also to src/api',
  )
  t.same(
    [...listed.keys()].filter(constraint => !current.has(constraint)),
    [],
    'delete it from constraints.txt',
  )
  for (const [problem, basis] of Object.entries(rejections)) t.ok(basis === 'control' || names.has(basis), problem)
  for (const [constraint, basis = ''] of listed) {
    for (const name of basis.split(' ')) t.ok(names.has(name), `${constraint}: no reading is called "${name}"`)
  }
})
