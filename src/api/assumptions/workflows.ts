import type { Assumption } from '../assumption.ts'

const createTrigger = 'analytics-dataflow-createtrigger'
const createWorkflow = 'analytics-dataflow-createworkflow'

export const workflowAssumptions = {
  eventTrigger: {
    question: 'Q16',
    title: 'Whether createTrigger takes the type EVENT, from 2025-03 on',
    values: { accept: 'yes, with triggerRule.type NONE', refuse: '400 bad-parameter' },
    default: 'refuse',
    evidence:
      'createTrigger lists it as to be supported later; getTrigger of 2026-09 lists only SCHEDULED and NONE, and a ' +
      'sample of NAVER of 2026 makes event triggers in the console.',
    confidence: 'medium-high',
    source: createTrigger,
  },
  runInWorkflow: {
    question: 'design',
    title: 'What naming a workflow does to a job that is run by itself',
    values: { belongs: 'the execution is among those of the workflow', ignored: 'nothing, it only has to exist' },
    default: 'belongs',
    evidence: 'The parameter is optional on every page; none says what it does.',
    confidence: 'low',
    source: 'analytics-dataflow-executejob',
  },
  afterFailure: {
    question: 'design',
    title: 'What hangs on a job of a workflow that did not complete',
    values: { stop: 'does not start', continue: 'starts all the same' },
    default: 'stop',
    evidence: 'Nothing is published.',
    confidence: 'low',
    source: createWorkflow,
  },
  invalidNode: {
    question: 'Q10',
    title: 'A workflow that starts while the job of one of its nodes is deleted (isValid is false)',
    values: {
      stop: 'nothing of it starts; executeWorkflow is 400 bad-state',
      skip: 'its other jobs start, but not those that wait for the deleted one unless afterFailure says so',
    },
    default: 'stop',
    evidence:
      'getWorkflowById: false means that the node was deleted and cannot be used. Nothing is said of the others.',
    confidence: 'low',
    source: createWorkflow,
  },
  busyTrigger: {
    question: 'design',
    title: 'A trigger that comes to a job with an execution under way',
    values: { skip: 'no execution is made', run: 'the job runs beside itself' },
    default: 'skip',
    evidence: 'Nothing is published.',
    confidence: 'low',
    source: createTrigger,
  },
  shortMonth: {
    question: 'design',
    title: 'A monthly trigger on a day that the month does not have',
    values: { skip: 'no execution that month', last: 'on the last day' },
    default: 'skip',
    evidence: 'Days 1-31 are allowed, -1 is the last day; nothing is said of short months.',
    confidence: 'low',
    source: createTrigger,
  },
  workflowCondition: {
    question: 'design',
    title: 'jobCondition of a job node of a workflow in 2023-10 and 2025-03',
    values: { required: '400 bad-parameter without it', optional: 'the settings stored with the job are used' },
    default: 'required',
    evidence: '2025-03 marks it required; in 2026-09 an execution without settings uses the stored ones.',
    confidence: 'medium',
    source: createWorkflow,
  },
} as const satisfies Record<string, Assumption>
