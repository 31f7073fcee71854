// What an SMTP session knows about its peer and its transaction. Shared by the session and its command handlers.
import type { Accounts, User } from '../accounts.ts'
import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import type { Delivery } from '../delivery/deliver.ts'
import type { Faults } from '../faults.ts'
import type { Journal } from '../journal.ts'
import type { RateLimit } from '../rate-limit.ts'
import type { Keeper } from '../storage/promised-output.ts'

/** The parts of the server that every session works with. */
export interface SmtpServices {
  readonly domains: readonly string[]
  readonly behaviour: () => Behaviour
  readonly accounts: Accounts
  readonly delivery: Delivery
  readonly clock: Clock
  readonly journal: Journal
  readonly faults: Faults
  /** What answers wait for, and what refuses more mail when there is no room; nothing in memory. */
  readonly storage?: Keeper
}

export interface SubmissionServices extends SmtpServices {
  readonly rateLimit: RateLimit
}

export interface Envelope {
  /** As written; empty for the null sender. */
  sender: string
  recipients: string[]
  /** The rate limit is asked once a transaction, at its first recipient. */
  rate: 'unasked' | 'granted' | 'refused'
  /** A recipient was refused: DATA is then answered otherwise. */
  refused: boolean
}

/** Lines with their codes; none: nothing is said. A 221 or 421 ends the session. */
export type Reply = string | readonly string[]

export interface Peer {
  readonly address: string
  readonly secure: boolean
  /** By STARTTLS. */
  readonly upgraded: boolean
  readonly heloName: string
  readonly user: User | undefined
}

export function newEnvelope(sender: string): Envelope {
  return { sender, recipients: [], rate: 'unasked', refused: false }
}

/** As Postfix says it when the disk of its queue is nearly full. */
export const noRoomReply = '452 4.3.1 Insufficient system storage'

/** Fills `{name}` places of a reply text. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
