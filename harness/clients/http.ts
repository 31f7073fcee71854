// The HTTP client: our own connections with certificate facts, redirects only when asked, a cap on what is read.
// Used by checks of the web side and by discovery.
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Endpoint, Timing, Trust } from '../host/host.ts'
import { WireError } from '../host/wire-error.ts'
import { openSocket } from './connect.ts'
import type { LineSocket } from './line-socket.ts'
import type { TlsFacts } from './tls-facts.ts'
import type { Transcript } from './transcript.ts'
import { wireFailure } from './wire-failure.ts'

export interface HttpOptions {
  /** Where a URL leads; its security says whether TLS is spoken. */
  locate(url: URL, signal?: AbortSignal): Promise<Endpoint>
  readonly trust: Trust
  readonly timing: Pick<Timing, 'connect' | 'reply'>
  readonly transcript?: Transcript | undefined
  readonly signal?: AbortSignal | undefined
  readonly userAgent?: string
  readonly onConnect?: () => void
}

export interface HttpRequestOptions {
  readonly method?: string
  /** Several values: as many lines. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: Uint8Array | string
  /** Redirects to follow at most; default 0: a redirect is an answer like any other. */
  readonly follow?: number
  /** Default 2 MiB; more is WireError 'too-long'. */
  readonly maxBytes?: number
  /** Sends the whole URL as request target, as Delta Chat core 2.57 does. */
  readonly absoluteForm?: boolean
  /** Another protocol to go on with; where the server agrees, its 101 is the answer, and the connection ends. */
  readonly upgrade?: string
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case; several of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  readonly setCookies: readonly string[]
  readonly bytes: Uint8Array
  /** The body as UTF-8. */
  text(): string
  /** Throws WireError 'protocol' when the body is not JSON. */
  json(): unknown
  /** The URL that answered. */
  readonly url: string
  /** The URLs that redirected, in order. */
  readonly redirects: readonly string[]
  readonly tls?: TlsFacts
  /** Milliseconds from the start of the last request to the end of its answer, connecting included. */
  readonly duration: number
}

export interface HttpClient {
  /** Throws WireError; any status is an answer. */
  request(url: string, options?: HttpRequestOptions): Promise<HttpResponse>
}

const defaultMaxBytes = 2 * 1024 * 1024
const redirectStatus: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export function createHttp(options: HttpOptions): HttpClient {
  return {
    async request(url, requestOptions = {}) {
      const redirects: string[] = []
      let wanted = requestOptions
      let at = parseUrl(url)
      for (;;) {
        const response = await exchange(options, at, wanted, redirects)
        const next = redirectTarget(response, at)
        if (next === undefined || redirects.length >= (requestOptions.follow ?? 0)) return response
        redirects.push(at.href)
        if (response.status === 303 || (response.status < 303 && wanted.method === 'POST')) {
          const { body: _, ...rest } = wanted
          wanted = { ...rest, method: 'GET' }
        }
        at = next
      }
    },
  }
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url
  throw new WireError('protocol', 'connect', `connect: not a web address: ${text}`, { detail: 'ERR_INVALID_URL' })
}

/** A redirect to another scheme (`dcaccount:`) is for apps, and never followed. */
function redirectTarget(response: HttpResponse, from: URL): URL | undefined {
  const location = response.headers.location
  if (!redirectStatus.has(response.status) || location === undefined || !URL.canParse(location, from.href))
    return undefined
  const url = new URL(location, from)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined
}

async function exchange(
  options: HttpOptions,
  url: URL,
  wanted: HttpRequestOptions,
  redirects: readonly string[],
): Promise<HttpResponse> {
  const began = performance.now()
  const endpoint = await options.locate(url, options.signal)
  const { trust, timing, signal, transcript, onConnect } = options
  await using socket = await openSocket({
    endpoint,
    trust,
    timing,
    signal,
    transcript,
    ...(onConnect === undefined ? {} : { onConnect }),
  })
  socket.stage = 'request'
  const { message, bytes } = await converse(socket, options, url, wanted)
  const headers = flatHeaders(message)
  const { tls } = socket
  return {
    status: message.statusCode ?? 0,
    headers,
    setCookies: message.headersDistinct['set-cookie'] ?? [],
    bytes,
    text: () => Buffer.from(bytes).toString('utf8'),
    json: () => parseJson(bytes),
    url: url.href,
    redirects: [...redirects],
    duration: performance.now() - began,
    ...(tls === undefined ? {} : { tls }),
  }
}

function converse(
  socket: LineSocket,
  options: HttpOptions,
  url: URL,
  wanted: HttpRequestOptions,
): Promise<{ message: IncomingMessage; bytes: Uint8Array }> {
  const method = wanted.method ?? 'GET'
  const target = wanted.absoluteForm ? url.href : `${url.pathname}${url.search}`
  const maxBytes = wanted.maxBytes ?? defaultMaxBytes
  socket.tap?.sent(`${method} ${target} HTTP/1.1`)
  return new Promise((resolve, reject) => {
    const cancel = socket.deadline()
    const fail = (cause: unknown) => {
      cancel()
      // The socket knows best why it ended: a deadline, the signal, a reset.
      reject(socket.fail(socket.error ?? httpFailure(cause)))
    }
    socket.whenEnded((error) => {
      // A body that is ended by closing ends here too; give its last event the turn.
      if (error.code !== 'closed') fail(error)
    })
    const request = httpRequest({
      createConnection: () => socket.detach() as Duplex,
      host: url.hostname,
      method,
      path: target,
      setDefaultHeaders: false,
      maxHeaderSize: 65_536,
      headers: requestHeaders(options, url, wanted),
    })
    request.on('error', fail)
    request.on('upgrade', (message, upgraded) => {
      cancel()
      recordHead(socket, message)
      upgraded.destroy()
      resolve({ message, bytes: new Uint8Array() })
    })
    request.on('response', (message) => {
      const chunks: Buffer[] = []
      let length = 0
      recordHead(socket, message)
      message.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > maxBytes) fail(new WireError('too-long', 'body', `body: more than ${maxBytes} octets`))
        else chunks.push(chunk)
      })
      message.on('error', fail)
      message.on('close', () => {
        if (!message.complete) return fail(new WireError('closed', 'body', 'body: the peer closed in the middle'))
        cancel()
        socket.tap?.note(`<${length} octets of body>`)
        resolve({ message, bytes: Buffer.concat(chunks) })
      })
      message.resume()
    })
    request.end(wanted.body)
  })
}

function requestHeaders(options: HttpOptions, url: URL, wanted: HttpRequestOptions): OutgoingHttpHeaders {
  const { body } = wanted
  const sized = body !== undefined || wanted.method === 'POST' || wanted.method === 'PUT'
  return {
    Host: url.host,
    ...(options.userAgent === undefined ? {} : { 'User-Agent': options.userAgent }),
    Accept: '*/*',
    ...(sized ? { 'Content-Length': body === undefined ? 0 : Buffer.byteLength(body) } : {}),
    ...(wanted.headers as OutgoingHttpHeaders | undefined),
    ...(wanted.upgrade === undefined ? { Connection: 'close' } : { Connection: 'Upgrade', Upgrade: wanted.upgrade }),
  }
}

function recordHead(socket: LineSocket, message: IncomingMessage): void {
  if (socket.tap === undefined) return
  socket.tap.received(`HTTP/${message.httpVersion} ${message.statusCode} ${message.statusMessage}`)
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    socket.tap.received(`${message.rawHeaders[i]}: ${message.rawHeaders[i + 1]}`)
  }
}

function flatHeaders(message: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = Object.create(null)
  for (const [name, values] of Object.entries(message.headersDistinct)) headers[name] = (values ?? []).join(', ')
  return headers
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch (cause) {
    throw new WireError('protocol', 'body', 'body: not JSON', { cause })
  }
}

/** Node's parser and `socket hang up` (a peer that closed before answering). */
function httpFailure(cause: unknown): WireError {
  const error = cause as NodeJS.ErrnoException
  if (error.code === 'ECONNRESET' && error.message === 'socket hang up') {
    return new WireError('closed', 'request', 'request: the peer closed without an answer', { cause })
  }
  return wireFailure(cause, 'request')
}
