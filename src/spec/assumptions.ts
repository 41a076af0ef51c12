/** A behaviour that the published documents leave open, and what this emulator does about it. */
export interface Assumption {
  /** Number of the open question in this project's records, or `design` for a choice of our own. */
  readonly question: string
  readonly title: string
  /** Each allowed value with its meaning. */
  readonly values: Readonly<Record<string, string>>
  readonly default: string
  /** What is known on either side. */
  readonly evidence: string
  readonly confidence: 'high' | 'medium-high' | 'medium' | 'low-medium' | 'low'
  /** Slug of the documentation page that is silent or contradicts another. */
  readonly source: string
}

const getJobs = 'analytics-dataflow-getjobs'
const overview = 'analytics-dataflow'

/** Every assumption by name. The README's table, `--assume` and `GET /__admin/assumptions` are made from this list. */
export const assumptions = {
  nameMatch: {
    question: 'Q1',
    title: 'How the `name` filter of a list compares',
    values: {
      substring: 'the text occurs anywhere in the name',
      exact: 'the whole name is equal',
      prefix: 'the name starts with the text',
    },
    default: 'substring',
    evidence: 'Every generation calls the parameter the name and no more; the search boxes of the console find parts.',
    confidence: 'medium',
    source: getJobs,
  },
  nameCase: {
    question: 'Q1',
    title: 'Whether the `name` filter minds letter case',
    values: { sensitive: 'A and a differ', insensitive: 'A and a are equal (ASCII letters)' },
    default: 'sensitive',
    evidence: 'Nothing is published.',
    confidence: 'low',
    source: getJobs,
  },
  statusValues: {
    question: 'Q2',
    title: 'How many words the `status` filter takes',
    values: { one: 'one word, given once', many: 'several, repeated or separated by commas' },
    default: 'one',
    evidence: 'The parameter is a single String; nothing speaks of repetition or commas.',
    confidence: 'medium',
    source: getJobs,
  },
  statusCase: {
    question: 'Q2',
    title: 'Whether the `status` filter minds letter case',
    values: { exact: 'capitals as published', any: 'any letter case' },
    default: 'exact',
    evidence: 'The allowed words are printed in capitals.',
    confidence: 'medium',
    source: getJobs,
  },
  unknownStatus: {
    question: 'Q2',
    title: 'What a `status` that is none of the published words does',
    values: { refuse: '400 bad-parameter', empty: '200, no job matches', ignore: '200, as if it were not there' },
    default: 'refuse',
    evidence: 'The common table has bad-parameter for request values; no page shows this case.',
    confidence: 'medium',
    source: getJobs,
  },
  count: {
    question: 'Q3',
    title: 'What `count` of a list counts',
    values: { total: 'all matches before paging', page: 'the elements of this page' },
    default: 'total',
    evidence: '2023-10 says total count; later editions say number of response results, with no change announced.',
    confidence: 'medium-high',
    source: getJobs,
  },
  order: {
    question: 'Q4',
    title: 'Order of a list',
    values: { newest: 'newest createdDate first, ties by id descending', oldest: 'the reverse' },
    default: 'newest',
    evidence: 'No order is stated and no sort parameter exists; the published example is newest first.',
    confidence: 'low',
    source: getJobs,
  },
  limitZero: {
    question: 'Q5',
    title: 'What `limit=0` means where it is allowed',
    values: { empty: 'an empty page', all: 'no limit' },
    default: 'empty',
    evidence: '2023-10 prints no range, 2025-03 prints 0-N without a meaning for 0; getJobs of 2026-09 starts at 1.',
    confidence: 'low',
    source: getJobs,
  },
  pastEnd: {
    question: 'Q5',
    title: 'What a page behind the last one answers',
    values: { empty: '200, an empty list and the same count', refuse: '400 bad-parameter' },
    default: 'empty',
    evidence: 'Pages are 0-N without an upper bound; no page shows the case.',
    confidence: 'medium',
    source: getJobs,
  },
  neverRun: {
    question: 'Q6',
    title: 'Last-execution fields of a job that never ran',
    values: {
      omit: 'both fields are left out',
      null: 'both fields are null',
      ready: 'lastExecutionStatus is READY, the date is left out',
    },
    default: 'omit',
    evidence: 'Sibling examples leave absent values out; the console explains READY as ready to run.',
    confidence: 'medium',
    source: getJobs,
  },
  disabled: {
    question: 'Q7',
    title: 'Where `disabled` comes from',
    values: { stored: 'what the fixture says, false unless said', false: 'always false' },
    default: 'stored',
    evidence: 'Described as a permission to query the resource; the example shows false for a visible job.',
    confidence: 'medium',
    source: getJobs,
  },
  resourceId: {
    question: 'Q8',
    title: 'Whether `resourceId` equals the id',
    values: { same: 'equal to the id', own: 'an id of its own, derived from the id' },
    default: 'same',
    evidence: '2023-10 says they are the same, and its example shows it.',
    confidence: 'high',
    source: getJobs,
  },
  errorBody: {
    question: 'Q11',
    title: 'Shape of a service error',
    values: {
      edition: 'error in 2023-10 and 2025-03, detail in 2026-09',
      error: '{"error":{"errorCode","message","details"}}',
      detail: '{"detail","errorType"}',
    },
    default: 'edition',
    evidence: 'The overview documents an error object; a sample published by NAVER in 2026 reads detail and errorType.',
    confidence: 'medium',
    source: overview,
  },
  errorCode: {
    question: 'design',
    title: 'What `errorCode` of a service error holds',
    values: { status: 'the HTTP status as a string', word: 'the word, such as bad-parameter' },
    default: 'status',
    evidence: 'The code column of the published table is a dash in every row.',
    confidence: 'low',
    source: overview,
  },
  listDeleted: {
    question: 'design',
    title: 'When deleted jobs are listed',
    values: { onDemand: 'only when status=DELETED asks for them', always: 'like any other job', never: 'not at all' },
    default: 'onDemand',
    evidence: 'DELETED is an allowed filter word, described as being deleted or deleted.',
    confidence: 'low-medium',
    source: getJobs,
  },
  unknownParameter: {
    question: 'design',
    title: 'What a query parameter that the operation does not have does',
    values: { ignore: 'nothing', refuse: '400 bad-parameter' },
    default: 'ignore',
    evidence: 'Published clients send some (responseFormatType, size), and the status filter was dropped in 2026-09.',
    confidence: 'medium',
    source: getJobs,
  },
  signatureV1: {
    question: 'design',
    title: 'Whether the header name x-ncp-apigw-signature-v1 is accepted',
    values: { accept: 'yes, holding the v2 signature', refuse: 'no, as if the header were not there' },
    default: 'accept',
    evidence: "NAVER's Go, JavaScript and Python SDKs send the v2 text under this name; the documents name only v2.",
    confidence: 'medium',
    source: 'common-ncpapi',
  },
  signatureWinner: {
    question: 'design',
    title: 'Which signature header counts when both names are there',
    values: { v2: 'x-ncp-apigw-signature-v2', v1: 'x-ncp-apigw-signature-v1' },
    default: 'v2',
    evidence: 'Nothing is published.',
    confidence: 'low',
    source: 'common-ncpapi',
  },
  windowEdge: {
    question: 'design',
    title: 'A timestamp exactly 300 000 ms from the gateway clock',
    values: { refuse: 'expired', accept: 'still valid' },
    default: 'refuse',
    evidence: 'The Korean text says 5 minutes or more is invalid, the English one more than 5 minutes.',
    confidence: 'medium',
    source: 'api-call-lgc-requestresponse',
  },
  timestampForm: {
    question: 'design',
    title: 'Answer to a timestamp that is not a plain decimal number',
    values: { invalid: '401/200 Invalid authentication information.', header: '400/100 Header is invalid.' },
    default: 'invalid',
    evidence: 'Both texts belong to the gateway; no answer to this mistake is published.',
    confidence: 'low',
    source: 'api-call-lgc-errorhandling',
  },
} as const satisfies Record<string, Assumption>

export type AssumptionName = keyof typeof assumptions

/** The value in force of every assumption. */
export type Assumed = { readonly [Name in AssumptionName]: keyof (typeof assumptions)[Name]['values'] & string }

/** An assumption as `GET /__admin/assumptions` shows it. */
export interface AssumptionInForce extends Omit<Assumption, 'values'> {
  readonly name: string
  readonly value: string
  readonly values: readonly { readonly value: string; readonly meaning: string }[]
}

const isName = (name: string): name is AssumptionName => Object.hasOwn(assumptions, name)

/**
 * The values in force: the defaults, changed by `switches` (name to value).
 * An unknown name or value throws a RangeError that lists what is allowed.
 */
export function assume(switches: Readonly<Record<string, string>> = {}): Assumed {
  const values: Record<string, string> = {}
  for (const [name, assumption] of Object.entries(assumptions)) values[name] = assumption.default
  for (const [name, value] of Object.entries(switches)) {
    if (!isName(name)) {
      throw new RangeError(`no assumption is called "${name}"; allowed: ${Object.keys(assumptions).join(', ')}`)
    }
    const allowed = Object.keys(assumptions[name].values)
    if (!allowed.includes(value)) {
      throw new RangeError(`assumption ${name} cannot be "${value}"; allowed: ${allowed.join(', ')}`)
    }
    values[name] = value
  }
  return Object.freeze(values) as Assumed
}

/** The whole list with the values in force, in the order of the table. */
export const inForce = (assumed: Assumed): AssumptionInForce[] =>
  Object.entries<Assumption>(assumptions).map(([name, { values, ...rest }]) => ({
    name,
    value: assumed[name as AssumptionName],
    values: Object.entries(values).map(([value, meaning]) => ({ value, meaning })),
    ...rest,
  }))
