// A mail exchange of the peer: takes mail for a domain of its own, on loopback, as well or as badly as a check orders it.
// Each has a name that nobody used before: senders remember what they learned of a name. Used by checks as `t.exchange()`.
import type { Transcript } from '../clients/transcript.ts'
import type { PeerDomain, PeerRecord } from '../host/host.ts'
import type { Answer, Arrival, Visit } from './arrival.ts'
import type { Authority, CertificateKind } from './authority.ts'
import { openServers } from './exchange-servers.ts'

export interface ExchangeOptions {
  /** Its domain begins with `_`: one of those whose certificates nobody signed. */
  readonly privateName?: boolean
  /** What its DNS says: an MX record, none but an address, or that it takes no mail. */
  readonly mx?: 'record' | 'none' | 'null'
  /**
   * Another one will serve its domain, too (`beside`): below it, or instead of it, since it is switched off first. A live peer,
   * whose records are fixed, must know before.
   */
  readonly spare?: 'below' | 'instead'
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
  const domain = `${options.privateName ? '_' : ''}${label}.${power.domain}`
  // Without an MX record, and for names that need no DNS, the domain is the host.
  const name = options.mx === 'none' || options.mx === 'null' || options.privateName ? domain : `mx.${domain}`
  const leaf = await services.authority.issue(options.certificate ?? 'good', name)
  const servers = await openServers({
    ...options,
    name,
    leaf,
    transcript,
    at: { address: loopback, smtp: 0, https: 0 },
  })

  const leaves: (() => void)[] = []
  const place = (port: number, at: number | undefined) => {
    if (at !== undefined) leaves.push(power.place(name, port, { address: loopback, port: at }))
  }
  const up = () => {
    place(25, servers.ports.smtp)
    place(443, servers.ports.https)
  }
  const down = () => {
    for (const leave of leaves.splice(0)) leave()
    servers.hangUp()
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
    arrivals: servers.arrivals,
    visits: servers.visits,
    up,
    down,
    async [Symbol.asyncDispose]() {
      down()
      await servers[Symbol.asyncDispose]()
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
