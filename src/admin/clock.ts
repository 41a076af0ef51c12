import { Type } from 'typebox'
import {
  type ClockChange,
  type ClockControl,
  distanceForm,
  givenDistance,
  givenMoment,
  isRate,
  isSkew,
  momentForm,
  rateForm,
  skewForm,
} from '../clock-control.ts'
import { shape, yesOrNo } from '../spec/body.ts'
import { bodyTaken, strictly } from './strict.ts'

const textOrNumber = Type.Union([Type.String(), Type.Number()])

const clockChange = strictly({
  frozen: yesOrNo,
  now: shape(textOrNumber, momentForm, givenMoment),
  advance: shape(textOrNumber, distanceForm, givenDistance),
  rate: shape(Type.Number(), rateForm, value => (isRate(value) ? value : undefined)),
  system: shape(Type.Literal(true), 'true', value => (value === true ? value : undefined)),
  gatewaySkewMs: shape(Type.Integer(), skewForm, value => (isSkew(value) ? value : undefined)),
})

/** The clocks, to be looked at and moved. */
export const clockEndpoints = (clock: ClockControl) => ({
  get: () => clock.state(),
  put: (body: unknown) => clock.change(bodyTaken(clockChange, body) as ClockChange),
})
