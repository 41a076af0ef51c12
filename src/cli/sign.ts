import { clientUrl } from '../config/client-url.ts'
import type { CommandLine } from '../config/command-line.ts'
import { speaksTls } from '../config/config.ts'
import { UsageError } from '../config/usage-error.ts'
import { signRequest } from '../gateway/sign-request.ts'
import { systemClock } from '../time/clock.ts'
import { curlLine } from './banner.ts'
import { print } from './output.ts'
import { encodedTarget, namedRequest } from './request-target.ts'

/** The output of `sign METHOD TARGET`. Throws a UsageError for a request that cannot be signed. */
export function signCommand({ config, words, extra }: Pick<CommandLine, 'config' | 'words' | 'extra'>): string {
  const { method, origin: url, target } = namedRequest('sign', words)
  const shown = JSON.stringify
  if (!/^[\x21-\x22\x24-\x7e]+$/.test(target)) {
    const encoded = encodedTarget(target.replace(/#.*/s, ''))
    throw new UsageError(
      `sign: TARGET must be percent-encoded and without a #fragment, got ${shown(target)}; encoded it is ${shown(encoded)}`,
    )
  }
  const { timestamp } = extra
  if (timestamp !== undefined && !/^[0-9]{1,16}$/.test(String(timestamp))) {
    throw new UsageError(`--timestamp ${shown(timestamp)}: must be epoch milliseconds, such as 1742428443000`)
  }
  if (extra.curl && !url && config.port === 0) {
    throw new UsageError('--port 0: does not name a port; give the port that the emulator printed, or sign a whole URL')
  }
  const { accessKey, secretKey, gatewaySkew } = config
  const signedAt = timestamp === undefined ? systemClock.now() + gatewaySkew : Number(timestamp)
  const headers = signRequest({ method, target, accessKey, secretKey, timestamp: signedAt })
  if (extra.json) return JSON.stringify(headers)
  if (extra.curl)
    return curlLine(
      method,
      `${url ?? clientUrl(config.host, config.port, speaksTls(config))}${target}`,
      headers,
      config,
    )
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

export const sign = (line: CommandLine): void => print(signCommand(line))
