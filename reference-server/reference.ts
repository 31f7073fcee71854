// The types of a reference server: what it is started with, and what it offers to whoever started it.
import type { Host } from '../harness/host/host.ts'
import type { Accounts } from './accounts.ts'
import type { Behaviour, DeepPartial } from './behaviour/index.ts'
import type { SavedAuthority } from './certificates.ts'
import type { Clock } from './clock.ts'
import type { KnownDefectId } from './defects/index.ts'
import type { DkimKeys, SavedDkimKeys } from './dkim/keys.ts'
import type { Fault, Faults } from './faults.ts'
import type { ReferenceService } from './host.ts'
import type { Journal } from './journal.ts'
import type { Network, Place } from './network/network.ts'
import type { Queue } from './outbound/types.ts'
import type { ChangePowers } from './powers/change.ts'
import type { InjectPowers } from './powers/inject.ts'
import type { MailPowers } from './powers/mail.ts'
import type { SendPowers } from './powers/send.ts'
import type { StatePowers } from './powers/state.ts'
import type { PresetId } from './presets/index.ts'
import type { PushService } from './push/post.ts'
import type { Storage } from './storage/types.ts'

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
  readonly defects?: readonly KnownDefectId[]
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
