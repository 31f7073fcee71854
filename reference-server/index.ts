// startReference(): an in-process chatmail server on loopback, for tests, for the proof and for `serve`.
import { randomBytes } from 'node:crypto'
import type { Host } from '../harness/host/host.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { createCurrent } from './behaviour/current.ts'
import { type Behaviour, conforming, type DeepPartial, merge } from './behaviour/index.ts'
import { createTurnCredentials } from './calls/credentials.ts'
import { startTurn } from './calls/turn.ts'
import { type Certificates, createCertificates, type SavedAuthority } from './certificates.ts'
import { type Clock, systemClock } from './clock.ts'
import type { DefectId } from './defects/index.ts'
import { createDelivery, type Delivery } from './delivery/deliver.ts'
import { createDkimKeys, type DkimKeys, publishKeys, type SavedDkimKeys } from './dkim/keys.ts'
import { createFaults, type Fault, type Faults } from './faults.ts'
import { describeHost, type ReferenceService, wellKnownPorts } from './host.ts'
import { startImap } from './imap/listener.ts'
import { createRegistry } from './imap/registry.ts'
import { relayRole } from './inbound/relay-role.ts'
import { openInternalPort } from './internal-ports.ts'
import { createJournal, type Journal } from './journal.ts'
import { createSharedMetadata } from './metadata.ts'
import type { Network, Place } from './network/network.ts'
import { openNetwork } from './network/open-network.ts'
import { hostNames, publishZone } from './network/zone.ts'
import { createOutbound } from './outbound/outbound.ts'
import type { Queue } from './outbound/types.ts'
import { type ChangePowers, createChangePowers, withDefects } from './powers/change.ts'
import { createInjectPowers, type InjectPowers } from './powers/inject.ts'
import { createMailPowers, type MailPowers } from './powers/mail.ts'
import { createSendPowers, type SendPowers } from './powers/send.ts'
import { createStatePowers, type StatePowers } from './powers/state.ts'
import { likePreset, type PresetId, presets } from './presets/index.ts'
import { createNotifier } from './push/notifier.ts'
import type { PushService } from './push/post.ts'
import { createRateLimit } from './rate-limit.ts'
import { startRetention } from './retention/retention.ts'
import { type Listener, type MailListener, nobodyListens, startSmtp } from './smtp/listener.ts'
import { submissionRole } from './smtp/submission-role.ts'
import { memoryStorage } from './storage/memory.ts'
import { keptSecret } from './storage/secret.ts'
import type { Storage } from './storage/types.ts'
import type { Take } from './tls/shared-port.ts'
import { createMxdeliv } from './web/mxdeliv.ts'
import { createNewPage } from './web/new.ts'
import { startHttp, startHttps } from './web/server.ts'

export interface ReferenceOptions {
  /** Mail domains, all on the same ports; that of `like`, or `chat.test`, when absent. */
  readonly domains?: readonly string[]
  /** Seed of the permitted choices: 0 is like the recorded relay. */
  readonly variant?: number
  /** The choices of a real implementation; a variant then decides only what it leaves open. */
  readonly like?: PresetId
  /** The whole behaviour, instead of that of the variant and of `like`. */
  readonly behaviour?: Behaviour
  /** Laid over the behaviour, before the defects. */
  readonly overrides?: DeepPartial<Behaviour>
  readonly defects?: readonly DefectId[]
  readonly clock?: Clock
  readonly faults?: readonly Fault[]
  /** IP address to listen on; loopback when absent. */
  readonly listen?: string
  /** Fixed ports; any free one where absent. */
  readonly ports?: Partial<Record<ReferenceService | 'turn', number>>
  /** Shared by servers that exchange mail; one of its own when absent. */
  readonly network?: Network
  /** Serve the zones by DNS there, UDP and TCP; port 0: any that is free. */
  readonly dns?: Place
  /** The name server to ask for the domains of other servers; they are then reached at their addresses and real ports. */
  readonly peerDns?: Place
  /** PEM of certificate authorities of other servers, beside those of this network (with `peerDns`: and the public ones). */
  readonly peerCa?: readonly string[]
  /** A certificate authority of an earlier start. */
  readonly certificates?: SavedAuthority
  /** Who is told of new mail; when absent, the journal notes whom it would have been. */
  readonly push?: PushService
  /** Keeps accounts and mail; closed with the server. In memory when absent. */
  readonly storage?: Storage
  /** Keys of an earlier start, with which mail for other servers is signed. */
  readonly dkimKeys?: SavedDkimKeys
}

/** What a test suite can do to it beside talking to it. */
export type Powers = MailPowers & SendPowers & InjectPowers & ChangePowers & StatePowers

export interface Reference extends AsyncDisposable, Powers {
  /** The first of `domains`. */
  readonly domain: string
  readonly domains: readonly string[]
  /** IP address it listens on. */
  readonly address: string
  readonly ports: Readonly<Record<ReferenceService, number>>
  /** UDP port of the call relay; undefined where none listens. */
  readonly turnPort: number | undefined
  /** PEM of what clients must trust. */
  readonly ca: string
  /** To be given as `certificates` at the next start. */
  readonly certificates: SavedAuthority
  /** DNS and places of this server's domains, and of others that share it. */
  readonly network: Network
  /** Where the zones are served by DNS. */
  readonly dns: Place | undefined
  readonly clock: Clock
  readonly journal: Journal
  readonly accounts: Accounts
  /** Messages on their way to other servers. */
  readonly queue: Queue
  readonly dkimKeys: DkimKeys
  readonly faults: Faults
  /** Resolves when all changes are kept; undefined when they are already, as always in memory. */
  settled(): Promise<void> | undefined
  /** What it decides now: that of the start, or what `change` made of it. */
  readonly behaviour: Behaviour
  /** The daily clean-up, now: what it removes follows from the clock and the behaviour. */
  expire(): Promise<void>
  /** What checks see of it; the domain is the first one when not given. */
  host(domain?: string): Host
  close(): Promise<void>
}

export async function startReference(options: ReferenceOptions = {}): Promise<Reference> {
  const domains = (options.domains ?? [options.like ? presets[options.like].domain : 'chat.test']).map((domain) =>
    domain.toLowerCase(),
  )
  const domain = domains[0]
  if (domain === undefined) throw new Error('a reference server needs a domain')
  const { promised, behaviour: decided } = decideBehaviour(options)
  const current = createCurrent(decided)
  /** For the start alone: what runs later asks `current`. */
  const behaviour = current.read()
  const address = options.listen ?? '127.0.0.1'
  const clock = options.clock ?? systemClock()
  const journal = createJournal(clock)
  const faults = createFaults(options.faults ?? [], journal)
  const certificates = await createCertificates(domains, behaviour.tls, options.certificates)
  const others = await createOthers(domains, behaviour, certificates)
  const certificatesFor = (service: ReferenceService) =>
    behaviour.tls.ownCertificateOn.some((one) => one === service) ? (others ?? certificates) : certificates

  const storage = options.storage ?? memoryStorage()
  const base = { domains, behaviour: current.read, clock, journal, faults, storage }
  const accounts = createAccounts(base)
  const { network, dnsServer } = await openNetwork(options)
  const dkimKeys = createDkimKeys(() => base.behaviour().dkim, { saved: options.dkimKeys, storage })
  const outbound = createOutbound({
    ...base,
    network,
    keys: dkimKeys,
    storage,
    returned: (failure, message) => delivery.bounce(failure, message),
  })
  const retention = startRetention({ ...base, accounts })
  const notifier = createNotifier({ ...base, accounts, service: options.push })
  const delivery: Delivery = createDelivery({
    ...base,
    accounts,
    outbound,
    delivered(user, message) {
      retention.stored(user)
      notifier.delivered(user, message)
    },
  })
  const rateLimit = createRateLimit(() => current.read().limits, clock)
  const credentials = createTurnCredentials(
    () => current.read().calls,
    clock,
    keptSecret(storage, 'turn', () => randomBytes(16).toString('hex')),
  )
  let turnPort: number | undefined
  const sharedMetadata = createSharedMetadata({ ...base, domain, turn: credentials, turnPort: () => turnPort })
  const { turn: turnAt = 0, ...wanted } = options.ports ?? {}
  const ports: Record<ReferenceService, number> = {
    imaps: 0,
    imap: 0,
    submissions: 0,
    submission: 0,
    https: 0,
    http: 0,
    smtp: 0,
    ...wanted,
  }
  const services = { ...base, accounts, delivery, rateLimit }
  const submission = { role: submissionRole(services), host: address }
  const inbound = { ...base, accounts, delivery, network, outbound }
  const relay = { role: relayRole(inbound), host: address }
  const web = {
    ...base,
    accounts,
    ports: () => ports,
    newPage: createNewPage({ ...base, accounts }),
    mxdeliv: createMxdeliv(inbound),
  }
  const sessions = createRegistry()
  const imap = {
    ...base,
    host: address,
    sharedMetadata,
    stored: retention.stored,
    wake: notifier.wake,
    authenticate: async (user: string, password: string) => {
      const found = await accounts.authenticate(user, password, 'imap')
      return found && { address: found.address, store: found.store, sharedMetadata }
    },
  }

  const starts: Readonly<Record<ReferenceService, () => Promise<Listener | MailListener>>> = {
    imaps: () =>
      startImap({ ...imap, tls: () => certificatesFor('imaps').mail, security: 'tls', port: ports.imaps }, sessions),
    imap: () =>
      startImap({ ...imap, tls: () => certificatesFor('imap').mail, security: 'starttls', port: ports.imap }, sessions),
    submissions: () =>
      startSmtp({
        ...submission,
        certificates: certificatesFor('submissions'),
        security: 'tls',
        port: ports.submissions,
      }),
    submission: () =>
      startSmtp({
        ...submission,
        certificates: certificatesFor('submission'),
        security: 'starttls',
        port: ports.submission,
      }),
    smtp: async () =>
      behaviour.inbound.listens
        ? startSmtp({ ...relay, certificates: certificatesFor('smtp'), security: 'starttls', port: ports.smtp })
        : nobodyListens,
    https: () =>
      startHttps({
        services: web,
        certificates: certificatesFor('https'),
        host: address,
        port: ports.https,
        mail: (service) => takers.get(service),
      }),
    http: () => startHttp({ services: web, host: address, port: ports.http }),
  }
  /** Mail services that take connections from the shared port. */
  const takers = new Map<string, Take>()
  const listeners: { close(): Promise<void> }[] = dnsServer === undefined ? [] : [dnsServer]
  /** What is to be taken back from the network. */
  const left: (() => void)[] = []
  const close = async () => {
    for (const leave of left.splice(0)) leave()
    retention.close()
    await Promise.all([...listeners.splice(0), outbound, notifier].map((part) => part.close()))
    await storage.close()
  }
  const started = await Promise.allSettled(
    Object.entries(starts).map(async ([service, start]) => {
      const listener = await start()
      listeners.push(listener)
      if ('take' in listener) takers.set(service, listener.take)
      ports[service as ReferenceService] = listener.port
    }),
  )
  const calls = await Promise.allSettled(
    (behaviour.calls.turn === 'off' || address.includes(':') ? [] : [turnAt]).map(async (port) => {
      const relay = await startTurn({ ...base, domain, credentials, host: address, port })
      listeners.push(relay)
      turnPort = relay.port
    }),
  )
  const inside = await Promise.allSettled(
    behaviour.privacy.openInternalPorts.map(async (port) => {
      listeners.push(await openInternalPort(port, behaviour.zone.addresses[0] ?? address))
    }),
  )
  const failed = [...started, ...calls, ...inside].find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) {
    await close()
    throw failed.reason
  }
  journal.add('server', `started for ${domains.join(', ')}`)

  for (const authority of [certificates.ca, ...(options.peerCa ?? [])]) left.push(network.trust(authority))
  for (const name of domains) {
    left.push(...publishZone(network, name, behaviour.zone, ports))
    left.push(publishKeys(dkimKeys, name, { network, rules: base.behaviour().dkim }))
    for (const host of hostNames(name, behaviour.zone)) {
      for (const [service, port] of Object.entries(ports) as [ReferenceService, number][]) {
        if (port !== nobodyListens.port) left.push(network.place(host, wellKnownPorts[service], { address, port }))
      }
    }
  }
  current.started()
  return {
    domain,
    domains,
    address,
    ports,
    turnPort,
    ca: certificates.ca,
    certificates: certificates.authority,
    network,
    dns: dnsServer?.at,
    clock,
    journal,
    accounts,
    queue: outbound.queue,
    dkimKeys,
    faults,
    settled: () => storage.settled(),
    get behaviour() {
      return current.read()
    },
    expire: async () => void retention.run(),
    ...createMailPowers(accounts),
    ...createInjectPowers(inbound),
    ...createSendPowers(services),
    ...createChangePowers(decided, current),
    ...createStatePowers({ accounts, faults, journal, atStart: decided, exchange: current.exchange }),
    host: (name = domain) =>
      describeHost({
        domain: name,
        address,
        ports,
        ca: certificates.ca,
        resolver: network.resolver,
        clock,
        promised,
        expire: async () => void retention.run(),
        peer: {
          domain: 'peer.test',
          publish: async (records) => {
            left.push(network.publish(records.map((record) => ({ ...record, type: 'TXT' }))))
          },
        },
      }),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A second certificate, where some port shows one of its own. */
async function createOthers(domains: readonly string[], { tls }: Behaviour, { authority }: Certificates) {
  return tls.ownCertificateOn.length === 0 ? undefined : await createCertificates(domains, tls, authority)
}

/** `promised` is what the operator means to run, and declares; a defect lies between that and what the server does. */
function decideBehaviour(options: ReferenceOptions): { promised: Behaviour; behaviour: Behaviour } {
  const plain = conforming(options.variant ?? 0)
  const base = options.behaviour ?? (options.like === undefined ? plain : likePreset(plain, options.like))
  const promised = options.overrides === undefined ? base : merge<Behaviour>(base, options.overrides)
  return { promised, behaviour: withDefects(promised, options.defects ?? []) }
}
