// The sockets of a mail exchange of the peer: SMTP with STARTTLS and HTTPS, and what came to them. Used by exchange.ts, and by
// standing/ on real ports.
import { createServer as createHttps, type Server as HttpsServer } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Server as TcpServer } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { Transcript } from '../clients/transcript.ts'
import { type Answer, type Arrival, exchangeLimits, type Visit } from './arrival.ts'
import type { Leaf } from './authority.ts'
import type { ExchangeOptions } from './exchange.ts'
import { receivePost } from './https-receiver.ts'
import { SmtpReceiver } from './smtp-receiver.ts'

export interface ServerOptions extends Pick<ExchangeOptions, 'clear' | 'https' | 'greetingDelayMs' | 'answer'> {
  /** The name of the host. */
  readonly name: string
  readonly leaf: Leaf
  readonly transcript: Transcript
  /** Where to listen; port 0: any free one. */
  readonly at: { readonly address: string; readonly smtp: number; readonly https: number }
}

export interface ExchangeServers extends AsyncDisposable {
  readonly arrivals: readonly Arrival[]
  readonly visits: readonly Visit[]
  readonly ports: { readonly smtp: number; readonly https: number | undefined }
  /** Ends all connections; the ports stay open. */
  hangUp(): void
}

export async function openServers(options: ServerOptions): Promise<ExchangeServers> {
  const { name, leaf, transcript, at, https = 'closed', answer = () => undefined } = options
  const { certificate: cert, key } = leaf
  const arrivals: Arrival[] = []
  const visits: Visit[] = []
  const receivers = new Set<SmtpReceiver>()
  const visit = (via: Visit['via']): Visit => {
    const one: Visit = { via, tls: 'none', ended: false }
    if (visits.length < exchangeLimits.arrivals) visits.push(one)
    return one
  }
  const taken = (arrival: Arrival) => {
    if (arrivals.length < exchangeLimits.arrivals) arrivals.push(arrival)
  }

  const smtp = createTcp((socket) => {
    const tap = transcript.tap()
    tap.note(`a connection to port 25 of ${name}`)
    const receiver: SmtpReceiver = new SmtpReceiver(socket, {
      hostName: name,
      secure: options.clear ? undefined : createSecureContext({ cert, key, minVersion: 'TLSv1.2' }),
      greetingDelayMs: options.greetingDelayMs ?? 0,
      answer,
      tap,
      visit: visit('smtp'),
      taken,
    })
    receivers.add(receiver)
    socket.once('close', () => receivers.delete(receiver))
  })
  const web = https === 'closed' ? undefined : createHttps({ cert, key, minVersion: 'TLSv1.2' })
  web?.on('request', (request, response) => {
    const tap = transcript.tap()
    const note = (text: string) => tap.note(`port 443 of ${name}: ${text}`)
    const refuses: Answer = https === 'web' ? () => '404 Not Found' : answer
    receivePost(request, response, { answer: refuses, note, taken })
  })
  web?.on('secureConnection', (socket) => {
    const one = visit('https')
    one.tls = 'done'
    socket.once('close', () => {
      one.ended = true
    })
  })
  web?.on('tlsClientError', (error) => {
    const one = visit('https')
    one.tls = 'failed'
    one.ended = true
    transcript.tap().note(`port 443 of ${name}: TLS: ${error.message.slice(0, 200)}`)
  })
  const hangUp = () => {
    for (const receiver of receivers) receiver.close()
    web?.closeAllConnections()
  }
  const close = async () => {
    hangUp()
    await Promise.all([smtp, web].map((server) => server?.listening && new Promise((resolve) => server.close(resolve))))
  }
  try {
    await listen(smtp, at.address, at.smtp)
    if (web !== undefined) await listen(web, at.address, at.https)
  } catch (error) {
    await close()
    throw error
  }
  return {
    arrivals,
    visits,
    ports: { smtp: portOf(smtp), https: web && portOf(web) },
    hangUp,
    [Symbol.asyncDispose]: close,
  }
}

function portOf(server: TcpServer | HttpsServer): number {
  return (server.address() as AddressInfo).port
}

export function listen(server: TcpServer | HttpsServer, address: string, port: number): Promise<void> {
  server.maxConnections = exchangeLimits.connections
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
