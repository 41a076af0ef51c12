import { assume } from '../api/assumptions.ts'
import { withOffset } from '../api/dates.ts'
import { triggerView } from '../api/editions/2023-10/triggers.ts'
import { type FiringDecision, skipReasons } from '../domain/decision.ts'
import { Type } from '../schema/json-schema.ts'
import { integerText, text } from '../schema/shape.ts'
import type { ReportedTrigger, TriggerReport } from '../service/trigger-report.ts'
import { endpoint } from './endpoint.ts'
import { accountIn, accountQuery, type ControlDeps } from './owner.ts'

export interface TriggerEndpointDeps extends Pick<ControlDeps, 'accounts' | 'defaultAccount' | 'present'> {
  readonly report: TriggerReport
}

/** Default numbers of firings and decisions in a response. */
const usual = { firings: 5, decisions: 20 }

const time = (description: string) =>
  Type.Integer({ description: `${description} Epoch milliseconds of the simulation.` })

const triggerReply = Type.Closed({
  triggerId: Type.String(),
  name: Type.String(),
  type: Type.Enum(['SCHEDULED', 'EVENT', 'NONE']),
  triggerRule: Type.Object({}, { description: 'As in the API.' }),
  updatedDate: Type.String({ description: 'ISO 8601 in Korean time.' }),
  workflows: Type.Array(
    Type.Closed({
      workflowId: Type.String(),
      name: Type.String(),
      nextFiring: Type.Union([time('When the trigger starts it next.'), Type.Null()]),
    }),
    { description: 'The workflows that use it. One that none uses starts nothing.' },
  ),
  nextFirings: Type.Array(time('When it fires.')),
})

const maybe = (description: string) => Type.Optional(Type.String({ description }))

const decisionReply = Type.Closed({
  at: time('When it was decided.'),
  firedAt: time('When the trigger fired: earlier than `at` for a job that waited for the ones before it.'),
  triggerId: Type.String(),
  triggerName: Type.String(),
  workflowId: Type.String(),
  workflowName: Type.String(),
  jobId: maybe('Left out where it concerns the whole workflow.'),
  jobName: maybe('Name of the job.'),
  jobExecutionId: maybe('The execution that was started.'),
  outcome: Type.Enum(['fired', 'skipped']),
  reason: Type.Optional(Type.Enum([...skipReasons], { description: 'Why nothing was started.' })),
  detail: maybe('The reason in a sentence.'),
})

const shownTrigger = triggerView(withOffset, assume())

function toTrigger({ trigger, workflows, nextFirings }: ReportedTrigger) {
  const { createdDate: _created, ...shown } = shownTrigger.present(trigger) as Record<string, unknown>
  const used = workflows.map(({ nextFiring = null, ...workflow }) => ({ ...workflow, nextFiring }))
  return { ...shown, workflows: used, nextFirings }
}

const toDecision = ({ accountId: _account, executionId, ...decision }: FiringDecision) =>
  Object.fromEntries(
    Object.entries({ ...decision, jobExecutionId: executionId }).filter(([, value]) => value !== undefined),
  )

export const triggersEndpoint = ({ report, present, ...accounts }: TriggerEndpointDeps) =>
  endpoint({
    method: 'GET',
    path: '/triggers',
    title: 'See when triggers fire next, and what the last firings started or why they did not',
    query: {
      ...accountQuery,
      firings: integerText(0, 100),
      decisions: integerText(0, 1000),
      triggerId: text,
    },
    reply: Type.Closed({
      count: Type.Integer({ description: 'How many triggers there are.' }),
      triggers: Type.Array(triggerReply),
      decisions: Type.Array(decisionReply, {
        description:
          'The last decisions, the newest first. The emulator keeps the last 1000 of all accounts in memory.',
      }),
    }),
    act({ query: { account, accessKey, triggerId, ...counts } }) {
      const owner = { ...(account !== undefined && { account }), ...(accessKey !== undefined && { accessKey }) }
      const caller = { accountId: accountIn(owner, accounts), now: present() }
      const { firings, decisions } = { ...usual, ...counts }
      const triggers = report
        .triggers(caller, firings)
        .filter(({ trigger }) => triggerId === undefined || trigger.id === triggerId)
      return {
        count: triggers.length,
        triggers: triggers.map(toTrigger),
        decisions: report
          .decisions(caller, { limit: decisions, ...(triggerId !== undefined && { triggerId }) })
          .map(toDecision),
      }
    },
  })
