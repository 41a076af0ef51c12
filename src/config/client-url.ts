/** The host that a client on this machine connects to, given the host that the emulator listens on. */
export function clientHost(host: string): string {
  if (host === '::') return '::1'
  return host === '0.0.0.0' || host.toLowerCase() === 'localhost' ? '127.0.0.1' : host
}

export function clientUrl(host: string, port: number, tls: boolean): string {
  const name = clientHost(host)
  return `${tls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** `host`: IPv6 without brackets. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.[0-9]{1,3}){3}$/.test(host)
