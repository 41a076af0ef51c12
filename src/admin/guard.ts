import { isIP } from 'node:net'

/** The host name of a Host header, without port, brackets and trailing dot. */
function hostName(authority: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(authority)
  return (bracketed?.[1] ?? authority.replace(/:\d*$/, '').replace(/\.$/, '')).toLowerCase()
}

const isLoopbackName = (name: string) => name === 'localhost' || name.endsWith('.localhost')

export interface Caller {
  readonly method: string
  readonly host: string
  readonly origin: string | undefined
  /** The Sec-Fetch headers, which browsers send and pages cannot change. */
  readonly site: string | undefined
  readonly mode: string | undefined
  readonly destination: string | undefined
}

/** A link that a person follows is harmless: the linking page cannot read the response, and GET changes nothing. */
const followsLink = ({ method, mode, destination }: Caller) =>
  method === 'GET' && mode === 'navigate' && destination === 'document'

/**
 * Why an admin request is rejected; `undefined` if it may pass.
 * A web page must not be able to control an emulator on this machine (foreign Origin or Sec-Fetch-Site),
 * or to rebind its own name to it (foreign Host).
 */
export function callerError(caller: Caller, allowedHosts: readonly string[]): string | undefined {
  const { host, origin, site } = caller
  const name = hostName(host)
  if (!isLoopbackName(name) && isIP(name) === 0 && !allowedHosts.includes(name)) {
    return `the Host ${JSON.stringify(host)} is neither a loopback name nor an IP address; to allow it, start the emulator with --allowed-hosts ${name || 'NAME'}`
  }
  if (origin !== undefined && origin.replace(/^https?:\/\//, '').toLowerCase() !== host.toLowerCase()) {
    return `the Origin ${JSON.stringify(origin)} is not this emulator; call /__admin from its own pages or from outside a browser`
  }
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !followsLink(caller)) {
    return `a page of another origin made this request (Sec-Fetch-Site: ${site}); call /__admin from the emulator's own pages or from outside a browser`
  }
  return undefined
}
