import type { Assumed } from '../../assumptions.ts'
import { about, optional, record, required, under, yesOrNo } from '../../body.ts'
import { jobNodes } from '../../job-nodes.ts'
import { nameUpTo } from '../../names.ts'
import * as before from '../2023-10/job-bodies.ts'
import { nodeTypes } from './nodes.ts'

/** Names may be longer. */
export function jobParts(assumed: Assumed): before.JobParts {
  const name = nameUpTo(100, assumed)
  return { ...before.jobParts(assumed), name, nodes: about(before.graph, jobNodes(nodeTypes(assumed), name, assumed)) }
}

/** A change need not say whether it finishes the job, nor send the nodes again. */
export const updateJob = ({ name, nodes }: before.JobParts): before.JobBodies['updateJob'] =>
  record({
    name: required(name, name => ({ name })),
    type: before.type,
    isTemp: optional(about(before.unfinished, yesOrNo), (draft = false) => ({ draft })),
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
