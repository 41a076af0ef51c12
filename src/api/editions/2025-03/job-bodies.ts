import { boolean, described } from '../../../schema/shape.ts'
import type { Assumed } from '../../assumptions.ts'
import { optional, record, required, under } from '../../body.ts'
import { jobNodes } from '../../job-nodes.ts'
import { nameUpTo } from '../../names.ts'
import * as before from '../2023-10/job-bodies.ts'
import { nodeTypes } from './nodes.ts'

/** Names may be longer. */
export function jobParts(assumed: Assumed): before.JobParts {
  const name = nameUpTo(100, assumed)
  return {
    ...before.jobParts(assumed),
    name,
    nodes: described(before.graph, jobNodes(nodeTypes(assumed), name, assumed)),
  }
}

/** A change need not say whether it finishes the job, nor send the nodes again. */
export const updateJob = ({ name, nodes }: before.JobParts): before.JobBodies['updateJob'] =>
  record({
    name: required(name, name => ({ name })),
    type: before.type,
    isTemp: optional(described(before.unfinished, boolean), (draft = false) => ({ draft })),
    nodes: optional(nodes, under('nodes')),
  })

export function jobBodies(assumed: Assumed): before.JobBodies {
  const parts = jobParts(assumed)
  return {
    createJob: before.createJob(parts),
    updateJob: updateJob(parts),
    verifyJob: before.verifyJob(parts),
    updateJobExecuteConfig: before.updateJobExecuteConfig(parts),
  }
}
