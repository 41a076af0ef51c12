import type { ApiErrorName } from '../domain/api-error.ts'
import { en } from './words/en.ts'
import { say, visible } from './words.ts'

type Verdict = ApiErrorName | 'reset' | 'broken'

const isVerdict = (name: string): name is Verdict => Object.hasOwn(en, `verdict.${name}`)

/** Why a request was rejected or had no response, in a few words. */
export function verdictText(verdict: string, failedCheck?: string): string {
  if (verdict === 'credentialsInvalid' && failedCheck === 'access key') return say('verdict.accessKey')
  if (verdict === 'credentialsInvalid' && failedCheck === 'signature') return say('verdict.signature')
  return isVerdict(verdict) ? say(`verdict.${verdict}`) : visible(verdict)
}
