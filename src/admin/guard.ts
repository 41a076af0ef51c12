import { isIP } from 'node:net'

/** The name in a Host header, without port, brackets and the dot of a full domain name. */
function hostName(authority: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(authority)
  return (bracketed?.[1] ?? authority.replace(/:\d*$/, '').replace(/\.$/, '')).toLowerCase()
}

const isLoopbackName = (name: string) => name === 'localhost' || name.endsWith('.localhost')

/** What the guard looks at. */
export interface Caller {
  readonly method: string
  readonly host: string
  readonly origin: string | undefined
  /** The Sec-Fetch headers, which a browser sends and a page cannot change. */
  readonly site: string | undefined
  readonly mode: string | undefined
  readonly destination: string | undefined
}

/** A link that a person followed: the page it stood on neither reads the answer nor changes anything by it. */
const followsLink = ({ method, mode, destination }: Caller) =>
  method === 'GET' && mode === 'navigate' && destination === 'document'

/**
 * Why an admin request is refused, or `undefined` when it may pass.
 * A web page must not drive an emulator on this machine (foreign Origin or Sec-Fetch-Site),
 * nor rebind its own name to it (foreign Host).
 */
export function strangerIn(caller: Caller, allowedHosts: readonly string[]): string | undefined {
  const { host, origin, site } = caller
  const name = hostName(host)
  if (!isLoopbackName(name) && isIP(name) === 0 && !allowedHosts.includes(name)) {
    return `The Host ${JSON.stringify(host)} is neither a loopback name nor an IP address; to allow it, start the emulator with --allowed-hosts ${name || 'NAME'}.`
  }
  if (origin !== undefined && origin.replace(/^https?:\/\//, '').toLowerCase() !== host.toLowerCase()) {
    return `The Origin ${JSON.stringify(origin)} is not this emulator; call /__admin from its own pages or from outside a browser.`
  }
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !followsLink(caller)) {
    return `A page of another origin made this request (Sec-Fetch-Site: ${site}); call /__admin from the emulator's own pages or from outside a browser.`
  }
  return undefined
}
