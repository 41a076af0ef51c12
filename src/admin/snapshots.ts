import { Type } from '../schema/json-schema.ts'
import type { Snapshot, SnapshotService } from '../service/snapshots.ts'
import { formatKoreanLocal } from '../time/korean-date.ts'
import { type Endpoint, endpoint } from './endpoint.ts'

const snapshotReply = Type.Closed({
  name: Type.String(),
  bytes: Type.Integer({ description: 'Its size in memory or as a file.' }),
  now: Type.Optional(
    Type.String({ format: 'date-time', description: 'What the simulation clock showed, in Korean time.' }),
  ),
})

const shown = ({ name, bytes, moment }: Snapshot) => ({
  name,
  bytes,
  ...(moment !== undefined && { now: `${formatKoreanLocal(moment)}+09:00` }),
})

const titles = {
  restore: 'Replace all data and the clocks by a snapshot',
  export: 'Write a snapshot to a file in the folder of --snapshots',
  import: 'Read a snapshot from a file of the folder that --snapshots names',
} as const

export const snapshotEndpoints = (snapshots: SnapshotService): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/snapshots',
    title: 'List the snapshots',
    reply: Type.Closed({ snapshots: Type.Array(snapshotReply) }),
    act: () => ({ snapshots: snapshots.list().map(shown) }),
  }),
  endpoint({
    method: 'PUT',
    path: '/snapshots/{name}',
    title: 'Save all data and the clocks under a name',
    status: [200, 201],
    reply: snapshotReply,
    errorStatuses: [409],
    act({ params: { name } }, reply) {
      if (!snapshots.has(name)) reply.code(201)
      return shown(snapshots.save(name))
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/snapshots/{name}',
    title: 'Delete a snapshot from memory',
    act: ({ params }) => snapshots.remove(params.name),
  }),
  ...(['restore', 'export', 'import'] as const).map(act =>
    endpoint({
      method: 'POST',
      path: `/snapshots/{name}/${act}`,
      title: titles[act],
      reply: snapshotReply,
      errorStatuses: [409],
      act: ({ params }) => shown(snapshots[act](params.name)),
    }),
  ),
]
