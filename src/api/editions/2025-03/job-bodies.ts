import { boolean, described, refined } from '../../../schema/shape.ts'
import type { Assumed } from '../../assumptions.ts'
import { optional, record, required, under } from '../../body.ts'
import * as before from '../2023-10/job-bodies.ts'
import { nodeTypes } from './nodes.ts'

export const jobParts = (assumed: Assumed): before.JobParts => before.partsOf(100, nodeTypes(assumed), assumed)

const createJob = (parts: before.JobParts): before.JobBodies['createJob'] =>
  refined(before.verifyJob(parts), before.newJob)

/** A change need not say whether it finishes the job, nor send the nodes again. */
const updateJob = ({ name, updatedNodes }: before.JobParts): before.JobBodies['updateJob'] =>
  refined(
    record({
      name: required(name, name => ({ name })),
      type: before.type,
      isTemp: optional(described(before.unfinished, boolean), (draft = false) => ({ draft })),
      nodes: optional(updatedNodes, under('nodes')),
    }),
    before.checkedUpdate,
  )

export function jobBodies(assumed: Assumed): before.JobBodies {
  const parts = jobParts(assumed)
  return {
    createJob: createJob(parts),
    updateJob: updateJob(parts),
    verifyJob: before.verifyJob(parts),
    updateJobExecuteConfig: before.updateJobExecuteConfig(parts),
  }
}
