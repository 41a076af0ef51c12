/** The address a client on this machine uses for what the emulator listens on. */
export const clientHost = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host)

/** What a client on this machine puts in front of `/api/v1`. */
export function clientUrl(host: string, port: number, tls: boolean): string {
  const name = clientHost(host)
  return `${tls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`
}
