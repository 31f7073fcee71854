// What a check is, and what it sees of the world: the context. The runner implements it, the suites are written against it.
import type { RequirementId } from '../../catalogue/index.ts'
import type { Area } from '../../catalogue/types.ts'
import type { HttpClient } from '../clients/http.ts'
import type { ImapClient } from '../clients/imap.ts'
import type { TlsFacts } from '../clients/tls-facts.ts'
import type { ClientHello, OfferAnswer } from '../clients/tls-probe.ts'
import type { TurnClient } from '../clients/turn.ts'
import type { DeltaChat } from '../deltachat/delta-chat.ts'
import type { Account } from '../host/account.ts'
import type { Endpoint, Host, Power, Service } from '../host/host.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Exchange, ExchangeOptions } from '../peer/exchange.ts'
import type { Peer } from '../peer/peer.ts'
import type { Matcher } from './matchers.ts'
import type { Submission } from './submission.ts'

/** light: a few messages; slow: waits over 10 s; bulk: many messages; intrusive: could disturb or trip a ban. */
export type Cost = 'light' | 'slow' | 'bulk' | 'intrusive'

export interface Needs {
  readonly reach?: readonly Service[]
  readonly powers?: readonly Power[]
  /** 2: a second host, `t.partner`; runs in both directions. */
  readonly hosts?: 2
  /** Accounts of the partner leased at most at once. */
  readonly partnerAccounts?: number
  /** The real Delta Chat core; `believed`: on a host whose certificates it believes by itself. */
  readonly deltachat?: 'any' | 'believed'
  readonly cost?: Cost
  /** So many accounts the check makes by itself, so it cannot run on given ones. */
  readonly creates?: number
  /** Does not apply to hosts named by an IP literal or by a `_` domain. */
  readonly publicName?: boolean
  /** Does not apply to hosts named by an IP literal: they have no DNS. */
  readonly dnsName?: boolean
  /** Looks at the DNS of the host: does not apply to IP literals, nor where flags say in place of DNS where the host is. */
  readonly dns?: boolean
  /**
   * Judges certificates. trusted: by public authorities, or by those given by a flag; does not apply where they are taken as
   * they are. named: by the names in them, which those of a `_` domain have to bear, too.
   */
  readonly certificate?: 'trusted' | 'named'
  /** Connections at most, where that is not two and two for each account. */
  readonly connections?: number
  /** Accounts leased at most at once; the runner plans by it. */
  readonly accounts?: number
  /** Messages submitted at most, for the budget. */
  readonly messages?: number
  /** Milliseconds; the host's `timing.check` is the default. */
  readonly deadline?: number
  /** Nothing else runs beside it: it measures time. */
  readonly alone?: boolean
  /**
   * Lets minutes pass, on the host's clock where that can be moved. There nothing runs beside it: other sessions would see them
   * pass, too.
   */
  readonly letsMinutesPass?: boolean
  /** Runs after all others, alone: it may get us banned. */
  readonly risky?: boolean
  /** Wants accounts with ordinary names, not `ci-` ones: their figures go into comparisons. */
  readonly ordinaryAccounts?: boolean
}

export interface CheckMeta {
  /** `area/rule`, a rule in the third person: `encryption/refuses-cleartext`. */
  readonly id: string
  readonly requirement: RequirementId
  readonly title: string
  /** The smallest profile that has it; `quick` when absent. */
  readonly profile?: Profile
  readonly needs?: Needs
  /** Reports a value by `observe` and judges nothing; a defect must change the value. */
  readonly observes?: boolean
}

export type Profile = 'quick' | 'list' | 'full'

export interface Check extends CheckMeta {
  run(t: CheckContext): Promise<void>
}

/** Many samples of one rule in one session: one control, one sentinel, a finding for each member. */
export interface Batch {
  readonly id: string
  /** What the batch needs as a whole; `messages` counts for each member. */
  readonly needs?: Needs
  readonly members: readonly CheckMeta[]
  /** `members` are the selected ones, or those to be tried again; `t.member(id)` records for one of them. */
  run(t: BatchContext, members: readonly CheckMeta[]): Promise<void>
}

export interface Suite {
  readonly area: Area
  readonly checks: readonly Check[]
  readonly batches: readonly Batch[]
}

/** Why nothing is judged. */
export interface Left {
  readonly how: 'later' | 'unsupported' | 'undecided'
  readonly reason: string
}

/** Records what is expected of the server. `attempt` (matchers.ts) turns a thrown WireError into a value to expect something of. */
export interface Recorder {
  /** The scene is set as the check needs it; unmet: inconclusive, naming `coveredBy`, the check that judges that point. */
  control<T>(what: string, got: T, wanted: Matcher<T>, options?: { coveredBy?: string }): void
  /** The rule itself. Unmet: fail, once a rerun agrees. */
  expect<T>(what: string, got: T, wanted: Matcher<T>, options?: { tolerate?: Matcher<T> }): void
  /** A value to report without judging it; of an observation only. */
  observe(value: string | number | boolean | null, unit?: string): void
  /** Evidence in words, beside the wire lines. */
  note(text: string): void
  /**
   * Not judged in this run, and why. Ends nothing, so that a batch judges its other members. `later`: a later run will know;
   * `unsupported`, `undecided`: as the two below.
   */
  leave(how: Left['how'], reason: string): void
  /** The optional feature is not offered; ends the check. */
  unsupported(reason: string): never
  /** Cannot be decided; ends the check. Never blames the server. */
  inconclusive(reason: string): never
}

/** One host as a check sees it: accounts there, and sessions with it. */
export interface Side {
  readonly host: Host
  /** `n` accounts nobody else uses until the check ends, logged in before, with a UIDNEXT baseline. */
  accounts<N extends number>(n: N): Promise<Accounts<N>>
  /** A name and password that nobody has used: the first login with it makes an account (needs.creates). */
  unusedCredentials(options?: {
    localpartLength?: number
    passwordLength?: number
    /** False: a `ci-` name, whatever the turn. */
    ordinary?: boolean
  }): {
    address: string
    password: string
  }
  /** Counts one account as made, for those made through `unusedCredentials`. `reserved`: no other check is to get it. */
  made(account: { address: string; password: string }, options?: { reserved?: boolean }): Promise<void>

  /** A connected, greeted, EHLOed session; logged in when an account is given. Over 465, else 587. */
  submission(account?: { address: string; password: string }, options?: SessionOptions): Promise<Submission>
  /** A connected, greeted session; logged in when an account is given. Over 993, else 143. Selects nothing. */
  imap(account?: { address: string; password: string }, options?: SessionOptions): Promise<ImapClient>
  /** Our own foreign mail domain (needs.powers: peer), the same one all through a run. */
  peer(): Promise<Peer>
  /** A mail exchange of that domain, with a name nobody used before, until the check ends. */
  exchange(options?: ExchangeOptions): Promise<Exchange>
  /** The handshake of a service, after its greeting, whatever certificate it shows. Throws WireError. */
  tls(endpoint: Endpoint, options?: Pick<SessionOptions, 'servername'>): Promise<TlsFacts>
  /** What a service says to an offer that no client of today would make. Throws WireError. */
  offerTls(endpoint: Endpoint, offer: ClientHello): Promise<OfferAnswer>
  /** A call relay, by UDP: the name is resolved as the host's are. */
  turn(name: string, port: number): Promise<TurnClient>
  readonly https: HttpClient
  /** What arrived in an account's INBOX since it was leased. */
  inbox(account: Account): Inbox
}

export interface CheckContext extends Recorder, Side {
  readonly signal: AbortSignal
  readonly mail: Mailer
  /** Monotonic milliseconds. */
  now(): number
  /** The second host (needs.hosts). The check is about mail from `host` to `partner`, and runs again the other way round. */
  readonly partner: Side
  /** The real Delta Chat core, with devices of this check alone, on both hosts (needs.deltachat). */
  deltachat(): Promise<DeltaChat>

  /** Resolves a name and connects anywhere the host itself points to (autoconfig). */
  endpoint(service: Service, name: string, port: number, security: Endpoint['security']): Promise<Endpoint>

  /** Probes until the matcher holds or `within` (default: the host's arrival time) has passed, then expects it. */
  eventually<T>(what: string, probe: () => Promise<T>, wanted: Matcher<T>, options?: EventuallyOptions<T>): Promise<T>
  /** Waits: the only sleep there is; ends early with the signal. */
  pause(ms: number): Promise<void>

  /** Samples for the report; null is one that never ended. */
  measure(id: string, title: string, unit: string, samples: readonly (number | null)[]): void
}

export interface SessionOptions {
  readonly service?: Service
  readonly endpoint?: Endpoint
  /** Leave the session as the greeting found it: no STARTTLS, no EHLO, no login. */
  readonly raw?: boolean
  /** Protocols offered by ALPN; none when absent. */
  readonly alpn?: readonly string[]
  /** The name SNI sends instead of the endpoint's; false sends none. */
  readonly servername?: string | false
  /** What SMTP sessions call themselves: `[192.0.2.1]`. Not every server takes a second EHLO. */
  readonly ehloName?: string
}

export interface EventuallyOptions<T> {
  readonly within?: number
  readonly tolerate?: Matcher<T>
  /** Record as control instead of expectation. */
  readonly control?: boolean
}

/** A delivered message as IMAP shows it. */
export interface Delivered {
  readonly uid: number
  readonly messageId: string
  readonly flags: readonly string[]
  /** The raw message as fetched. */
  readonly bytes: Uint8Array
}

export interface Inbox {
  /** Messages whose Message-ID this check minted, in UID order. */
  minted(): Promise<readonly Delivered[]>
  /** Everything since the lease: bounces too. */
  all(): Promise<readonly Delivered[]>
}

export interface BatchContext extends CheckContext {
  /** Records for one member only; what the batch itself records as control counts for all. */
  member(id: string): Recorder
}

/** As many accounts as asked for, as a tuple for the small numbers that checks name apart. */
export type Accounts<N extends number> = N extends 1
  ? readonly [Account]
  : N extends 2
    ? readonly [Account, Account]
    : N extends 3
      ? readonly [Account, Account, Account]
      : readonly Account[]
