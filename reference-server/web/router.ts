// Which page a request gets. Used by the web server.
import { webName } from '../domain-name.ts'
import { autoconfig } from './autoconfig.ts'
import { domainOf } from './host-field.ts'
import { irohRoute } from './iroh.ts'
import { landing, newAccountScript } from './landing.ts'
import { infoPage, privacyPage } from './pages.ts'
import { qrCode } from './qr.ts'
import type { Answer, Route, WebRequest, WebServices } from './types.ts'

const html = 'text/html; charset=utf-8'

/** Pages that are more than a document: they see every method, and may read the body of the request. */
const routes: readonly Route[] = [newRoute, irohRoute, ({ request, path, services }) => services.mxdeliv(request, path)]

export async function answerRequest(request: WebRequest, services: WebServices): Promise<Answer> {
  const { web, privacy, tls } = services.behaviour()
  const { domains } = services
  const domain = domainOf(request.domain, domains) ?? domains[0] ?? ''
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return page('text/plain', 'Method Not Allowed', 405)
  if (request.absolute && !web.new.absoluteForm) return nothing(400)
  if (request.domain === `www.${domain}` && web.wwwRedirects) {
    return { status: 301, headers: [['Location', `https://${webName(domain)}${request.path}`]], body: '' }
  }
  const path = request.path.replace(/[?#].*$/, '')
  for (const route of routes) {
    const answer = await route({ request, path, domain, services })
    if (answer !== undefined) return answer
  }
  if (request.method === 'POST') return nothing(405)

  const behaviour = services.behaviour()
  const pages: Record<string, () => Answer | Promise<Answer> | undefined> = {
    '/': () => (web.landing ? landing(domain, behaviour) : undefined),
    '/index.html': () => (web.landing ? landing(domain, behaviour) : undefined),
    '/dclogin.js': () => newAccountScript(domain, behaviour),
    '/info.html': () => (web.infoPage ? page(html, infoPage(domain, behaviour)) : undefined),
    '/privacy.html': () => (web.privacyPage ? page(html, privacyPage(domain, behaviour)) : undefined),
    '/robots.txt': () => (privacy.robots === null ? undefined : page('text/plain', privacy.robots)),
    '/metrics': () =>
      privacy.metrics ? page('text/plain', `accounts ${services.accounts.list().length}\n`) : undefined,
    '/.well-known/mta-sts.txt': () =>
      web.mtaSts === null
        ? undefined
        : page('text/plain', `${web.mtaSts.join('\r\n')}\r\n`.replaceAll('{domain}', domain)),
    '/.well-known/autoconfig/mail/config-v1.1.xml': () =>
      web.autoconfig.served
        ? page(
            web.autoconfig.contentType,
            autoconfig(domain, web.autoconfig, services.ports(), tls.sharedPort.length > 0),
          )
        : undefined,
    [`/qr-chatmail-invite-${webName(domain)}.png`]: () => qrCode(domain, web),
  }
  const found = Object.hasOwn(pages, path) ? await pages[path]?.() : undefined
  return found ?? (web.unknownStatus === 404 ? notFound() : { status: web.unknownStatus, headers: [], body: '' })
}

function newRoute({ request, path, domain, services }: Parameters<Route>[0]): ReturnType<Route> {
  const { legacyPath, matchesPrefix } = services.behaviour().web.new
  const here =
    path === '/new' || (legacyPath && path === '/cgi-bin/newemail.py') || (matchesPrefix && path.startsWith('/new'))
  return here ? services.newPage(request, path, domain) : undefined
}

function page(type: string, body: string, status = 200): Answer {
  return { status, headers: [['Content-Type', type]], body }
}

function nothing(status: number): Answer {
  return { status, headers: [], body: '' }
}

function notFound(): Answer {
  return {
    status: 404,
    headers: [['Content-Type', html]],
    body: '<!doctype html><title>Not found</title><p>Not found.\n',
  }
}
