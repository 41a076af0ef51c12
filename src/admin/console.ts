import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { packageRoot } from '../package.ts'
import { AdminError } from './problem.ts'

const home = '/console'

const media: Readonly<Record<string, string>> = {
  'main.js': 'text/javascript; charset=utf-8',
  'boot.js': 'text/javascript; charset=utf-8',
  'console.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
}

const contentPolicy = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const accepts = (headers: IncomingHttpHeaders, type: string) => headers.accept?.includes(type) ?? false

/** Korean where the browser prefers it to English. */
export function preferredLanguage(acceptLanguage = ''): 'en' | 'ko' {
  const ranked = acceptLanguage
    .split(',')
    .map(part => {
      const [tag = '', ...parameters] = part.trim().split(/\s*;\s*/)
      const quality = parameters.find(one => one.startsWith('q='))?.slice(2) ?? '1'
      return { language: tag.toLowerCase().split('-', 1)[0], quality: Number(quality) }
    })
    .filter(({ language, quality }) => (language === 'ko' || language === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return ranked[0]?.language === 'ko' ? 'ko' : 'en'
}

function builtFiles() {
  const known = new Map<string, { content: Buffer; etag: string }>()
  return (name: string) => {
    const found = known.get(name)
    if (found) return found
    let content: Buffer
    try {
      content = readFileSync(new URL(`dist/console/${name}`, packageRoot))
      /* c8 ignore next 3 -- tests run on a clone that was built */
    } catch {
      throw new AdminError(503, `the console is not built: dist/console/${name} is missing; run npm run build`)
    }
    const made = { content, etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"` }
    known.set(name, made)
    return made
  }
}

/** A page of the console to go to, as `to` names it; anything else is its start. */
const pageNamed = (to: unknown, prefix: string): string =>
  typeof to === 'string' && to.startsWith(`${prefix}${home}/`) && /^[\x21-\x7e]{1,2000}$/.test(to)
    ? to
    : `${prefix}${home}/jobs`

/**
 * Where a browser without the admin token is sent when it opens a page of the console, `undefined` when it is to be
 * asked for the token. A browser sends a password only below the folder where it was asked for it, so it is asked at
 * `/console`, which counts for all of the admin API.
 */
export function tokenPage({ method, url, headers }: IncomingMessage, prefix: string): string | undefined {
  const page = url?.startsWith(`${prefix}${home}/`) && !url.startsWith(`${prefix}${home}/assets/`)
  return method === 'GET' && page && accepts(headers, 'text/html')
    ? `${prefix}${home}?to=${encodeURIComponent(url ?? '')}`
    : undefined
}

/** Serves the console in the browser: one page for all its addresses, and the files that it loads. */
export function consolePages(app: FastifyInstance, prefix: string): void {
  const file = builtFiles()

  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { content, etag }: ReturnType<typeof file>,
    type: string,
  ) {
    reply.header('cache-control', 'no-cache').header('etag', etag).header('x-content-type-options', 'nosniff')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type(type).send(content)
  }
  function showPage(request: FastifyRequest, reply: FastifyReply) {
    const language = preferredLanguage(request.headers['accept-language'])
    const { content, etag } = file('index.html')
    const html = Buffer.from(content.toString().replace('<html lang="en">', `<html lang="${language}">`))
    reply.header('content-security-policy', contentPolicy).header('vary', 'accept-language')
    return send(
      request,
      reply,
      { content: html, etag: `${etag.slice(0, -1)}-${language}"` },
      'text/html; charset=utf-8',
    )
  }

  app.get(home, { exposeHeadRoute: true }, ({ query }, reply) =>
    reply.redirect(pageNamed((query as { to?: unknown }).to, prefix)),
  )
  app.get(`${home}/`, { exposeHeadRoute: true }, (_request, reply) => reply.redirect(`${prefix}${home}/jobs`))
  app.get<{ Params: { file: string } }>(`${home}/assets/:file`, { exposeHeadRoute: true }, (request, reply) => {
    const { file: name } = request.params
    const type = Object.hasOwn(media, name) ? media[name] : undefined
    if (type === undefined) throw new AdminError(404, `unknown file ${JSON.stringify(name.slice(0, 80))}`)
    return send(request, reply, file(name), type)
  })
  app.get(`${home}/*`, { exposeHeadRoute: true }, showPage)
}
