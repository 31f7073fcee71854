// The reference server as a Host: what checks get to see of it. Every value is written here, as any host's would be.
import type { Account, AccountStore } from '../harness/host/account.ts'
import type { Endpoint, Host, PeerDomain, Policy, Security, Service, Trust } from '../harness/host/host.ts'
import type { Resolver } from '../harness/host/resolver.ts'
import type { Behaviour } from './behaviour/index.ts'
import type { Clock } from './clock.ts'
import { isPrivateName, literalAddress } from './domain-name.ts'

export type ReferenceService = Service

const securities: Readonly<Record<ReferenceService, Security>> = {
  imaps: 'tls',
  imap: 'starttls',
  submissions: 'tls',
  submission: 'starttls',
  https: 'tls',
  http: 'none',
  smtp: 'starttls',
}

/** Where the world looks for each service; the network leads from there to the real ports. */
export const wellKnownPorts: Readonly<Record<ReferenceService, number>> = {
  imaps: 993,
  imap: 143,
  submissions: 465,
  submission: 587,
  https: 443,
  http: 80,
  smtp: 25,
}

export function describeHost(options: {
  readonly domain: string
  readonly address: string
  readonly ports: Readonly<Record<ReferenceService, number>>
  readonly ca: string
  readonly resolver: Resolver
  readonly clock: Clock
  /** What the operator declares. */
  readonly promised: Behaviour
  readonly expire: () => Promise<void>
  readonly peer: PeerDomain
}): Host {
  const { domain, address, ports, ca, resolver, clock, promised, expire, peer } = options
  const literal = literalAddress(domain)
  const endpoints: Partial<Record<ReferenceService, Endpoint>> = {}
  for (const [service, security] of Object.entries(securities) as [ReferenceService, Security][]) {
    endpoints[service] = { service, security, name: literal ?? domain, address, port: ports[service] }
  }
  return {
    label: '@reference',
    domain,
    endpoints,
    candidates: Object.values(endpoints).map((endpoint) => ({ endpoint, origin: 'reference', outcome: 'answers' })),
    trust: trustFor(domain, promised, ca),
    resolver,
    timing: { connect: 3_000, reply: 4_000, arrival: 4_000, check: 30_000, backoff: 500 },
    budget: { freshAccounts: 1_000, messages: 10_000, connections: 20_000 },
    policy: declaredPolicy(promised),
    powers: { clock: { now: () => clock.now(), advance: (ms) => clock.advance(ms) }, expire, peer },
    accounts: memoryStore(),
    notes: ['the built-in reference server, in this process'],
  }
}

/** As apps treat such hosts: the certificate of a private name must bear it, whoever signed; that of an address need not. */
function trustFor(domain: string, { tls }: Behaviour, ca: string): Trust {
  if (literalAddress(domain) !== undefined) return { mode: 'presented' }
  return isPrivateName(domain) || tls.issuer === 'self' ? { mode: 'name-only' } : { mode: 'ca', ca: [ca] }
}

/** What a good operator with these settings would declare. */
function declaredPolicy({ retention, limits, accounts, imap }: Behaviour): Policy {
  const declared = (value: number) => ({ value, from: 'declared' as const })
  return {
    retentionDays: declared(retention.messageDays),
    largeRetentionDays: declared(retention.largeDays),
    idleAccountDays: declared(retention.accountDays),
    messageBytes: declared(limits.messageBytes),
    sendPerMinute: declared(limits.perMinute),
    sendBurst: declared(limits.burst),
    mailboxBytes: declared(imap.quota.limitKib * 1024),
    localpartMin: declared(accounts.localpartMin),
    localpartMax: declared(accounts.localpartMax),
    passwordMin: declared(accounts.passwordMin),
  }
}

function memoryStore(): AccountStore {
  const known = new Map<string, Account>()
  return {
    mayCreate: true,
    load: async () => [...known.values()],
    remember: async (account) => {
      known.set(account.address, account)
    },
    forget: async (address) => {
      known.delete(address)
    },
  }
}
