import type { LongList, Page } from '../domain/page.ts'
import { JsonSlices } from '../schema/json.ts'
import { Type } from '../schema/json-schema.ts'
import type { Assumed } from './assumptions.ts'
import { type Param, single, wholeNumber } from './query.ts'
import { fieldOf, reference, type View, view } from './view.ts'

const largest = 2 ** 31 - 1

/** `page`: counted from 0, default 0. */
export const page = {
  schema: () =>
    Type.Optional(Type.Integer({ minimum: 0, maximum: largest, default: 0, description: 'Page, counted from 0.' })),
  read: (values, name, assumed) => {
    const text = single(values, name)
    return {
      page: text === undefined ? 0 : wholeNumber(text, name, 0),
      order: assumed.order,
      beyond: assumed.pastEnd,
    }
  },
} satisfies Param<object>

/** `limit`: elements a page holds, default 1000. */
export const limitFrom = (minimum: number) =>
  ({
    schema: () =>
      Type.Optional(
        Type.Integer({
          minimum,
          maximum: largest,
          default: 1000,
          description: `How many elements a page holds, at most.${minimum === 0 ? ' What 0 means is an assumption.' : ''}`,
        }),
      ),
    read: (values, name, assumed) => {
      const text = single(values, name)
      const limit = text === undefined ? 1000 : wholeNumber(text, name, minimum)
      return { limit, size: limit === 0 && assumed.limitZero === 'all' ? largest : limit, sliced: true }
    },
  }) satisfies Param<object>

/** A list whose elements are presented when their slice is read. */
function inSlices<T>({ slices }: LongList<T>, element: View<T>): JsonSlices {
  function* presented() {
    for (const slice of slices()) yield slice.map(element.present)
  }
  return new JsonSlices(presented())
}

/** The envelope of every list: `list`, `count`, `page`, `limit`. */
export function pageView<T>(name: string, element: View<T>, assumed: Assumed): View<Page<T>> {
  const field = fieldOf<Page<T>>()
  return view(
    name,
    {
      list: field(
        Type.Array(reference(element)),
        ({ list, long }) => (long ? inSlices(long, element) : list.map(element.present)) as object[],
        'The elements of this page.',
      ),
      count: field(
        Type.Integer({ minimum: 0 }),
        (page, assumed) => (assumed.count === 'page' ? (page.long ?? page.list).length : page.total),
        assumed.count === 'page' ? 'How many elements this page holds.' : 'How many elements match, on all pages.',
      ),
      page: field(Type.Integer({ minimum: 0 }), page => page.page, 'The page this is, counted from 0.'),
      limit: field(Type.Integer({ minimum: 0 }), page => page.limit, 'The limit that was in force.'),
    },
    assumed,
    [element],
    'One page of a list.',
  )
}
