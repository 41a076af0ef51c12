import { inside, type Place, reject } from '../schema/place.ts'
import type { Long } from '../schema/shape.ts'
import type { NodeLinks, NodeType } from './node-types.ts'

/** A node that fits its type, with what the rules of the graph need. */
export interface GraphNode extends NodeLinks {
  readonly id: Long
  readonly typeName: string
  readonly type: NodeType
  readonly parents: readonly Long[]
  readonly at: Place
}

type Nodes = ReadonlyMap<Long, GraphNode>

function byId(nodes: readonly GraphNode[]): Nodes {
  const known = new Map<Long, GraphNode>()
  for (const node of nodes) {
    const first = known.get(node.id)
    if (first) reject(inside(node.at, 'id'), `must be unique, ${node.id} is also the id of /nodes/${first.at.key}`)
    known.set(node.id, node)
  }
  return known
}

function checkParents({ id, typeName, type, parents, at }: GraphNode, nodes: Nodes): void {
  const list = inside(at, 'parentNodeIds')
  if (parents.length < type.parents.least || parents.length > type.parents.most) {
    reject(list, `must be ${type.parents.words} in a ${typeName} node, was a list of ${parents.length}`)
  }
  const seen = new Set<Long>()
  parents.forEach((parent, index) => {
    const place = inside(list, index)
    if (parent === id) reject(place, `must be another node, was the id of the node itself, ${id}`)
    if (seen.has(parent)) reject(place, `must be there once, ${parent} was there before`)
    seen.add(parent)
    const found = nodes.get(parent) ?? reject(place, `must be the id of a node of this job, was ${parent}`)
    if (found.type.category === 'TARGET') reject(place, `must be a source or a transform, ${parent} is a target`)
  })
}

function listed(ids: readonly Long[], between: string): string {
  const more = ids.length - 10
  return more > 0 ? `${ids.slice(0, 10).join(between)}${between}(${more} more)` : ids.join(between)
}

function checkLinks({ parents, left, right, sources, at }: GraphNode): void {
  const among = new Set(parents)
  const mustBeParent = (id: Long, place: Place) =>
    among.has(id) || reject(place, `must be one of the parents ${listed(parents, ', ')}, was ${id}`)
  if (left !== undefined) mustBeParent(left, inside(at, 'leftNodeId'))
  if (right !== undefined) {
    mustBeParent(right, inside(at, 'rightNodeId'))
    if (right === left) reject(inside(at, 'rightNodeId'), `must be another node than leftNodeId, was ${right} too`)
  }
  sources?.forEach((id, index) => {
    mustBeParent(id, inside(inside(inside(at, 'sourceNameList'), index), 'parentId'))
  })
}

/** Refuses a cycle: takes away what has no parents left, until nothing more goes. */
function checkAcyclic(nodes: Nodes): void {
  const children = new Map<Long, Long[]>()
  const waitsFor = new Map<Long, number>()
  for (const { id, parents } of nodes.values()) {
    waitsFor.set(id, parents.length)
    for (const parent of parents) {
      const known = children.get(parent)
      if (known) known.push(id)
      else children.set(parent, [id])
    }
  }
  const free = [...nodes.keys()].filter(id => waitsFor.get(id) === 0)
  for (const id of free) {
    waitsFor.delete(id)
    for (const child of children.get(id) ?? []) {
      const left = (waitsFor.get(child) ?? 0) - 1
      waitsFor.set(child, left)
      if (left === 0) free.push(child)
    }
  }
  const stuck = waitsFor.keys().next().value
  if (stuck === undefined) return

  // Every node left has a parent that is left, so going up runs into the cycle.
  const path: Long[] = []
  const seenAt = new Map<Long, number>()
  let id = stuck
  while (!seenAt.has(id)) {
    seenAt.set(id, path.length)
    path.push(id)
    id = nodes.get(id)?.parents.find(parent => waitsFor.has(parent)) ?? id
  }
  const cycle = path.slice(seenAt.get(id)).reverse()
  const at = nodes.get(id)?.at ?? {}
  reject(
    inside(at, 'parentNodeIds'),
    `must not lead back to the node itself, was the cycle ${id} -> ${listed(cycle, ' -> ')}`,
  )
}

/** Refuses nodes that are no graph of a job. Takes time in proportion to nodes and edges. */
export function checkGraph(nodes: readonly GraphNode[]): void {
  const known = byId(nodes)
  for (const node of nodes) {
    checkParents(node, known)
    checkLinks(node)
  }
  checkAcyclic(known)
}
