// A Host is everything a check may know of its target. It has no kind: an in-process server, a paired one and a live one
// differ only in what stands here.
import type { AccountStore } from './account.ts'
import type { PlotStore } from './plot.ts'
import type { Resolver } from './resolver.ts'

export const services = ['imaps', 'imap', 'submissions', 'submission', 'https', 'http', 'smtp'] as const

export type Service = (typeof services)[number]

export const standardPorts: Readonly<Record<Service, number>> = {
  imaps: 993,
  imap: 143,
  submissions: 465,
  submission: 587,
  https: 443,
  http: 80,
  smtp: 25,
}

/** tls: from the first byte; starttls: plain until upgraded; none: plain for good (port 80). */
export type Security = 'tls' | 'starttls' | 'none'

/** One place to connect to. */
export interface Endpoint {
  readonly service: Service
  readonly security: Security
  /** The name the certificate must carry and SNI sends; an IP literal sends no SNI. */
  readonly name: string
  /** Where the TCP connection goes: an IP address. */
  readonly address: string
  readonly port: number
}

/** What became of one candidate endpoint while looking for the services. */
export interface Candidate {
  readonly endpoint: Omit<Endpoint, 'address'> & { readonly address?: string }
  /** Where it came from: `autoconfig`, `srv`, `default`, `flag`. */
  readonly origin: string
  readonly outcome:
    | 'answers'
    | 'refused'
    | 'timeout'
    | 'unreachable'
    | 'no-address'
    | 'tls-failed'
    | 'untrusted'
    | 'wrong-service'
    | 'not-tried'
  readonly detail?: string
}

export interface Trust {
  /**
   * system: the public roots; ca: only these roots (PEM); pin: exactly this leaf (SHA-256 of the DER, hex);
   * name-only: any chain, the name must match (`_` domains); presented: whatever is shown.
   */
  readonly mode: 'system' | 'ca' | 'pin' | 'name-only' | 'presented'
  readonly ca?: readonly string[]
  readonly pin?: string
}

/** Waits in milliseconds. */
export interface Timing {
  /** To a TCP connection and TLS. */
  readonly connect: number
  /** For one reply. */
  readonly reply: number
  /** For a message to show up. */
  readonly arrival: number
  /** For one whole check. */
  readonly check: number
  /** Between tries after throttling. */
  readonly backoff: number
}

/** Most of each that a run may use on this host. */
export interface Budget {
  readonly freshAccounts: number
  readonly messages: number
  readonly connections: number
}

export const policyKeys = [
  'retentionDays',
  'largeRetentionDays',
  'idleAccountDays',
  'messageBytes',
  'sendPerMinute',
  'sendBurst',
  'mailboxBytes',
  'localpartMin',
  'localpartMax',
  'passwordMin',
] as const

export type PolicyKey = (typeof policyKeys)[number]

/** What the operator chose, and how we know. */
export type Policy = Readonly<
  Record<PolicyKey, { readonly value: number; readonly from: 'declared' | 'discovered' | 'default' }>
>

/** Full names at or below the domain of the peer. */
export type PeerRecord = { readonly name: string } & (
  | { readonly type: 'TXT'; readonly text: string }
  /** Exchange `.` with preference 0: takes no mail (RFC 7505). */
  | { readonly type: 'MX'; readonly exchange: string; readonly preference: number }
  | { readonly type: 'A'; readonly address: string }
)

/** A mail domain of ours beside the host's, with DNS that the host can look up. */
export interface PeerDomain {
  readonly domain: string
  /** Adds records; resolves once the host can see them. */
  publish(records: readonly PeerRecord[]): Promise<void>
  /** From now on the host reaches `port` (25, 443) of this name there; the returned function ends that: as if nobody listened. */
  place(name: string, port: number, at: { readonly address: string; readonly port: number }): () => void
  /** A certificate authority, PEM, that the host believes from now on. */
  trust(authority: string): Promise<void>
}

/** The service that a host tells of new mail, in our hands. */
export interface PushService {
  /** Device tokens it was told of, in their order, each as often as it came. */
  received(): readonly string[]
  /** The HTTP status for a token from now on; 200 for those never named. */
  answer(token: string, status: number): void
}

/** Powers over a host that most do not give. */
export interface Powers {
  /** Moves the host's clock forward and waits until nothing is due. */
  readonly clock?: { now(): number; advance(ms: number): Promise<void> }
  /** Runs the host's expiry job. */
  readonly expire?: () => Promise<void>
  /** Not over the host, but beside it: who has it can write to the host as another domain. */
  readonly peer?: PeerDomain
  /** The host's push service is ours. */
  readonly push?: PushService
}

export type Power = keyof Powers

export interface Host {
  /** As the user wrote it; the key in reports. */
  readonly label: string
  /** The mail domain: `chat.example`, `_chat.test` or `[192.0.2.1]`. */
  readonly domain: string
  readonly endpoints: Readonly<Partial<Record<Service, Endpoint>>>
  readonly candidates: readonly Candidate[]
  readonly trust: Trust
  readonly resolver: Resolver
  /** Flags say where it is: what DNS says of its name is about another host, or nothing. */
  readonly outsideDns?: boolean
  readonly timing: Timing
  readonly budget: Budget
  readonly policy: Policy
  readonly powers: Powers
  readonly accounts: AccountStore
  /** Mail planted for later runs; undefined where nothing is kept between runs. */
  readonly plot?: PlotStore
  /** Remarks for the head of a report: "measured from the server itself". */
  readonly notes: readonly string[]
}
