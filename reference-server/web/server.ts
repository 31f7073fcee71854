// The web side: 443 with /new, pages, autoconfig and MTA-STS policy, and 80 that redirects. Started by startReference.
import { createServer as createHttpServer, type IncomingMessage, type Server, ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import type { TlsBehaviour } from '../behaviour/tls.ts'
import type { Certificates } from '../certificates.ts'
import { webName } from '../domain-name.ts'
import type { FaultPoint } from '../faults.ts'
import type { Listener } from '../smtp/listener.ts'
import { sharePort, type Take } from '../tls/shared-port.ts'
import { type RequestBody, requestBody } from './body.ts'
import { domainOf, hostName } from './host-field.ts'
import { type RelayConnections, upgradeToRelay } from './iroh.ts'
import { answerRequest } from './router.ts'
import type { Answer, WebRequest, WebServices } from './types.ts'

/** All fields of a request, as web servers in front of a relay allow: that bounds the recipients of one `/mxdeliv`. */
const mostHeadBytes = 32_768

export async function startHttps(options: {
  readonly services: WebServices
  readonly certificates: Certificates
  readonly host: string
  readonly port: number
  /** The mail services that share the port. */
  readonly mail: (service: TlsBehaviour['sharedPort'][number]['service']) => Take | undefined
}): Promise<Listener> {
  const { services, certificates, host, port, mail } = options
  const server = createHttpsServer(
    {
      ...certificates.options.web,
      ALPNProtocols: ['http/1.1'],
      noDelay: true,
      handshakeTimeout: 10_000,
      maxHeaderSize: mostHeadBytes,
    },
    (request, response) => void serve(request, response, services),
  )
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  const relayed: RelayConnections = new Set()
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
    if (!upgradeToRelay(request, socket, services.behaviour().calls, relayed)) answerInstead(request, socket, services)
  })
  if (services.behaviour().tls.sharedPort.length > 0) {
    const choose = (offers: readonly string[]) => {
      const entry = services.behaviour().tls.sharedPort.find(({ offer }) => offers.includes(offer))
      return entry && mail(entry.service)
    }
    sharePort(server, { clock: services.clock, choose })
  }
  const listener = await listen(server, host, port)
  return {
    ...listener,
    close: () => {
      for (const socket of relayed) socket.destroy()
      return listener.close()
    },
  }
}

/** Who asks for an upgrade that is not had here gets the answer of an ordinary request (RFC 9110 7.8). */
function answerInstead(request: IncomingMessage, socket: Duplex, services: WebServices): void {
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(request.socket)
  response.once('finish', () => socket.end())
  // The parser has let go of the connection, and of a body.
  if (request.method === 'GET' || request.method === 'HEAD') void serve(request, response, services)
  else send(response, { status: 400, headers: [], body: '' }, services)
}

export function startHttp(options: {
  readonly services: WebServices
  readonly host: string
  readonly port: number
}): Promise<Listener> {
  const { services, host, port } = options
  const server = createHttpServer({ noDelay: true }, (request, response) => {
    if (services.behaviour().web.http === 'serve') {
      void serve(request, response, services)
      return
    }
    if (services.behaviour().web.http === 'closed') {
      request.socket.destroy()
      return
    }
    const { domain, path } = readTarget(request, services)
    send(response, { status: 301, headers: [['Location', `https://${domain}${path}`]], body: '' }, services)
  })
  return listen(server, host, port)
}

async function serve(request: IncomingMessage, response: ServerResponse, services: WebServices): Promise<void> {
  try {
    const target = readTarget(request, services)
    const fault = services.faults.take(faultPoint(target.path))
    if (fault?.kind === 'drop') {
      request.socket.destroy()
      return
    }
    if (fault?.kind === 'slow') await services.clock.sleep(fault.ms ?? 1_000)
    const body = requestBody(request)
    const wanted: WebRequest = {
      ...target,
      method: request.method ?? 'GET',
      client: request.socket.remoteAddress ?? '',
      header: (name) => request.headers[name]?.toString(),
      headers: (name) => request.headersDistinct[name] ?? [],
      body: body.read,
    }
    const answer: Answer =
      fault?.kind === 'reply'
        ? { status: Number(fault.text ?? 503), headers: [], body: '' }
        : await answerRequest(wanted, services)
    body.discard()
    await services.storage?.settled()
    send(response, answer, services, body)
  } catch (error) {
    services.journal.add('web', `request broke off: ${error instanceof Error ? error.message : error}`)
    response.destroy()
  }
}

function faultPoint(path: string): FaultPoint {
  if (path === '/new') return 'web:new'
  return path.startsWith('/mxdeliv') ? 'web:mxdeliv' : 'web:page'
}

/** Both forms of request targets (RFC 9112 3.2): old clients send the absolute one. A foreign host is not repeated. */
function readTarget(request: IncomingMessage, services: WebServices): Pick<WebRequest, 'domain' | 'path' | 'absolute'> {
  const url = request.url ?? '/'
  const absolute = /^https?:\/\//i.test(url)
  const parsed = absolute && URL.canParse(url) ? new URL(url) : undefined
  const name = hostName(parsed?.host ?? request.headers.host ?? '')
  const path = parsed === undefined ? url : parsed.pathname + parsed.search
  const known = domainOf(name, services.domains) !== undefined
  const domain = known ? name : webName(services.domains[0] ?? '')
  return { domain, path: path.startsWith('/') ? path : '/', absolute }
}

function send(response: ServerResponse, answer: Answer, services: WebServices, asked?: RequestBody): void {
  const { web, privacy } = services.behaviour()
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
  const headers: [string, string][] = [...answer.headers]
  if (privacy.serverHeader !== null) headers.unshift(['Server', privacy.serverHeader])
  if (privacy.poweredByHeader !== null) headers.push(['X-Powered-By', privacy.poweredByHeader])
  if (privacy.setsCookies) headers.push(['Set-Cookie', `visitor=${services.clock.now()}; Path=/`])
  // Such an answer has no body to be framed (RFC 9110 8.6).
  if (answer.status !== 204)
    headers.push(web.framing === 'length' ? ['Content-Length', `${body.length}`] : ['Transfer-Encoding', 'chunked'])
  if (!web.keepAlive || asked?.cut) headers.push(['Connection', 'close'])
  const cased = headers.map(([name, value]): [string, string] => [
    web.headerCase === 'lower' ? name.toLowerCase() : name,
    value,
  ])
  response.writeHead(answer.status, cased.flat())
  response.end(body)
}

/** A head that is too large gets an answer, which is read only if the connection is not reset under it. */
function refuseHead(error: NodeJS.ErrnoException, socket: Duplex & { readonly bytesRead?: number }): void {
  if (error.code !== 'HPE_HEADER_OVERFLOW' || (socket.bytesRead ?? 0) > 1_000_000) socket.destroy()
  else if (!socket.writableEnded)
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

async function listen(server: Server, host: string, port: number): Promise<Listener> {
  server.headersTimeout = 10_000
  server.requestTimeout = 20_000
  server.keepAliveTimeout = 30_000
  server.on('clientError', refuseHead)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
