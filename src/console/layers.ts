/** A node of a graph that is drawn from left to right. */
export interface GraphNode {
  readonly id: string
  readonly parents: readonly string[]
}

/** The column and row of each node, and the edges between nodes that are there. */
export interface Layout {
  readonly places: ReadonlyMap<string, { readonly column: number; readonly row: number }>
  readonly edges: readonly { readonly from: string; readonly to: string }[]
  readonly columns: number
  readonly rows: number
}

/** The column of each node: behind the last of its parents. What leads back to itself stays where it is met. */
function columnsOf(nodes: readonly GraphNode[], known: ReadonlyMap<string, GraphNode>): Map<string, number> {
  const columns = new Map<string, number>()
  const open = new Set<string>()
  function columnOf(node: GraphNode): number {
    const found = columns.get(node.id)
    if (found !== undefined) return found
    open.add(node.id)
    let column = 0
    for (const id of node.parents) {
      const parent = known.get(id)
      if (parent && !open.has(id)) column = Math.max(column, columnOf(parent) + 1)
    }
    open.delete(node.id)
    columns.set(node.id, column)
    return column
  }
  for (const node of nodes) columnOf(node)
  return columns
}

const median = (values: readonly number[]): number | undefined =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** Lays a graph out in layers; two sweeps of medians keep most edges from crossing. */
export function layout(nodes: readonly GraphNode[]): Layout {
  const known = new Map(nodes.map(node => [node.id, node]))
  const unique = [...known.values()]
  const columns = columnsOf(unique, known)
  const edges = unique.flatMap(({ id, parents }) =>
    [...new Set(parents)].filter(parent => known.has(parent)).map(from => ({ from, to: id })),
  )
  const layers: string[][] = []
  for (const { id } of unique) {
    const column = columns.get(id) ?? 0
    layers[column] = [...(layers[column] ?? []), id]
  }
  const rows = new Map<string, number>()
  const number = (layer: readonly string[]) => layer.forEach((id, row) => void rows.set(id, row))
  layers.forEach(number)
  const sweep = (layer: string[], near: 'from' | 'to') => {
    const far = near === 'from' ? 'to' : 'from'
    const wish = new Map(
      layer.map(id => [
        id,
        median(edges.flatMap(edge => (edge[far] === id ? [rows.get(edge[near]) ?? 0] : []))) ?? rows.get(id) ?? 0,
      ]),
    )
    layer.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0))
    number(layer)
  }
  for (const layer of layers.slice(1)) sweep(layer, 'from')
  for (const layer of layers.slice(0, -1).reverse()) sweep(layer, 'to')

  const most = Math.max(0, ...layers.map(({ length }) => length))
  return {
    // Short columns stand in the middle of the long ones.
    places: new Map(
      layers.flatMap((layer, column) =>
        layer.map((id, row) => [id, { column, row: row + (most - layer.length) / 2 }] as const),
      ),
    ),
    edges,
    columns: layers.length,
    rows: most,
  }
}
