// Decisions about making accounts and letting their owners in. Read by accounts.ts.
import type { ResourceLimits } from '../resources.ts'

export interface AccountsBehaviour {
  /** An unknown name with a good password gets an account at its first login. */
  readonly createsOnImap: boolean
  readonly createsOnSmtp: boolean
  /** Milliseconds between the wish for an account and the account. */
  readonly creationMs: number
  /**
   * Further logins while one is creating: join it, are refused, make a second account that replaces the first, or are let
   * in and leave their password behind, where nothing is locked.
   */
  readonly duringCreation: 'join' | 'refuse' | 'replace' | 'overwrite'
  /** The first so many logins of a new account are refused, the creating one included; 0 on a good server. */
  readonly refusesFirstLogins: number
  /** Known accounts are let in at all. */
  readonly letsOwnersBackIn: boolean
  /** The protocols a returning owner is let in on. */
  readonly letsInOver: readonly ('imap' | 'smtp')[]
  readonly acceptsWrongPassword: boolean
  /** Only over this protocol is any password good; null: nowhere. */
  readonly acceptsWrongPasswordOver: 'imap' | 'smtp' | null
  readonly acceptsEmptyPassword: boolean
  /** Who is let in becomes whomever the login names as the identity to act for (RFC 4616). */
  readonly letsActForOthers: boolean
  /** A wrong login is refused, but its password counts from then on. */
  readonly wrongLoginOverwritesPassword: boolean
  /** After this many failures the owner is refused, too; 0: never. */
  readonly lockoutAfterFailures: number
  /** The lockout hits everybody instead of one account. */
  readonly lockoutForAll: boolean
  readonly passwordComparison: 'whole' | 'first-8' | 'first-16' | 'case-insensitive' | 'letters-and-digits'
  /** address: one mailbox per address; password: users with equal passwords share one; one: all share one. */
  readonly mailboxKey: 'address' | 'password' | 'one'
  readonly passwordMin: number
  /** Longest password; 0: no limit. */
  readonly passwordMax: number
  /** A password with one of these characters is refused, as by a server that cannot quote. */
  readonly passwordRefusedCharacters: string
  readonly localpartMin: number
  readonly localpartMax: number
  /** Source of a regular expression for the lower-case local part. */
  readonly localpartPattern: string
  /** Upper case in a login name means the same account. */
  readonly foldsCase: boolean
  /** Accounts under domains that are not ours. */
  readonly acceptsForeignDomain: boolean
  readonly acceptsNoDomain: boolean
  /** Over this many seconds without change an account vanishes; 0: never. */
  readonly forgetsAfterSeconds: number
  /** closed: nobody new, and those who are here stay. */
  readonly registration: 'open' | 'closed'
  /** Nobody new while the machine is short of these. */
  readonly resources: ResourceLimits
  /** At most so many accounts; 0: no limit. */
  readonly most: number
}

export const conformingAccounts: AccountsBehaviour = {
  createsOnImap: true,
  createsOnSmtp: true,
  creationMs: 0,
  duringCreation: 'join',
  refusesFirstLogins: 0,
  letsOwnersBackIn: true,
  letsInOver: ['imap', 'smtp'],
  acceptsWrongPassword: false,
  acceptsWrongPasswordOver: null,
  acceptsEmptyPassword: false,
  letsActForOthers: false,
  wrongLoginOverwritesPassword: false,
  lockoutAfterFailures: 0,
  lockoutForAll: false,
  passwordComparison: 'whole',
  mailboxKey: 'address',
  passwordMin: 9,
  passwordMax: 0,
  passwordRefusedCharacters: '',
  localpartMin: 9,
  localpartMax: 9,
  localpartPattern: '^[a-z0-9._-]+$',
  foldsCase: true,
  acceptsForeignDomain: false,
  acceptsNoDomain: false,
  forgetsAfterSeconds: 0,
  registration: 'open',
  resources: { mostLoad: 0, leastMemoryMb: 0, leastDiskMb: 0 },
  most: 0,
}
