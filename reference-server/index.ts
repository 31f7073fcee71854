// startReference(): an in-process chatmail server on loopback, for tests, for the proof and for `serve`.
import { randomBytes } from 'node:crypto'
import { createAccounts } from './accounts.ts'
import { createCurrent } from './behaviour/current.ts'
import { type Behaviour, conforming, merge } from './behaviour/index.ts'
import { createTurnCredentials } from './calls/credentials.ts'
import { type Certificates, createCertificates } from './certificates.ts'
import { systemClock } from './clock.ts'
import { createDelivery, type Delivery } from './delivery/deliver.ts'
import { createDkimKeys, publishKeys } from './dkim/keys.ts'
import { createFaults } from './faults.ts'
import { describeHost, type ReferenceService, wellKnownPorts } from './host.ts'
import { relayRole } from './inbound/relay-role.ts'
import { createJournal } from './journal.ts'
import { openListeners } from './listeners.ts'
import { createSharedMetadata } from './metadata.ts'
import { openNetwork } from './network/open-network.ts'
import { hostNames, publishZone } from './network/zone.ts'
import { createOutbound } from './outbound/outbound.ts'
import { createChangePowers, withDefects } from './powers/change.ts'
import { createInjectPowers } from './powers/inject.ts'
import { createMailPowers } from './powers/mail.ts'
import { createSendPowers } from './powers/send.ts'
import { createStatePowers } from './powers/state.ts'
import { likePreset, presets } from './presets/index.ts'
import { createNotifier } from './push/notifier.ts'
import { createRateLimit } from './rate-limit.ts'
import type { Reference, ReferenceOptions } from './reference.ts'
import { startRetention } from './retention/retention.ts'
import { nobodyListens } from './smtp/listener.ts'
import { submissionRole } from './smtp/submission-role.ts'
import { memoryStorage } from './storage/memory.ts'
import { keptSecret } from './storage/secret.ts'
import { createMxdeliv } from './web/mxdeliv.ts'
import { createNewPage } from './web/new.ts'

export type { Reference, ReferenceOptions } from './reference.ts'

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
  const inbound = { ...base, accounts, delivery, network, outbound }
  const web = {
    ...base,
    accounts,
    ports: () => ports,
    newPage: createNewPage({ ...base, accounts }),
    mxdeliv: createMxdeliv(inbound),
  }
  const imap = {
    ...base,
    host: address,
    sharedMetadata,
    stored: retention.stored,
    wake: notifier.wake,
    authenticate: async (user: string, password: string, via: 'imap', actFor?: string) => {
      const found = await accounts.authenticate(user, password, via, actFor)
      return found && { address: found.address, store: found.store, sharedMetadata }
    },
  }

  const open: { close(): Promise<void> }[] = [outbound, notifier, ...(dnsServer === undefined ? [] : [dnsServer])]
  /** What is to be taken back from the network. */
  const left: (() => void)[] = []
  const close = async () => {
    for (const leave of left.splice(0)) leave()
    retention.close()
    await Promise.all(open.splice(0).map((part) => part.close()))
    await storage.close()
  }
  const listeners = await openListeners({
    ...base,
    domain,
    address,
    ports,
    turnAt,
    certificatesFor,
    imap,
    submission: submissionRole(services),
    relay: relayRole(inbound),
    web,
    credentials,
  }).catch(async (cause: unknown) => {
    await close()
    throw cause
  })
  open.push(listeners)
  turnPort = listeners.turnPort
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
          publish: async (records) => void left.push(network.publish(records)),
          place: (host, port, at) => network.place(host, port, at),
          trust: async (authority) => void left.push(network.trust(authority)),
        },
      }),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A second certificate, where some port shows one of its own. */
async function createOthers(domains: readonly string[], { tls }: Behaviour, { authority }: Certificates) {
  if (tls.ownCertificateOn.length === 0) return undefined
  return await createCertificates(domains, { ...tls, ...tls.ownCertificate }, authority)
}

/** `promised` is what the operator means to run, and declares; a defect lies between that and what the server does. */
function decideBehaviour(options: ReferenceOptions): { promised: Behaviour; behaviour: Behaviour } {
  const plain = conforming(options.variant ?? 0)
  const base = options.behaviour ?? (options.like === undefined ? plain : likePreset(plain, options.like))
  const promised = options.overrides === undefined ? base : merge<Behaviour>(base, options.overrides)
  return { promised, behaviour: withDefects(promised, options.defects ?? []) }
}
