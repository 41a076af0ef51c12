import type { Operation, OperationName } from '../api/operation.ts'
import { type Context, notObservable } from './claim.ts'

type Item = Readonly<Record<string, unknown>>

const looked = 100

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The elements of a list response; none when it is something else. */
export function itemsOf(json: unknown): Item[] {
  const list = isItem(json) ? json.list : undefined
  return Array.isArray(list) ? list.filter(isItem) : []
}

export const textOf = (item: Item, name: string): string | undefined =>
  typeof item[name] === 'string' ? (item[name] as string) : undefined

export const idsOf = (json: unknown): string[] => itemsOf(json).map(item => String(item.jobId))

export function rowOf({ edition }: Context, name: OperationName): Operation {
  const row = edition.operations[name] as Operation | undefined
  return row ?? notObservable('this edition has no such operation')
}

export const listTarget = (path: string, query = `page=0&limit=${looked}`): string => `${path}?${query}`

export async function jobsOf(context: Context): Promise<Item[]> {
  const { json } = await context.session.get(listTarget(rowOf(context, 'getJobs').path))
  return itemsOf(json)
}

const first = async (context: Context, name: OperationName, id: string, what: string): Promise<string> => {
  const { json } = await context.session.get(listTarget(await targetOf(context, name)))
  const [found] = itemsOf(json).flatMap(item => textOf(item, id) ?? [])
  return found ?? notObservable(`the target shows no ${what}`)
}

async function openJob(context: Context): Promise<string> {
  const jobs = (await jobsOf(context)).filter(({ disabled, status }) => disabled !== true && status !== 'DELETED')
  const chosen = jobs.find(job => textOf(job, 'lastExecutionDate')) ?? jobs[0]
  return (chosen && textOf(chosen, 'jobId')) ?? notObservable('the target shows no job')
}

const pathValues: Readonly<Record<string, (context: Context) => Promise<string>>> = {
  jobId: openJob,
  executionId: context => first(context, 'getJobExecutions', 'jobExecutionId', 'execution of the job'),
  workflowId: context => first(context, 'getWorkflows', 'workflowId', 'workflow'),
  triggerId: context => first(context, 'getTriggers', 'triggerId', 'trigger'),
}

/** The path of an operation with ids of the target in it, or with `unknown` in the place of the last one. */
export async function targetOf(context: Context, name: OperationName, unknown?: string): Promise<string> {
  const { path } = rowOf(context, name)
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter)
  let target = path
  for (const [index, parameter] of names.entries()) {
    const value = unknown !== undefined && index === names.length - 1 ? unknown : await pathValues[parameter]?.(context)
    target = target.replace(`{${parameter}}`, value ?? notObservable(`nothing is known for ${parameter}`))
  }
  return target
}
