// startControl(): power over a running reference server by HTTP, for test suites in any language. Used by `serve --control`
// and as part of chatmail-check/server. Loopback and a token guard it; web pages are kept out.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import type { Reference } from '../index.ts'
import { dcloginOf, describeReference, type ReferenceDescription } from '../serve.ts'
import { dispatch } from './dispatch.ts'
import { openApi } from './openapi.ts'
import { Refused } from './refused.ts'
import type { Answer, Controlled } from './route.ts'

export interface ControlOptions {
  /** IP address; 127.0.0.1 when absent. */
  readonly listen?: string
  /** Any free one when absent. */
  readonly port?: number
  /** What clients send as `Authorization: Bearer`; a random one when absent. At least 8 characters. */
  readonly token?: string
  /** Where clients reach the mail server, for `dclogin:` links; its own address when absent. */
  readonly address?: string
  /** What GET / answers; the description of the server when absent. */
  readonly record?: () => ReferenceDescription
  /** Called for POST /stop; closes the reference server when absent. */
  readonly stop?: () => void
}

export interface Control extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string
  readonly token: string
  /** The OpenAPI 3.1 description, as it is served. */
  readonly openApi: Readonly<Record<string, unknown>>
  close(): Promise<void>
}

const mostConnections = 200

export async function startControl(reference: Reference, options: ControlOptions = {}): Promise<Control> {
  const { listen = '127.0.0.1', token = randomBytes(24).toString('base64url') } = options
  if (token.length < 8) throw new Error('a token of the control has at least 8 characters')
  const controlled: Controlled = {
    reference,
    record: options.record ?? (() => describeReference(reference)),
    stop: options.stop ?? (() => void reference.close()),
    link: (account) => dcloginOf(reference, account, options.address),
  }
  const description = openApi()
  const ending = new AbortController()
  const server = createServer({ noDelay: true, maxHeaderSize: 32 * 1024 }, (request, response) => {
    void serve(request, response)
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    try {
      admit(request, listen)
      if (request.method === 'GET' && request.url === '/openapi.json') {
        return send(response, 200, description)
      }
      if (!isToken(request.headers.authorization, token)) throw new Refused(401, 'token', 'send the token as Bearer')
      const signal = AbortSignal.any([gone.signal, ending.signal])
      await give(response, await dispatch(request, controlled, signal), signal)
    } catch (error) {
      refuse(response, error)
    } finally {
      // What is left of a body that nobody wanted.
      if (!request.complete) request.socket.destroySoon()
    }
  }

  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  server.maxConnections = mostConnections
  server.on('clientError', (_error, socket) => socket.destroy())
  server.listen(options.port ?? 0, listen)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    ending.abort()
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  let closing: Promise<void> | undefined
  const closeOnce = () => {
    closing ??= close()
    return closing
  }
  return {
    url: `http://${listen.includes(':') ? `[${listen}]` : listen}:${port}`,
    token,
    openApi: description,
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  }
}

/**
 * A web page asks with an Origin, or by a name whose DNS leads to loopback (rebinding). Beyond loopback names are usual:
 * containers call each other so.
 */
function admit({ headers }: IncomingMessage, listen: string): void {
  const host = (headers.host ?? '').replace(/:\d+$/, '')
  const literal = isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0
  const named = !literal && host.toLowerCase() !== 'localhost'
  if (named && (listen === '::1' || listen.startsWith('127.')))
    throw new Refused(403, 'host', 'ask by IP address or localhost')
  if (headers.origin !== undefined) throw new Refused(403, 'origin', 'not for web pages')
}

function isToken(header: string | undefined, token: string): boolean {
  const given = /^Bearer (.{1,500})$/i.exec(header ?? '')?.[1] ?? ''
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

async function give(response: ServerResponse, answer: Answer, signal: AbortSignal): Promise<void> {
  switch (answer.kind) {
    case 'json':
      send(response, answer.status, answer.value)
      return
    case 'accepted':
      response.once('finish', answer.afterwards)
      send(response, 202, answer.value)
      return
    case 'empty':
      response.writeHead(204).end()
      return
    case 'message':
      response.writeHead(200, { 'Content-Type': 'message/rfc822', 'Content-Length': answer.bytes.length })
      response.end(answer.bytes)
      return
    case 'lines':
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
      response.flushHeaders()
      for await (const value of answer.values) {
        if (!response.write(`${JSON.stringify(value)}\n`)) await once(response, 'drain', { signal }).catch(() => {})
      }
      response.end()
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(`${JSON.stringify(value)}\n`)
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length })
  response.end(body)
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  if (error instanceof Refused) {
    send(response, error.status, { code: error.code, message: error.message, ...error.details })
    return
  }
  send(response, 500, { code: 'internal', message: error instanceof Error ? error.message : String(error) })
}
