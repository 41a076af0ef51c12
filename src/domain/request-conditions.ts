import { describedAs, oneOf, text, textLike, textOfLength } from '../schema/shape.ts'
import { fitsGlob, globOf } from './glob.ts'
import type { AcceptedNames, OperationReference } from './operation-names.ts'

/** Conditions by which faults and stubs select requests; an absent one selects all. */
export interface RequestConditions {
  readonly method?: string
  /** Path without query; `*` matches anything but a slash, `**` anything. */
  readonly path?: string
  /** Name of an operation or its published title, such as `runJob` or `executeJob`. */
  readonly operation?: OperationReference
  readonly account?: string
  readonly accessKey?: string
}

export interface RequestSubject {
  readonly method: string
  /** Path without query, as received. */
  readonly path: string
  readonly operation: string
  readonly accessKey: string
  /** Name of the calling account; looked up only for conditions that need it. */
  readonly account: () => string | undefined
}

/** The shapes of the conditions; `operation` takes any text, as its words are known to the emulator alone. */
export const requestConditionShapes = {
  method: describedAs('Only requests with this method.', oneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])),
  path: describedAs(
    'Only this path, without its query; `*` is anything but a slash, `**` anything.',
    textLike('^[/*][\\x21-\\x7e]{0,199}$', 'a path of at most 200 visible ASCII characters that starts with / or *'),
  ),
  operation: describedAs('Only this operation, by its name or published title, such as runJob or executeJob.', text),
  account: describedAs('Only callers of this account.', textOfLength(1, 200)),
  accessKey: describedAs(
    'Only callers with this access key.',
    textLike('^[\\x21-\\x7e]{1,200}$', '1 to 200 visible ASCII characters'),
  ),
}

/** The conditions as a function, which takes a pattern apart only once. */
export function requestTest(
  { method, path, operation, account, accessKey }: RequestConditions,
  names: AcceptedNames,
): (subject: RequestSubject) => boolean {
  const glob = path === undefined ? undefined : globOf(path)
  const operations = operation && names.get(operation)
  return subject =>
    (method ?? subject.method) === subject.method &&
    (operations?.includes(subject.operation) ?? true) &&
    (accessKey ?? subject.accessKey) === subject.accessKey &&
    (glob === undefined || fitsGlob(subject.path, glob)) &&
    (account === undefined || account === subject.account())
}
