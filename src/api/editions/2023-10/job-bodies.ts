import type { JobChange, NewJob } from '../../../domain/job-change.ts'
import { type JobCondition, usualCondition } from '../../../domain/job-condition.ts'
import { Type } from '../../../schema/json-schema.ts'
import {
  boolean,
  described,
  integer,
  named,
  nonEmptyText,
  oneOf,
  refined,
  type Shape,
  text,
} from '../../../schema/shape.ts'
import type { Assumed } from '../../assumptions.ts'
import { optional, record, required, under } from '../../body.ts'
import { draftNodes, jobNodes, type UpdatedNodes } from '../../job-nodes.ts'
import { nameUpTo } from '../../names.ts'
import type { NodeTypes } from '../../node-types.ts'
import { type Fields, fieldOf } from '../../view.ts'
import { nodeTypes } from './nodes.ts'

export interface JobBodies {
  readonly createJob: Shape<NewJob>
  readonly updateJob: Shape<JobChange>
  readonly verifyJob: Shape<Pick<NewJob, 'name' | 'nodes'>>
  readonly updateJobExecuteConfig: Shape<Pick<NewJob, 'condition'>>
}

export interface JobParts {
  readonly name: Shape<string>
  readonly nodes: Shape<string>
  readonly updatedNodes: Shape<UpdatedNodes>
  readonly condition: Shape<Partial<JobCondition>>
}

const workerTypes: Readonly<Record<Assumed['workerType'], readonly [string, ...string[]]>> = {
  both: ['DEFAULT', 'DATAFLOW'],
  default: ['DEFAULT'],
  dataflow: ['DATAFLOW'],
}

const workerType = (assumed: Assumed) => oneOf(workerTypes[assumed.workerType])

export const workers = integer(2, 10)
export const longestTimeout = 1440

export const told = {
  nrn: 'Resource name of the role that runs have.',
  scriptPath: 'Where scripts are kept in Object Storage.',
  logPath: 'Where the history of executions is kept in Object Storage.',
}
export const longestExecution = 'After how many minutes an execution is given up; 360 when left out.'

export const jobCondition = (assumed: Assumed): Shape<JobCondition> =>
  named(
    'JobCondition',
    'Settings of the executions of a job.',
    record({
      workerType: optional(
        described('Kind of the workers.', workerType(assumed)),
        (worker = workerTypes[assumed.workerType][0]) => ({
          workerType: worker,
        }),
      ),
      numWorker: optional(
        described('How many workers share an execution; 2 when left out.', workers),
        (workers = usualCondition.workers) => ({ workers }),
      ),
      timeout: optional(
        described(longestExecution, integer(assumed.timeoutZero === 'refuse' ? 1 : 0, longestTimeout)),
        (timeoutMinutes = usualCondition.timeoutMinutes) => ({ timeoutMinutes }),
      ),
      nrn: required(described(told.nrn, nonEmptyText), role => ({ role })),
      scriptPath: required(described(told.scriptPath, nonEmptyText), scriptPath => ({ scriptPath })),
      logPath: required(described(told.logPath, nonEmptyText), logPath => ({ logPath })),
    }),
  )

export const graph =
  'The graph: what is read, how it is changed, where it is written, each node naming those it waits for.'

/** The parts of an edition with names of this length and these types of nodes. */
export function partsOf(longestName: number, types: NodeTypes, assumed: Assumed): JobParts {
  const name = nameUpTo(longestName, assumed)
  const nodes = jobNodes(types, name, assumed)
  return {
    name,
    nodes: described(graph, nodes),
    updatedNodes: described(graph, draftNodes(types, name, assumed, nodes)),
    condition: jobCondition(assumed),
  }
}

const description = optional(described('What the job is for.', text), under('description'))

export const verifyJob = ({ name, nodes }: JobParts): JobBodies['verifyJob'] =>
  record({ name: required(name, name => ({ name })), nodes: required(nodes, nodes => ({ nodes })) })

export const newJob = <T extends object>(asked: T) => ({ ...asked, kind: 'visual' as const, condition: {} })

const createJob = ({ name, nodes }: JobParts): JobBodies['createJob'] =>
  refined(
    record({ name: required(name, name => ({ name })), nodes: required(nodes, nodes => ({ nodes })), description }),
    newJob,
  )

export const unfinished = 'True keeps the job as a draft, which cannot be run; false finishes it.'

/** There is one type of job, so that naming it changes nothing. */
export const type = required(described('The one type of job there is.', oneOf(['DATAFLOW'])))

export function checkedUpdate<T extends { readonly draft: boolean; readonly nodes?: UpdatedNodes }>({
  nodes,
  ...asked
}: T) {
  if (!asked.draft) nodes?.checkFinished()
  return { ...asked, ...(nodes && { nodes: nodes.text }) }
}

const updateJob = ({ name, updatedNodes }: JobParts): JobBodies['updateJob'] =>
  refined(
    record({
      name: required(name, name => ({ name })),
      type,
      isTemp: required(described(unfinished, boolean), draft => ({ draft })),
      nodes: required(updatedNodes, nodes => ({ nodes })),
      description,
    }),
    checkedUpdate,
  )

export const updateJobExecuteConfig = ({ condition }: JobParts): JobBodies['updateJobExecuteConfig'] =>
  record({ jobCondition: required(condition, condition => ({ condition })) })

export function jobBodies(assumed: Assumed): JobBodies {
  const parts = partsOf(20, nodeTypes(assumed), assumed)
  return {
    createJob: createJob(parts),
    updateJob: updateJob(parts),
    verifyJob: verifyJob(parts),
    updateJobExecuteConfig: updateJobExecuteConfig(parts),
  }
}

const field = fieldOf<JobCondition>()

/** The members of `runCondition` in a reply. */
export const runConditionFields: Fields<JobCondition> = {
  workerType: field(
    assumed => Type.Enum([...workerTypes[assumed.workerType]], { type: 'string' }),
    ({ workerType }, assumed) => {
      const words = workerTypes[assumed.workerType]
      return words.find(oneOf => oneOf === workerType) ?? words[0]
    },
    'Kind of the workers.',
  ),
  numWorker: field(workers.schema, ({ workers }) => workers, 'Number of workers.'),
  timeout: field(
    Type.Integer({ minimum: 0, maximum: longestTimeout }),
    ({ timeoutMinutes }) => timeoutMinutes,
    'How long an execution may take, in minutes.',
  ),
  nrn: field(Type.Optional(Type.String()), ({ role }) => role, 'Resource name of the role that runs have.'),
  scriptPath: field(Type.Optional(Type.String()), ({ scriptPath }) => scriptPath, 'Where scripts are kept.'),
  logPath: field(Type.Optional(Type.String()), ({ logPath }) => logPath, 'Where the history of executions is kept.'),
}
