import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Snapshot, SnapshotService } from '../service/snapshots.ts'
import { inSeoulLocal } from '../spec/vocabulary.ts'
import { Complaint } from './problem.ts'

const shown = ({ name, bytes, moment }: Snapshot) => ({
  name,
  bytes,
  ...(moment !== undefined && { now: `${inSeoulLocal(moment)}+09:00` }),
})

/** Named copies of all data and the clocks. */
export function snapshotEndpoints(app: FastifyInstance, snapshots: SnapshotService): void {
  const nameIn = ({ params, query }: FastifyRequest): string => {
    const [other] = Object.keys(query as object)
    if (other !== undefined) throw new Complaint(400, `${JSON.stringify(other)}: no such parameter; there are none.`)
    return (params as { name: string }).name
  }
  app.get('/snapshots', { exposeHeadRoute: true }, () => ({ snapshots: snapshots.list().map(shown) }))
  app.put('/snapshots/:name', (request, reply) => {
    const name = nameIn(request)
    const status = snapshots.has(name) ? 200 : 201
    const saved = shown(snapshots.save(name))
    return reply.code(status).send(saved)
  })
  app.delete('/snapshots/:name', (request, reply) => {
    snapshots.remove(nameIn(request))
    return reply.code(204).send()
  })
  for (const act of ['restore', 'export', 'import'] as const) {
    app.post(`/snapshots/:name/${act}`, request => shown(snapshots[act](nameIn(request))))
  }
}
