import { authHeaderNames } from '../domain/auth-headers.ts'
import {
  checkCaller,
  type GatewayReadings,
  headerText,
  isRejection,
  type Presented,
  type Rejection,
  signatureOf,
} from '../gateway/authenticate.ts'
import { pathOf, targetFlaw } from '../gateway/target.ts'
import { bytesOf, textOf } from './bytes.ts'
import { type Check, type CheckName, checksOf, type Diagnosis, withTexts } from './diagnosis.ts'
import { comparisonOf, differenceOf } from './difference.ts'
import { type Form, readSignature, unreadable } from './digest.ts'
import {
  type HeaderTrouble,
  lengthOf,
  missingHeaders,
  otherUnit,
  outsideWindow,
  repeatedHeader,
  timestampForm,
} from './headers.ts'
import { missingValues } from './hypothesis.ts'
import { malformedTarget } from './malformed.ts'
import { type Found, findMistakes, Search, WorkDone } from './search.ts'
import type { Hide } from './secrets.ts'
import { isRoute, type Routes, unknownUrl } from './url.ts'
import { base64Of, type Case, hmac, type Writing, withoutSecrets, written } from './writing.ts'

/** A pair as the gateway knows it. */
export interface KnownPair {
  readonly accessKey: string
  readonly secretKey: string
  readonly active: boolean
  /** Absent: yes. */
  readonly subscribed?: boolean
}

/** What a diagnosis may use beside the request. */
export interface Known {
  /** All configured pairs. */
  readonly pairs: () => readonly KnownPair[]
  readonly readings: GatewayReadings
  /** The gateway's time; absent: the window is not checked. */
  readonly now?: number | undefined
  /** One character a byte; absent: not known. */
  readonly body?: string | undefined
  /** The operations; absent: the path is not checked. */
  readonly routes?: Routes | undefined
  /** Names of the API's query parameters. */
  readonly parameterNames?: readonly string[] | undefined
}

/**
 * The most work of a diagnosis. An HMAC costs 1 for each begun 256 bytes of its text, about 5 microseconds with the text
 * that is made for it. The search is cut when the work is used up.
 */
export const budgets = {
  /** About 2 ms: for every rejected request. */
  quick: 500,
  /** About 50 ms: where somebody asks a running emulator about one request. */
  deep: 8000,
  /** A few seconds: on a command line. All of the five-minute window is searched. */
  whole: 700_000,
} as const

/** Diagnoses that were cut short say this. */
const cutShort = 'The search was cut short; `ncp-dataflow-emulator explain` searches further.'

/** The work of finding out which path was meant. */
const urlWork = 300

/** The work beside the search: reading the secrets, and making the texts that are shown. */
const fixedWork = ({ target }: Presented, secrets: number): number =>
  50 + Math.ceil(target.length / 25) + Math.ceil(secrets / 10)

/** How many other pairs are tried. */
const mostOthers = 300

/** Says why the gateway rejects a request; pure. The work is bounded by the budget. */
export function diagnose(
  presented: Presented,
  known: Known,
  budget: number = budgets.quick,
): { readonly diagnosis: Diagnosis; readonly work: number } {
  const pairs = known.pairs()
  const secrets = pairs.map(({ secretKey }) => secretKey)
  const search = new Search(secrets, budget, fixedWork(presented, secrets.length))
  const diagnosis = new Doctor(presented, known, pairs, search).diagnosis()
  return { diagnosis: checkedForSecrets(diagnosis, search.hideIn), work: Math.min(search.work, budget) }
}

/** No text of a diagnosis leaves without this: whatever made a text, a secret in it is replaced. */
function checkedForSecrets(diagnosis: Diagnosis, hide: Hide): Diagnosis {
  let isClean = true
  JSON.stringify(diagnosis, (_, value: unknown) => {
    if (typeof value === 'string' && hide(value) !== value) isClean = false
    return value
  })
  return isClean ? diagnosis : withTexts(diagnosis, hide)
}

const formFix = 'send the Base64 of the 32 bytes, standard alphabet with padding'

/** One diagnosis at work. */
class Doctor {
  readonly #presented: Presented
  readonly #known: Known
  readonly #pairs: readonly KnownPair[]
  readonly #search: Search
  readonly #timestamp: string
  readonly #accessKey: string
  readonly #signature: string

  constructor(presented: Presented, known: Known, pairs: readonly KnownPair[], search: Search) {
    this.#presented = presented
    this.#known = known
    this.#pairs = pairs
    this.#search = search
    this.#timestamp = headerText(presented.headers[authHeaderNames.timestamp])
    this.#accessKey = headerText(presented.headers[authHeaderNames.accessKey])
    this.#signature = signatureOf(presented.headers, known.readings)
  }

  diagnosis(): Diagnosis {
    const { readings, now, routes } = this.#known
    const { method, target } = this.#presented
    const flaw = targetFlaw(target)
    if (flaw) return this.#explained('path', { cause: 'malformed-target', sentence: malformedTarget(flaw, target) })
    if (routes && !isRoute(method, target, routes)) {
      this.#search.charge(urlWork)
      return this.#explained('path', {
        cause: 'unknown-url',
        sentence: this.#search.show(bytesOf(unknownUrl(method, target, routes))),
      })
    }
    const outcome = checkCaller(this.#presented, now, this.#pairNamed, readings)
    // The window is not checked without a clock, but no clock of our times lets another unit pass.
    const unit = now === undefined && /^[0-9]+$/.test(this.#timestamp) ? otherUnit(Number(this.#timestamp)) : undefined
    if (unit && !(isRejection(outcome) && outcome.check === 'headers')) return this.#explained('time', unit)
    return isRejection(outcome) ? this.#rejected(outcome) : this.#right(outcome)
  }

  #pairNamed = (accessKey: string): KnownPair | undefined => this.#pairs.find(pair => pair.accessKey === accessKey)

  #checks(failed: CheckName | undefined, why = ''): Check[] {
    const { now } = this.#known
    const drift = Number(this.#timestamp) - (now ?? 0)
    return checksOf(failed, {
      path: this.#search.show(`${this.#presented.method} ${pathOf(this.#presented.target)}`),
      time:
        now === undefined
          ? 'not checked: the time of the request is not known'
          : `${lengthOf(Math.abs(drift))} ${drift < 0 ? 'before' : 'after'} the gateway clock`,
      'access key': this.#search.show(this.#accessKey).slice(0, 80),
      ...(failed && { [failed]: why }),
    })
  }

  #explained(check: CheckName, { cause, sentence }: HeaderTrouble, more: object = {}): Diagnosis {
    return { verdict: 'explained', cause, sentence, checks: this.#checks(check, sentence), ...more }
  }

  #right(pair: KnownPair): Diagnosis {
    return {
      verdict: 'right',
      sentence: 'The signature is right.',
      checks: this.#checks(undefined),
      ...this.#texts(rightOf(this.#presented, pair)),
    }
  }

  #rejected({ check, refused, message }: Rejection): Diagnosis {
    const { readings, now = 0 } = this.#known
    switch (check) {
      case 'headers':
        return this.#explained(
          check,
          (refused === 'credentialsMissing' ? missingHeaders(this.#presented, readings) : undefined) ??
            this.#repeated() ??
            timestampForm(this.#timestamp),
        )
      case 'time':
        return this.#explained(check, outsideWindow(Number(this.#timestamp), now))
      case 'access key':
        return this.#explained(check, this.#repeated() ?? this.#unknownKey())
      case 'signature':
        return this.#wrongSignature(this.#pairNamed(this.#accessKey) as KnownPair)
      case 'subscription':
        return this.#explained(check, {
          cause: 'not-subscribed',
          sentence: `The signature is right, but the ${message}.`,
        })
    }
  }

  #repeated(): HeaderTrouble | undefined {
    return repeatedHeader(this.#presented, this.#known.readings, key => this.#pairNamed(key) !== undefined)
  }

  /** Why a key is unknown or disabled. */
  #unknownKey(): HeaderTrouble {
    const { show } = this.#search
    const accessKey = this.#accessKey
    if (this.#pairNamed(accessKey)) {
      return {
        cause: 'key-disabled',
        sentence: `The access key ${show(accessKey)} is disabled, which counts as unknown.`,
      }
    }
    if (missingValues.some(value => value === accessKey)) {
      return {
        cause: 'access-key-missing-value',
        sentence: `The access key header holds ${JSON.stringify(accessKey)}, the text of a missing value (a variable that is not set?); send the access key.`,
      }
    }
    const plain = (text: string) => text.replace(/[\s"'<>{}[\]()`,;\0-\x20]/g, '').toLowerCase()
    const near = this.#pairs.find(each => plain(each.accessKey) === plain(accessKey))
    if (near) {
      return {
        cause: 'access-key-spelling',
        sentence: `The access key differs from the configured ${show(near.accessKey)} in letter case, quotes or white space alone.`,
      }
    }
    const swapped = this.#pairs.find(each => plain(each.secretKey) === plain(accessKey))
    if (swapped) {
      return {
        cause: 'secret-as-access-key',
        sentence: `The access key header holds the secret key of ${show(swapped.accessKey)}; access key and secret key are swapped. A secret key is never sent.`,
      }
    }
    const signer = this.#signer()
    return signer
      ? {
          cause: 'other-access-key',
          sentence: `The request is signed with the secret key of ${show(signer.accessKey)}, but its header names another, unknown access key; send ${show(signer.accessKey)}.`,
        }
      : {
          cause: 'unknown-access-key',
          sentence: `The access key ${show(accessKey).slice(0, 80)} is unknown here; configured: ${this.#firstKeys()}.`,
        }
  }

  /** The configured pair that signed a request with an unknown key. */
  #signer(): KnownPair | undefined {
    return this.#pairs.find(pair => {
      const right = rightOf(this.#presented, pair)
      if (!this.#search.affords(written(right))) return false
      return [right, { ...right, accessKey: pair.accessKey }].some(
        writing => base64Of(this.#search.digest(writing, written(writing))) === this.#signature,
      )
    })
  }

  /** The first few configured keys. */
  #firstKeys(): string {
    const names = this.#pairs.slice(0, 5).map(({ accessKey }) => this.#search.show(accessKey))
    const more = this.#pairs.length - names.length
    return names.length === 0 ? 'none' : `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  }

  /** A text as it may be shown: made anew from values without secrets. */
  #shown = (writing: Writing): string => written(withoutSecrets(writing, this.#search.hideIn))

  #texts(right: Writing) {
    return {
      expectedText: this.#search.show(this.#shown(right)),
      expectedSignature: base64Of(hmac(written(right), right.secretKey)),
    }
  }

  /** Why a signature is wrong. */
  #wrongSignature(pair: KnownPair): Diagnosis {
    const asked = this.#caseOf(pair)
    const texts = this.#texts(asked.right)
    const repeated = this.#repeated()
    if (repeated) return this.#explained('signature', repeated, texts)
    try {
      const read = readSignature(this.#signature)
      if (read === undefined)
        return this.#explained('signature', unreadable(asked.right, this.#signature, this.#search), texts)
      const { digest, form } = read
      if (this.#search.digest(asked.right, written(asked.right)) === digest) {
        return this.#told({ mistakes: [], writing: asked.right }, form, asked.right)
      }
      const altered = unreadable(asked.right, this.#signature, this.#search, 'digest')
      if (altered) return this.#explained('signature', altered, texts)
      const found = findMistakes(asked, digest, this.#search)
      return found ? this.#told(found, form, asked.right) : this.#unexplained(asked)
    } catch (error) {
      if (!(error instanceof WorkDone)) throw error
      return this.#unexplained(asked, cutShort)
    }
  }

  #caseOf(pair: KnownPair): Case {
    const { headers } = this.#presented
    return {
      right: rightOf(this.#presented, pair),
      headers: name => headerText(headers[name]),
      body: this.#known.body,
      others: this.#pairs.slice(0, mostOthers).filter(other => other !== pair),
      parameterNames: this.#known.parameterNames ?? [],
    }
  }

  #told({ mistakes, writing }: Found, form: Form | undefined, right: Writing): Diagnosis {
    const { show, hide } = this.#search
    const plain = mistakes.filter(({ advice }) => advice === undefined)
    const sentences = [
      plain.length === 0
        ? ''
        : `You signed ${plain.map(({ signed }) => show(signed)).join(', and ')}; sign ${plain.map(({ sign }) => sign).join(', and ')}.`,
      ...mistakes.map(({ advice }) => (advice === undefined ? '' : show(advice))),
      form ? `You sent the signature ${form.sent}; ${formFix}.` : '',
    ]
    const sentence = sentences.filter(Boolean).join(' ')
    const send = mistakes.find(mistake => mistake.send !== undefined)?.send
    const signedText = this.#shown(writing)
    const difference = differenceOf(hide(this.#shown(right)), hide(signedText))
    const comparison = comparisonOf(difference)
    return {
      verdict: 'explained',
      cause: [...mistakes.map(({ cause }) => cause), ...(form ? [form.cause] : [])].join(' + '),
      sentence,
      signedText: show(signedText),
      ...this.#texts(right),
      ...(send !== undefined && { correctedTarget: hide(send) }),
      difference,
      ...(comparison !== undefined && { comparison }),
      checks: this.#checks('signature', sentence),
    }
  }

  #unexplained(asked: Case, remark = ''): Diagnosis {
    const { method, timestamp, accessKey, secretKey } = asked.right
    const shown = (part: string, bytes: string) => ({ part, expected: this.#search.show(bytes) })
    const hasBody = this.#known.body === undefined && /[1-9]/.test(asked.headers('content-length'))
    const body = hasBody ? 'The body is not known here; `explain --body FILE` finds out whether it was signed.' : ''
    const sentence = [
      `No known mistake explains the signature: compare text and key with the client's, byte by byte (is it the secret key of ${this.#search.show(accessKey)}?).`,
      body,
      remark,
    ]
      .filter(Boolean)
      .join(' ')
    return {
      verdict: 'unexplained',
      sentence,
      compare: [
        shown('method', method),
        shown('target', this.#presented.target),
        shown('timestamp', timestamp),
        shown('access key', accessKey),
        { part: 'secret key', expected: `${[...textOf(secretKey)].length} characters` },
        { part: 'algorithm', expected: 'HMAC-SHA256 of the text, Base64 with padding' },
        { part: 'anything else (host, body, other headers)', expected: 'not signed' },
      ],
      ...this.#texts(asked.right),
      checks: this.#checks('signature', sentence),
    }
  }
}

/** The text as it should have been written and the key it should have been signed with. */
function rightOf({ method, target, headers }: Presented, { secretKey }: KnownPair): Writing {
  const path = pathOf(target)
  return {
    method,
    gap: ' ',
    origin: '',
    path,
    query: target.slice(path.length),
    recode: plainTarget,
    targetEnd: '',
    timestamp: headerText(headers[authHeaderNames.timestamp]),
    accessKey: headerText(headers[authHeaderNames.accessKey]),
    lines: threeLines,
    lineEnds: ['\n', '\n'],
    tail: '',
    finish: unchanged,
    quoted: unchanged,
    secretKey: bytesOf(secretKey),
    mac: hmac,
  }
}

const plainTarget: Writing['recode'] = (path, query) => path + query
const threeLines: Writing['lines'] = ({ request, timestamp, accessKey }) => [request, timestamp, accessKey]
const unchanged: Writing['finish'] = text => text
