import { isIP } from 'node:net'

/** The name in a Host header or an origin, without port and brackets. */
function hostName(authority: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(authority)
  return (bracketed?.[1] ?? authority.replace(/:\d*$/, '')).toLowerCase()
}

const isLoopbackName = (name: string) => name === 'localhost' || name.endsWith('.localhost')

/**
 * Why an admin request is refused, or `undefined` when it may pass.
 * A web page must not drive an emulator on this machine (foreign Origin), nor rebind its own name to it (foreign Host).
 */
export function strangerIn(
  headers: { readonly host?: string | undefined; readonly origin?: string | undefined },
  allowedHosts: readonly string[],
): string | undefined {
  const host = headers.host ?? ''
  const name = hostName(host)
  if (!isLoopbackName(name) && isIP(name) === 0 && !allowedHosts.includes(name)) {
    return `the Host ${JSON.stringify(host)} is neither a loopback name nor an IP address; allow it with --allowed-hosts ${name || 'NAME'}`
  }
  const { origin } = headers
  if (origin !== undefined && origin.replace(/^https?:\/\//, '').toLowerCase() !== host.toLowerCase()) {
    return `the Origin ${JSON.stringify(origin)} is not this emulator`
  }
  return undefined
}
