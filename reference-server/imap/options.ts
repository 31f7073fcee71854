// What the IMAP side needs from the rest of the reference server. Filled in by startReference, or by a test.
import type { SecureContext } from 'node:tls'
import type { ImapBehaviour } from '../behaviour/imap.ts'
import type { Clock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { Journal } from '../journal.ts'
import type { MailStore } from '../mailbox/store.ts'
import type { Keeper } from '../storage/promised-output.ts'

export interface ImapUser {
  /** Normalised: lower case. */
  readonly address: string
  readonly store: MailStore
  /** Server annotations such as `/shared/vendor/deltachat/turn`; null when there is none. */
  sharedMetadata(key: string): string | null
}

export interface ImapOptions {
  /** Read at each decision, so that a defect can be switched on while sessions are open. */
  readonly behaviour: () => { readonly imap: ImapBehaviour }
  /** Undefined: refused. Creates the account where that is the rule. */
  authenticate(user: string, password: string, via: 'imap', actFor?: string): Promise<ImapUser | undefined>
  /** Told when a session has put messages into mailboxes of this user. */
  stored?(user: Pick<ImapUser, 'address' | 'store'>): void
  /** Wakes the devices of this user. */
  wake?(address: string): void
  /** Asked at each handshake. */
  readonly tls: () => SecureContext
  readonly security: 'tls' | 'starttls'
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly clock: Clock
  readonly journal: Journal
  readonly faults: Faults
  /** What answers wait for, and what refuses more mail when there is no room; nothing in memory. */
  readonly storage?: Keeper
  /** For sessions that have not logged in, where the behaviour lets them ask; null when absent. */
  sharedMetadata?(key: string): string | null
}
