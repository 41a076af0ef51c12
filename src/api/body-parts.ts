import type { JobCondition } from '../domain/job-condition.ts'
import type { NewTrigger } from '../domain/trigger.ts'
import type { NewWorkflow, WorkflowNode } from '../domain/workflow.ts'
import { readJson } from '../schema/json.ts'
import { inside, type Place } from '../schema/place.ts'
import { check, type Shape } from '../schema/shape.ts'
import type { Assumed } from './assumptions.ts'
import { asApiErrors } from './body.ts'
import type { EditionTable } from './edition.ts'

/** Keys and indexes that lead to a value. */
type Path = readonly (string | number)[]

/** A name that every edition accepts: names are checked elsewhere. */
const name = 'part'

/**
 * Reads parts of fixtures and stored jobs as the request bodies of an edition are read; throws InvalidData that names
 * the place.
 */
export function bodyParts({ operations }: EditionTable, assumed: Assumed) {
  // Fixtures leave out settings, which are then those of the job, and hold event triggers as the console makes them.
  const lenient: Assumed = { ...assumed, workflowCondition: 'optional', eventTrigger: 'accept' }

  /** Makes the body of an operation at its first use, and reads with it. */
  function reads<Parsed>(operation: keyof typeof operations) {
    let body: Shape<object> | undefined
    return (value: object, path: Path): Parsed => {
      body ??= operations[operation]?.body?.(lenient)
      return (body && check(body, value, path.reduce<Place>(inside, {}))) as Parsed
    }
  }
  const trigger = reads<NewTrigger>('createTrigger')
  const job = reads<{ readonly nodes: string }>('verifyJob')
  const draft = reads<{ readonly nodes: string }>('updateJob')
  const hasDrafts = () => Object.hasOwn(Object(operations.updateJob?.body?.(lenient).schema.properties), 'isTemp')
  const workflow = reads<NewWorkflow>('createWorkflow')
  let nodeDefaults: Partial<JobCondition> | undefined

  /** What the edition adds to the settings of a job node, beside what some editions require. */
  function readNodeDefaults(): Partial<JobCondition> {
    const required = { nrn: 'any', scriptPath: 'any', logPath: 'any' }
    const node = { id: name, name, type: 'JOB', parentNodeIds: [], jobCondition: required }
    const [read] = workflow({ name, nodes: [node], isTemp: false }, []).nodes
    const { role: _role, scriptPath: _scriptPath, logPath: _logPath, ...added } = read?.condition ?? {}
    return added
  }

  const jobNodes = (nodes: unknown, path: Path): string => job({ name, nodes }, path).nodes

  return {
    /** Type and rule of a trigger. */
    trigger: (value: object, path: Path): NewTrigger => trigger({ ...value, name }, path),
    /** The graph of a job as text; `path` leads to the job. */
    jobNodes,
    /** The graph of a job that is a draft or being edited; editions without drafts check it as any other. */
    draftNodes: (nodes: unknown, path: Path): string =>
      hasDrafts() ? draft({ name, type: 'DATAFLOW', isTemp: true, nodes }, path).nodes : jobNodes(nodes, path),
    /** The settings that a job node of a workflow gets where its own leave them out. */
    nodeDefaults: (): Partial<JobCondition> => {
      nodeDefaults ??= readNodeDefaults()
      return nodeDefaults
    },
    /** The graph of a workflow; `path` leads to the workflow. */
    workflowNodes: (nodes: unknown, path: Path): readonly WorkflowNode[] =>
      workflow({ name, nodes, isTemp: false }, path).nodes,
  }
}

/** Rejects the nodes of a job, as JSON text, that an edition does not accept. */
export function nodeChecker(edition: EditionTable, assumed: Assumed): (nodes: string) => void {
  const parts = bodyParts(edition, assumed)
  return nodes => void asApiErrors(() => parts.jobNodes(readJson(nodes), []))
}
