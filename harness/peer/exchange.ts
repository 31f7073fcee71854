// A mail exchange of the peer: takes mail for a domain of its own, on loopback, as well or as badly as a check orders it.
// Each has a name that nobody used before: senders remember what they learned of a name. Used by checks as `t.exchange()`.
import { createServer as createHttps, type Server as HttpsServer } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Server as TcpServer } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { Transcript } from '../clients/transcript.ts'
import type { PeerDomain, PeerRecord } from '../host/host.ts'
import { type Answer, type Arrival, exchangeLimits, type Visit } from './arrival.ts'
import type { Authority, CertificateKind } from './authority.ts'
import { receivePost } from './https-receiver.ts'
import { SmtpReceiver } from './smtp-receiver.ts'

export interface ExchangeOptions {
  /** Its domain begins with `_`: one of those whose certificates nobody signed. */
  readonly privateName?: boolean
  /** What its DNS says: an MX record, none but an address, or that it takes no mail. */
  readonly mx?: 'record' | 'none' | 'null'
  /** Serves the domain of another exchange, too, with this preference; that one has 10. */
  readonly beside?: { readonly domain: string; readonly preference: number }
  readonly certificate?: CertificateKind
  /** STARTTLS is not offered. */
  readonly clear?: boolean
  /** closed: nobody listens on port 443; mxdeliv: takes mail there; web: an ordinary web server, which knows no /mxdeliv. */
  readonly https?: 'closed' | 'mxdeliv' | 'web'
  readonly greetingDelayMs?: number
  readonly answer?: Answer
}

export interface Exchange extends AsyncDisposable {
  /** The mail domain. */
  readonly domain: string
  /** The name of the host. */
  readonly name: string
  address(localpart: string): string
  readonly arrivals: readonly Arrival[]
  readonly visits: readonly Visit[]
  /** As if switched off, and on again. */
  down(): void
  up(): void
}

const loopback = '127.0.0.1'

export interface ExchangeServices {
  readonly power: PeerDomain
  readonly authority: Authority
  /** A DNS label that nobody else uses. */
  readonly label: string
  /** Of the key that the peer signs with. */
  readonly keys: readonly { readonly selector: string; readonly text: string }[]
  readonly transcript: Transcript
}

export async function openExchange(services: ExchangeServices, options: ExchangeOptions = {}): Promise<Exchange> {
  const { power, label, transcript } = services
  const { https = 'closed', answer = () => undefined } = options
  const domain = `${options.privateName ? '_' : ''}${label}.${power.domain}`
  // Without an MX record, and for names that need no DNS, the domain is the host.
  const name = options.mx === 'none' || options.mx === 'null' || options.privateName ? domain : `mx.${domain}`
  const { certificate, key } = await services.authority.issue(options.certificate ?? 'good', name)
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
      secure: options.clear ? undefined : createSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' }),
      greetingDelayMs: options.greetingDelayMs ?? 0,
      answer,
      tap,
      visit: visit('smtp'),
      taken,
    })
    receivers.add(receiver)
    socket.once('close', () => receivers.delete(receiver))
  })
  const web = https === 'closed' ? undefined : createHttps({ cert: certificate, key, minVersion: 'TLSv1.2' })
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
  const servers = [smtp, web].filter((server) => server !== undefined)
  await Promise.all(servers.map(listen))

  const leaves: (() => void)[] = []
  const place = (port: number, server: TcpServer | HttpsServer | undefined) => {
    if (server === undefined) return
    leaves.push(power.place(name, port, { address: loopback, port: (server.address() as AddressInfo).port }))
  }
  const up = () => {
    place(25, smtp)
    place(443, web)
  }
  const down = () => {
    for (const leave of leaves.splice(0)) leave()
    for (const receiver of receivers) receiver.close()
    web?.closeAllConnections()
  }
  up()
  await power.publish([
    { type: 'A', name, address: loopback },
    ...exchangesOf(domain, name, options),
    ...services.keys.map(({ selector, text }) => ({
      type: 'TXT' as const,
      name: `${selector}._domainkey.${domain}`,
      text,
    })),
  ])
  return {
    domain,
    name,
    address: (localpart) => `${localpart}@${domain}`,
    arrivals,
    visits,
    up,
    down,
    async [Symbol.asyncDispose]() {
      down()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

function exchangesOf(domain: string, name: string, { mx = 'record', beside }: ExchangeOptions): readonly PeerRecord[] {
  const more: PeerRecord[] =
    beside === undefined ? [] : [{ type: 'MX', name: beside.domain, exchange: name, preference: beside.preference }]
  if (mx === 'none') return more
  if (mx === 'null') return [{ type: 'MX', name: domain, exchange: '.', preference: 0 }, ...more]
  return [{ type: 'MX', name: domain, exchange: name, preference: 10 }, ...more]
}

function listen(server: TcpServer | HttpsServer): Promise<void> {
  server.maxConnections = exchangeLimits.connections
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, loopback, () => resolve())
  })
}
