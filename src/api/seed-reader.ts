import type { NewTrigger } from '../domain/trigger.ts'
import type { NewWorkflow, WorkflowNode } from '../domain/workflow.ts'
import type { Json } from '../schema/json.ts'
import { inside, type Place } from '../schema/place.ts'
import type { Shape } from '../schema/shape.ts'
import type { Assumed } from './assumptions.ts'
import { asApiErrors } from './body.ts'
import type { EditionTable } from './edition.ts'

type Path = readonly (string | number)[]

/** Any name that every edition takes: that of seed data was checked before. */
const name = 'seed'

/** Reads parts of seed data as the request bodies of an edition are read. A refusal names the place. */
export function seedReader({ operations }: EditionTable, assumed: Assumed) {
  // Fixtures leave out settings, which are then those of the job, and hold event triggers as the console makes them.
  const lenient: Assumed = { ...assumed, workflowCondition: 'optional', eventTrigger: 'accept' }

  /** Makes the body of an operation at its first use, and reads with it. */
  function reads<Taken>(operation: keyof typeof operations) {
    let body: Shape<object> | undefined
    return (value: object, at: Path): Taken => {
      body ??= operations[operation]?.body?.(lenient)
      const place = at.reduce<Place>(inside, {})
      return asApiErrors(() => body?.parse(value as Json, place)) as Taken
    }
  }
  const trigger = reads<NewTrigger>('createTrigger')
  const verify = reads<{ readonly nodes: string }>('verifyJob')
  const workflow = reads<NewWorkflow>('createWorkflow')

  return {
    /** Type and rule of a trigger. */
    trigger: (value: unknown, at: Path): NewTrigger => trigger({ ...Object(value), name }, at),
    /** The graph of a job, as text. */
    jobNodes: (nodes: unknown, at: Path): string => verify({ name, nodes }, at.slice(0, -1)).nodes,
    /** The graph of a workflow. */
    workflowNodes: (nodes: unknown, at: Path): readonly WorkflowNode[] =>
      workflow({ name, nodes, isTemp: false }, at).nodes,
  }
}
