import { type Rule, type Weekday, weekdays } from '../../../domain/schedule.ts'
import type { NewTrigger, Trigger, TriggerKind } from '../../../domain/trigger.ts'
import { Type } from '../../../schema/json-schema.ts'
import { inside, type Place, reject } from '../../../schema/place.ts'
import {
  described,
  listOf,
  missing,
  named,
  oneOf,
  refined,
  type Shape,
  shape,
  textLike,
} from '../../../schema/shape.ts'
import { parseMoment } from '../../../time/korean-time.ts'
import type { Assumed } from '../../assumptions.ts'
import { optional, record, required, under } from '../../body.ts'
import { type DateStyle, local } from '../../dates.ts'
import { literalTrue } from '../../literal.ts'
import { nameUpTo } from '../../names.ts'
import { operation } from '../../operation.ts'
import { limitFrom, page, pageView } from '../../paging.ts'
import { type Fields, fieldOf, reference, type View, view } from '../../view.ts'
import { id, ruleTypeOf, ruleTypes, weekdayWord } from '../../vocabulary.ts'
import { name } from './jobs.ts'

const weekdayWords = Object.values(weekdayWord)

const clock = (minuteOfDay: number): string =>
  [Math.floor(minuteOfDay / 60), minuteOfDay % 60].map(part => String(part).padStart(2, '0')).join(':')

const minuteText = textLike('^[0-5][0-9]$', 'the minute of the hour as two digits, 00 to 59')
const timeText = textLike('^([01][0-9]|2[0-3]):[0-5][0-9]$', 'a time of day such as 10:00')
const dateText = textLike('^([1-9]|[12][0-9]|3[01]|-1)$', 'a day of the month as text, 1 to 31, or -1 for the last one')
const momentText = shape(
  Type.String({ description: 'A date and time in ISO 8601; Korean time where it has no offset.' }),
  'a date and time in ISO 8601 such as 2025-03-20T10:00:00+09:00',
  value => (typeof value === 'string' ? parseMoment(value) : undefined),
)
const anyText = shape(Type.String(), 'a text', value => (typeof value === 'string' ? value : undefined))

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

interface SentRule {
  readonly type: (typeof ruleTypes)[number]
  readonly interval?: 'HOUR' | 'DAY' | 'WEEK' | 'MONTH'
  readonly time?: string
  readonly days?: readonly (typeof weekdayWord)[Weekday][]
  readonly date?: string
  readonly at?: number
}

const sentRule: Shape<SentRule> = record({
  type: required(described('Whether it fires again and again, once, or never by itself.', oneOf(ruleTypes)), type => ({
    type,
  })),
  interval: optional(
    described('How often a RECURRING one fires.', oneOf(['HOUR', 'DAY', 'WEEK', 'MONTH'])),
    under('interval'),
  ),
  time: optional(
    described(
      'When a RECURRING one fires, in Korean time: the minute as two digits for HOUR, else a time of day such as 10:00.',
      anyText,
    ),
    under('time'),
  ),
  dayOfWeek: optional(
    described('The days of an interval of WEEK, at least one.', listOf(oneOf(weekdayWords))),
    under('days'),
  ),
  dateOfMonth: optional(described('The day of an interval of MONTH.', dateText), under('date')),
  executionDate: optional(described('When a ONE_TIME one fires.', momentText), under('at')),
})

/** What a rule says, or a complaint about the member that its type needs. */
function ruleOf({ type, interval, time, days = [], date, at }: SentRule, place: Place): Rule {
  const timeAs = (form: Shape<string>) =>
    time === undefined ? missing(form, inside(place, 'time')) : form.parse(time, inside(place, 'time'))
  if (type === 'NONE') return { every: 'never' }
  if (type === 'ONE_TIME') {
    return { every: 'once', at: at ?? missing(momentText, inside(place, 'executionDate')) }
  }
  switch (interval ?? missing(oneOf(['HOUR', 'DAY', 'WEEK', 'MONTH']), inside(place, 'interval'))) {
    case 'HOUR':
      return { every: 'hour', minute: Number(timeAs(minuteText)) }
    case 'DAY':
      return { every: 'day', minuteOfDay: minutesOf(timeAs(timeText)) }
    case 'WEEK': {
      const minuteOfDay = minutesOf(timeAs(timeText))
      if (days.length === 0) reject(inside(place, 'dayOfWeek'), 'must be a list of at least one day of the week')
      return { every: 'week', minuteOfDay, days: weekdays.filter(day => days.includes(weekdayWord[day])) }
    }
    case 'MONTH': {
      const minuteOfDay = minutesOf(timeAs(timeText))
      const day = date ?? missing(dateText, inside(place, 'dateOfMonth'))
      return { every: 'month', minuteOfDay, date: day === '-1' ? 'last' : Number(day) }
    }
  }
}

export type TypeWords = Partial<Record<string, TriggerKind>>

export const newTrigger = (longestName: number, types: TypeWords, assumed: Assumed): Shape<NewTrigger> =>
  refined(
    record({
      name: required(nameUpTo(longestName, assumed), name => ({ name })),
      type: required(
        described('What makes it fire: a schedule, an event, or a person.', oneOf(Object.keys(types))),
        type => ({ kind: types[type] ?? 'none' }),
      ),
      triggerRule: required(
        named(
          'TriggerRuleRequest',
          'When the trigger is to fire; its type and interval say which members it needs.',
          refined(sentRule, ruleOf),
        ),
        rule => ({ rule }),
      ),
    }),
    (asked, at) => {
      const scheduled = asked.kind === 'scheduled'
      if (scheduled !== (asked.rule.every !== 'never')) {
        reject(
          inside(inside(at, 'triggerRule'), 'type'),
          scheduled ? 'must be RECURRING or ONE_TIME for a trigger of type SCHEDULED' : 'must be NONE for this type',
        )
      }
      return asked
    },
  )

const rule = fieldOf<Rule>()
const intervalWord = { hour: 'HOUR', day: 'DAY', week: 'WEEK', month: 'MONTH' } as const

export const ruleTypeSchema = Type.Enum(ruleTypes, { type: 'string' })

/** A rule as replies show it: members that do not apply are left out. */
const ruleFields = ({ schema, write }: DateStyle): Fields<Rule> => ({
  type: rule(ruleTypeSchema, ruleTypeOf, 'Recurring, once, or not at all.'),
  interval: rule(
    Type.Optional(Type.Enum(Object.values(intervalWord), { type: 'string' })),
    ({ every }) => (every === 'never' || every === 'once' ? undefined : intervalWord[every]),
    'How often a recurring trigger fires.',
  ),
  time: rule(
    Type.Optional(Type.String()),
    rule =>
      rule.every === 'hour'
        ? String(rule.minute).padStart(2, '0')
        : 'minuteOfDay' in rule
          ? clock(rule.minuteOfDay)
          : undefined,
    'The minute of an hourly trigger, the time of day of another one.',
  ),
  dayOfWeek: rule(
    Type.Optional(Type.Array(Type.Enum(weekdayWords, { type: 'string', description: 'A day of the week.' }))),
    rule => (rule.every === 'week' ? rule.days.map(day => weekdayWord[day]) : undefined),
    'Days of a weekly trigger.',
  ),
  dateOfMonth: rule(
    Type.Optional(Type.String()),
    rule => (rule.every === 'month' ? (rule.date === 'last' ? '-1' : String(rule.date)) : undefined),
    'Day of a monthly trigger; -1 is the last one.',
  ),
  executionDate: rule(
    Type.Optional(schema),
    rule => (rule.every === 'once' ? write(rule.at) : undefined),
    'When a trigger that fires once does so.',
  ),
})

const field = fieldOf<Trigger>()
const typeWord = { scheduled: 'SCHEDULED', event: 'EVENT', none: 'NONE' } as const satisfies Record<TriggerKind, string>

/** A trigger, members in the published order. */
export function triggerView(dates: DateStyle, assumed: Assumed): View<Trigger> {
  const rule = view('TriggerRule', ruleFields(dates), assumed, [], 'When a trigger fires.')
  const fields: Fields<Trigger> = {
    triggerId: field(id, trigger => trigger.id, 'Id of the trigger: twelve letters and digits.'),
    name: field(Type.String(), trigger => trigger.name, 'Name of the trigger.'),
    type: field(
      Type.Enum(Object.values(typeWord), { type: 'string' }),
      trigger => typeWord[trigger.kind],
      'What fires it: a schedule, an event, or a person.',
    ),
    triggerRule: field(reference(rule), trigger => rule.present(trigger.rule) as object, 'When it fires.'),
    createdDate: field(dates.schema, trigger => dates.write(trigger.createdAt), 'When the trigger was made.'),
    updatedDate: field(dates.schema, trigger => dates.write(trigger.updatedAt), 'When it was last changed.'),
  }
  return view('Trigger', fields, assumed, [rule], 'A trigger.')
}

export const getTriggers = operation<'getTriggers'>()({
  method: 'GET',
  path: '/api/v1/triggers',
  title: 'getTriggers',
  summary: 'List triggers',
  source: 'analytics-dataflow-gettriggers',
  query: { name, page, limit: limitFrom(0) },
  status: () => 200,
  reply: assumed => pageView('TriggerList', triggerView(local, assumed), assumed),
})

export const getTriggersWithoutId = operation<'getTriggersWithoutId'>()({
  ...getTriggers,
  variantOf: 'getTriggers',
  path: '/api/v1/triggers/',
  served: ({ triggerIdInPath }) => triggerIdInPath === 'optional',
})

export const createTrigger = operation<'createTrigger'>()({
  method: 'POST',
  path: '/api/v1/triggers',
  title: 'createTrigger',
  summary: 'Create a trigger',
  source: 'analytics-dataflow-createtrigger',
  query: {},
  body: (assumed: Assumed) => newTrigger(20, { SCHEDULED: 'scheduled', NONE: 'none' }, assumed),
  status: assumed => Number(assumed.createStatus),
  reply: assumed => triggerView(local, assumed),
})

export const getTrigger = operation<'getTrigger'>()({
  method: 'GET',
  path: '/api/v1/triggers/{triggerId}',
  title: 'getTriggerById',
  summary: 'Get a trigger',
  source: 'analytics-dataflow-gettriggerbyid',
  query: {},
  status: () => 200,
  reply: assumed => triggerView(local, assumed),
})

export const deleteTrigger = operation<'deleteTrigger'>()({
  method: 'DELETE',
  path: '/api/v1/triggers/{triggerId}',
  title: 'deleteTrigger',
  summary: 'Delete a trigger',
  source: 'analytics-dataflow-deletetrigger',
  query: {},
  status: () => 200,
  reply: () => literalTrue,
})
