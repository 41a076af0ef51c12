// The checks of options: each converts the given texts to a value, or throws a RangeError that states what is allowed.
import { isIPv6 } from 'node:net'
import { type Assumed, assume } from '../api/assumptions.ts'
import { defaultAccount } from '../domain/account.ts'
import { type FaultPreset, faultPresetNames } from '../faults/rule.ts'
import { durationForm, parseDuration } from '../time/duration.ts'
import { parseMomentOrDay } from '../time/korean-time.ts'
import type { StartCredential } from './config.ts'

const last = (texts: readonly string[]): string => texts.at(-1) ?? ''

export const text = (texts: readonly string[]): string => {
  if (last(texts) === '') throw new RangeError('must not be empty')
  return last(texts)
}

export const wholeNumber = (minimum: number, maximum: number) => (texts: readonly string[]) => {
  const value = Number(last(texts))
  if (!/^-?[0-9]{1,15}$/.test(last(texts)) || value < minimum || value > maximum) {
    throw new RangeError(`must be a whole number from ${minimum} to ${maximum}`)
  }
  return value
}

export const oneOf =
  <const Word extends string>(words: readonly Word[]) =>
  (texts: readonly string[]): Word => {
    const found = words.find(word => word === last(texts))
    if (found === undefined) throw new RangeError(`must be one of ${words.join(', ')}`)
    return found
  }

export const key = (texts: readonly string[]): string => {
  if (!/^[\x21-\x7e]{1,200}$/.test(last(texts))) throw new RangeError('must be 1 to 200 visible ASCII characters')
  return last(texts)
}

export function dateTime(texts: readonly string[]): number {
  const value = parseMomentOrDay(last(texts))
  if (value === undefined) {
    throw new RangeError('must be a date in ISO 8601 such as 2025-03-20T08:54:03+09:00 (Korean time without an offset)')
  }
  return value
}

export function switches(texts: readonly string[]): Assumed {
  const pairs = parts(texts).map(pair => {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(pair) ?? []
    if (name === undefined || value === undefined) {
      throw new RangeError('must be NAME=VALUE, such as count=page; GET /__admin/assumptions lists the names')
    }
    return [name.trim(), value.trim()] as const
  })
  return assume(Object.fromEntries(pairs))
}

/** Reads `KEY:SECRET`, followed by any of `:disabled`, `:unsubscribed`, `:account=NAME`. */
export function credentials(texts: readonly string[]): StartCredential[] {
  const made = texts.map(given => {
    const [accessKey = '', secretKey = '', ...marks] = given.split(':')
    let account: string = defaultAccount
    let active = true
    let subscribed = true
    for (const mark of marks) {
      if (mark === 'disabled') active = false
      else if (mark === 'unsubscribed') subscribed = false
      else if (/^account=[A-Za-z0-9_-]{1,100}$/.test(mark)) account = mark.slice('account='.length)
      else throw new RangeError('allows only the suffixes disabled, unsubscribed and account=NAME after KEY:SECRET')
    }
    if (!accessKey || !secretKey) throw new RangeError('must be KEY:SECRET[:disabled][:unsubscribed][:account=NAME]')
    return { accessKey: key([accessKey]), secretKey: key([secretKey]), active, subscribed, account }
  })
  if (new Set(made.map(({ accessKey }) => accessKey)).size < made.length) {
    throw new RangeError('must not contain the same access key twice')
  }
  return made
}

export const parts = (texts: readonly string[]): string[] =>
  texts.flatMap(text => text.split(',').map(part => part.trim())).filter(part => part !== '')

export function duration(texts: readonly string[]): number {
  const value = parseDuration(last(texts))
  if (value === undefined) throw new RangeError(`must be ${durationForm}`)
  return value
}

const longestLimit = 24 * 60 * 60 * 1000

/** A duration that limits how long something may take; 0 = unlimited. */
export function timeLimit(texts: readonly string[]): number {
  const value = parseDuration(last(texts))
  if (value === undefined || value > longestLimit) {
    throw new RangeError(`must be ${durationForm}, at most 24h`)
  }
  return value
}

export function share(texts: readonly string[]): number {
  const value = Number(last(texts))
  if (!/^[0-9]*\.?[0-9]+$/.test(last(texts)) || value > 1) throw new RangeError('must be a number from 0 to 1')
  return value
}

export const presets = (texts: readonly string[]): FaultPreset[] =>
  parts(texts).map(name => oneOf(faultPresetNames)([name]))

/** Accepts a name or an address; an IPv6 address may be in brackets, as in a URL. */
export function host(texts: readonly string[]): string {
  const [, bare = last(texts)] = /^\[(.*)\]$/.exec(last(texts)) ?? []
  const isName = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?$/.test(bare) && bare === last(texts)
  if (isIPv6(bare) || isName) return bare
  throw new RangeError('must be a host name or an IP address without a port, such as localhost, 0.0.0.0 or [::1]')
}

export const hosts = (texts: readonly string[]): string[] => parts(texts).map(host => host.toLowerCase())

export function yesOrNo(texts: readonly string[]): boolean {
  if (/^(true|1)$/.test(last(texts))) return true
  if (/^(false|0)$/.test(last(texts))) return false
  throw new RangeError('must be true, 1, false or 0')
}
