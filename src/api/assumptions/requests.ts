import type { Assumption } from '../assumption.ts'

const getJobs = 'analytics-dataflow-getjobs'
const overview = 'analytics-dataflow'

export const requestAssumptions = {
  contentType: {
    question: 'design',
    title: 'What the `Content-Type` of a request body must be',
    values: {
      json: 'application/json, application/...+json or no header; another one is 400 Bad Request of the service',
      ignore: 'anything: the body is read as JSON',
    },
    default: 'json',
    evidence:
      'Required as application/json in the table of 2023-10 only; the gateway does not check it as far as known. ' +
      'Without a body the header is ignored.',
    confidence: 'low',
    source: overview,
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
  statsTimesPath: {
    question: 'Q25',
    title: 'Path of getExecutionTimes',
    values: {
      both: '/stats/executions-times and /stats/execution-times',
      live: '/stats/execution-times alone',
      documented: '/stats/executions-times alone',
    },
    default: 'both',
    evidence:
      'Every page prints executions-times; a client published on 2026-10-02 saw 404 there and 200 at the other.',
    confidence: 'medium-high',
    source: 'analytics-dataflow-getexecutiontimes',
  },
  triggerIdInPath: {
    question: 'Q26',
    title: 'Whether getTrigger needs its triggerId',
    values: { required: 'yes: /triggers/ without an id is 404/300', optional: 'no: /triggers/ lists the triggers' },
    default: 'required',
    evidence: 'Marked optional on the page, but it is a part of the path.',
    confidence: 'high',
    source: 'analytics-dataflow-gettriggerbyid',
  },
  runReferences: {
    question: 'Q27',
    title: 'Where running a job reads triggerId and workflowId',
    values: { query: 'the query alone', both: 'the query, and the body for what is not there' },
    default: 'query',
    evidence: 'All pages say query; a community document puts them into the body.',
    confidence: 'high',
    source: 'analytics-dataflow-executejob',
  },
} as const satisfies Record<string, Assumption>
