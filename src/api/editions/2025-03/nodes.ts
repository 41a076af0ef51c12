import type { Assumed } from '../../assumptions.ts'
import type { NodeTypes } from '../../node-types.ts'
import * as before from '../2023-10/nodes.ts'

export function nodeTypes(assumed: Assumed): NodeTypes {
  const { TRANSFORM_DROP_NULL: _dropNull, TRANSFORM_SPLIT_FIELD: _splitField, ...kept } = before.nodeTypes(assumed)
  return kept
}
