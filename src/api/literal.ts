import { Type } from '../schema/json-schema.ts'
import type { View } from './view.ts'

/** The reply of deletions and checks: the JSON literal `true`. */
export const literalTrue: View<true> = {
  name: 'Done',
  schema: Type.Boolean({ $id: 'Done', title: 'Done', description: 'Always the literal true.' }),
  refersTo: [],
  present: () => true,
}
