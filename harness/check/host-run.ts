// One host during one run: its accounts, its spending, and how connections to it are made.
import { randomBytes } from 'node:crypto'
import { createHttp, type HttpClient } from '../clients/http.ts'
import { type ImapClient, openImap } from '../clients/imap.ts'
import { openSmtp, type SmtpClient } from '../clients/smtp.ts'
import type { TlsFacts } from '../clients/tls-facts.ts'
import { type ClientHello, lookAtTls, type OfferAnswer, offerTls } from '../clients/tls-probe.ts'
import type { Transcript } from '../clients/transcript.ts'
import { openTurn, type TurnClient } from '../clients/turn.ts'
import type { Core } from '../deltachat/core.ts'
import { localpartLength, passwordLength } from '../host/credentials.ts'
import { type Endpoint, type Host, type Service, standardPorts } from '../host/host.ts'
import { WireError } from '../host/wire-error.ts'
import { createListener, type Listener } from '../implementation/listen.ts'
import { createKeyring, type Keyring } from '../mail/keyring.ts'
import { openPeer, type Peer } from '../peer/peer.ts'
import { AccountPool } from './account-pool.ts'
import { Spending } from './budget.ts'
import type { SessionOptions } from './types.ts'

/** How a connection is made on behalf of a check: who waits, who listens. */
export interface Line {
  readonly signal: AbortSignal
  readonly transcript: Transcript
}

export interface HostRun {
  readonly host: Host
  readonly spending: Spending
  readonly pool: AccountPool
  /** Of all accounts: making a key costs more than encrypting to it. */
  readonly keyring: Keyring
  /** Hears what the host says, for a guess at what it runs. */
  readonly listener: Listener
  /** The Delta Chat core of the run. */
  core(): Promise<Core>
  imap(line: Line, options?: SessionOptions): Promise<ImapClient>
  smtp(line: Line, options?: SessionOptions): Promise<SmtpClient>
  tls(line: Line, endpoint: Endpoint, options?: SessionOptions): Promise<TlsFacts>
  offerTls(line: Line, endpoint: Endpoint, offer: ClientHello): Promise<OfferAnswer>
  /** That of the host, opened at the first call, or our own. Throws when there is neither. */
  peer(): Promise<Peer>
  turn(line: Line, name: string, port: number): Promise<TurnClient>
  http(line: Line): HttpClient
  /** Milliseconds of the fastest TCP connect so far: the network's share, to be told apart from the server's. */
  roundTrip(): number | undefined
  endpoint(
    service: Service,
    name: string,
    port: number,
    security: Endpoint['security'],
    signal: AbortSignal,
  ): Promise<Endpoint>
}

/** `lifetime` is the line of what outlives single checks: the reading sessions of accounts. */
export function startHostRun(
  host: Host,
  lifetime: () => Line,
  core: () => Promise<Core> = noCore,
  vantage?: Peer,
): HostRun {
  const spending = new Spending(host.budget)
  const onConnect = () => spending.connection()
  const base = (line: Line) => ({
    trust: host.trust,
    timing: host.timing,
    signal: line.signal,
    transcript: line.transcript,
    onConnect,
  })

  let peer: Promise<Peer> | undefined
  const connects: number[] = []
  const imap = async (line: Line, options: SessionOptions = {}) => {
    const client = await openImap({
      ...base(line),
      endpoint: choose(host, options, ['imaps', 'imap']),
      raw: options.raw ?? false,
      ...handshake(options),
    })
    connects.push(client.times.tcp)
    return client
  }

  const addressOf = async (name: string, signal: AbortSignal) => {
    const [address] = isAddress(name) ? [name] : await host.resolver.addresses(name, signal)
    if (!address) throw new WireError('unreachable', 'DNS', `no address for ${name}`)
    return address
  }

  const endpoint: HostRun['endpoint'] = async (service, name, port, security, signal) => {
    // A port named by its standard number is the one we found, wherever a flag or an in-process server put it; 443 may
    // lead to mail, too.
    const own = host.endpoints[service]
    const known = [...(own ? [own] : []), ...Object.values(host.endpoints)].find(
      (item) => item.name === name && (port === item.port || port === standardPorts[item.service]),
    )
    if (known) return { service, security, name, address: known.address, port: known.port }
    // Where a flag says the service is, nothing may answer: what listens at the standard port is somebody else then.
    const given = host.candidates.find(
      ({ origin, endpoint }) => origin === 'flag' && endpoint.service === service && endpoint.name === name,
    )?.endpoint
    if (given?.address !== undefined && port === standardPorts[service]) {
      return { service, security, name, address: given.address, port: given.port }
    }
    const address = await addressOf(name, signal)
    // Another name of the same place: `www.` and `mta-sts.` lead to the web server, wherever that was put.
    const alike = own?.address === address && port === standardPorts[service] ? own : undefined
    return { service, security, name, address, port: alike?.port ?? port }
  }

  return {
    host,
    spending,
    keyring: createKeyring(),
    listener: createListener(),
    pool: new AccountPool({
      store: host.accounts,
      domain: host.domain,
      localpartLength: localpartLength(host.policy),
      passwordLength: passwordLength(host.policy),
      connect: () => imap(lifetime()),
      mayMakeMore: () => spending.freshAccounts + spending.reservedAccounts < host.budget.freshAccounts,
      spendAccount: () => spending.account(),
      now: () => performance.now(),
    }),
    core,
    imap,
    smtp: (line, options = {}) =>
      openSmtp({
        ...base(line),
        endpoint: choose(host, options, ['submissions', 'submission']),
        raw: options.raw ?? false,
        ...handshake(options),
        ...(options.ehloName === undefined ? {} : { ehloName: options.ehloName }),
      }),
    tls: (line, endpoint, options = {}) => lookAtTls({ ...base(line), endpoint, ...handshake(options) }),
    offerTls: (line, endpoint, offer) => offerTls({ ...base(line), endpoint }, offer),
    peer() {
      const { peer: power } = host.powers
      if (power !== undefined) peer ??= openPeer(power, `c${randomBytes(4).toString('hex')}`)
      else if (vantage !== undefined) peer ??= Promise.resolve(vantage)
      else throw new Error(`${host.label} gives no peer domain: needs.powers must ask for it`)
      return peer
    },
    async turn({ signal, transcript }, name, port) {
      const address = await addressOf(name, signal)
      onConnect()
      return openTurn({ address, port, reply: host.timing.reply, signal, transcript })
    },
    http: (line) =>
      createHttp({
        userAgent: 'chatmail-check',
        ...base(line),
        locate: (url, signal) => {
          const service = url.protocol === 'http:' ? 'http' : 'https'
          const port = url.port ? Number(url.port) : standardPorts[service]
          const name = url.hostname.replace(/^\[(.*)\]$/, '$1')
          return endpoint(service, name, port, service === 'http' ? 'none' : 'tls', signal ?? line.signal)
        },
      }),
    roundTrip() {
      return connects.length === 0 ? undefined : Math.round(Math.min(...connects) * 100) / 100
    },
    endpoint,
  }
}

async function noCore(): Promise<Core> {
  throw new Error('a check takes Delta Chat core without needs.deltachat')
}

/** The endpoint asked for, or the first service of the list that the host has. */
function choose(host: Host, options: SessionOptions, preferred: readonly Service[]): Endpoint {
  if (options.endpoint) return options.endpoint
  const services = options.service ? [options.service] : preferred
  for (const service of services) {
    const endpoint = host.endpoints[service]
    if (endpoint) return endpoint
  }
  const why = host.candidates.find(
    ({ endpoint, detail }) => detail !== undefined && services.includes(endpoint.service),
  )
  const because = why?.detail === undefined ? '' : `: ${why.detail}`
  throw new WireError('unreachable', 'connect', `${host.domain} has no usable ${services.join(' or ')}${because}`)
}

/** What a check wants to be different about the TLS handshake. */
function handshake({ alpn, servername }: SessionOptions): Pick<SessionOptions, 'alpn' | 'servername'> {
  return { ...(alpn === undefined ? {} : { alpn }), ...(servername === undefined ? {} : { servername }) }
}

function isAddress(name: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(name) || name.includes(':')
}
