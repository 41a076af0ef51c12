import { setImmediate } from 'node:timers/promises'
import { Type } from '../schema/json-schema.ts'
import { boolean, object, shape } from '../schema/shape.ts'
import {
  acceptedDuration,
  acceptedGoal,
  acceptedMoment,
  acceptedRate,
  acceptedSkew,
  isRate,
  isSkew,
  toAdvance,
  toClockGoal,
  toMoment,
} from '../service/clock-input.ts'
import type { ClockChange, ClockControl } from '../service/clocks.ts'
import { type Endpoint, endpoint } from './endpoint.ts'

const textOrNumber = Type.Union([Type.String(), Type.Number()])

const goal = Type.Union(
  [Type.String(), Type.Closed({ jobExecutionId: Type.String({ description: 'Id of the execution.' }) })],
  {
    description:
      'Advance until no execution is in progress ("idle") or until this execution has ended, at most 366 days.',
  },
)

const clockChange = object(
  {},
  {
    frozen: boolean,
    now: shape(textOrNumber, acceptedMoment, toMoment),
    advance: shape(textOrNumber, acceptedDuration, toAdvance),
    until: shape(goal, acceptedGoal, toClockGoal),
    rate: shape(Type.Number(), acceptedRate, value => (isRate(value) ? value : undefined)),
    system: shape(Type.Literal(true), 'true', value => (value === true ? value : undefined)),
    gatewaySkewMs: shape(Type.Integer(), acceptedSkew, value => (isSkew(value) ? value : undefined)),
  },
)

const moment = Type.String({ format: 'date-time', description: 'ISO 8601 in Korean time, with milliseconds.' })

const clockState = {
  now: { ...moment, description: 'The simulation clock, ISO 8601 in Korean time with milliseconds.' },
  epochMs: Type.Integer({ description: 'The same in epoch milliseconds.' }),
  frozen: Type.Boolean(),
  rate: Type.Number({ description: 'Milliseconds per millisecond of the system clock, while not frozen.' }),
  gateway: Type.Closed(
    { skewMs: Type.Integer(), now: moment },
    { description: 'The clock that signature timestamps are compared with: the system clock plus a skew.' },
  ),
}

export const clockEndpoints = (clock: ClockControl): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/clock',
    title: 'Get the clocks',
    reply: Type.Closed(clockState),
    act: () => clock.state(),
  }),
  endpoint({
    method: 'PUT',
    path: '/clock',
    title: 'Freeze, set, advance or speed up the simulation clock; skew the gateway clock',
    body: clockChange,
    reply: Type.Closed({
      ...clockState,
      executions: Type.Integer({
        description: 'Number of executions that triggers and workflows started in the meantime.',
      }),
    }),
    errorStatuses: [404, 409],
    act: ({ body }) => clock.changeInSteps(body as ClockChange, setImmediate),
  }),
]
