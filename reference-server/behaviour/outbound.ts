// Decisions about mail to other servers: the queue, the way there, the connection. Read by outbound/. Signatures: dkim.ts.

export interface OutboundBehaviour {
  readonly queue: QueueBehaviour
  readonly route: RouteBehaviour
  readonly transport: TransportBehaviour
}

export interface QueueBehaviour {
  /** Seconds a message lies before the first try, as where a timer empties the queue. */
  readonly holdSeconds: number
  /** Days after which a message that cannot be delivered is returned. */
  readonly lifetimeDays: number
  /** Seconds to the second try; each further wait is twice as long, up to the longest. */
  readonly firstRetrySeconds: number
  readonly longestRetrySeconds: number
  /** What becomes of a message that is deferred: tried again, returned at once, or forgotten. */
  readonly deferred: 'retried' | 'returned' | 'lost'
  /** What becomes of a message at the end of its lifetime, or refused for good. */
  readonly undeliverable: 'returned' | 'dropped'
  /** The report quotes what the other server said. */
  readonly reportsReason: boolean
  /** One transaction for all recipients of a domain, or one for each. */
  readonly transactions: 'per-domain' | 'per-recipient'
  readonly recipients: 'every' | 'first'
  /** Every message is sent this often. */
  readonly copies: number
  /** Each so many messages one is lost without a word; 0: none. */
  readonly losesEvery: number
  /** Messages that may wait; more are returned at once. */
  readonly entries: number
  /** Bytes that may wait. */
  readonly bytes: number
  /** Destinations served at once. */
  readonly workers: number
  /** Connections to one destination at once; with more than one, the order is not kept. */
  readonly connections: number
}

export interface RouteBehaviour {
  /** `MX 0 .` says that a domain takes no mail (RFC 7505). */
  readonly nullMx: 'honoured' | 'ignored'
  /** A domain without MX gets its mail at its own address (RFC 5321 5.1). */
  readonly implicitMx: boolean
  /** What NXDOMAIN does to a message. */
  readonly missingDomain: 'returned' | 'deferred'
  /** What a failing name server does to a message. */
  readonly dnsTrouble: 'deferred' | 'returned'
  readonly order: 'preference' | 'reversed'
  /** Exchanges tried in one go. */
  readonly exchanges: 'every' | 'first'
  /** Mail for `user@[192.0.2.1]` goes to that address. */
  readonly literals: boolean
}

export interface TransportBehaviour {
  /** POST to /mxdeliv of the exchange: before SMTP, before it unless there is any answer, instead of it, or never. */
  readonly https: 'first' | 'until-answered' | 'only' | 'never'
  /** Seconds without HTTPS for an exchange that took a message by SMTP. */
  readonly smtpOnlySeconds: number
  /** required: no mail without STARTTLS; offered: in clear where it is missing; never: always in clear. */
  readonly startTls: 'required' | 'offered' | 'never'
  /** Whose certificates must be good: those of ordinary names; all; nobody's. */
  readonly verifies: 'names' | 'all' | 'nobody'
  /** The certificate must bear the name of the exchange, not just be signed by somebody trusted. */
  readonly comparesName: boolean
  readonly tlsFrom: 'TLSv1' | 'TLSv1.2' | 'TLSv1.3'
  /** Domains that get their mail without TLS. */
  readonly clearDomains: readonly string[]
  /** `{domain}` stands for the mail domain. */
  readonly ehloName: string
  /** Seconds to wait for a connection, for each reply, and for the whole of a POST. */
  readonly timeoutSeconds: number
  /** Seconds a connection stays open after its last message. */
  readonly idleSeconds: number
  /** A dot is put before lines that begin with one (RFC 5321 4.5.2). */
  readonly stuffsDots: boolean
  /** A 4xx reply counts as the end of it. */
  readonly temporaryIsPermanent: boolean
  /** Whom a refusal of one recipient concerns: that one, or all of the transaction. */
  readonly refusalOfOne: 'for-that-one' | 'for-all'
  /** A recipient refused by a 5xx reply is tried again until the message is too old. */
  readonly retriesPermanent: boolean
}

export const conformingOutbound: OutboundBehaviour = {
  queue: {
    holdSeconds: 0,
    lifetimeDays: 2,
    firstRetrySeconds: 300,
    longestRetrySeconds: 4_000,
    deferred: 'retried',
    undeliverable: 'returned',
    reportsReason: true,
    transactions: 'per-domain',
    recipients: 'every',
    copies: 1,
    losesEvery: 0,
    entries: 20_000,
    bytes: 536_870_912,
    workers: 500,
    connections: 1,
  },
  route: {
    nullMx: 'honoured',
    implicitMx: true,
    missingDomain: 'returned',
    dnsTrouble: 'deferred',
    order: 'preference',
    exchanges: 'every',
    literals: true,
  },
  transport: {
    https: 'first',
    smtpOnlySeconds: 1_800,
    startTls: 'required',
    verifies: 'names',
    comparesName: true,
    tlsFrom: 'TLSv1.2',
    clearDomains: ['nauta.cu'],
    ehloName: '{domain}',
    timeoutSeconds: 60,
    idleSeconds: 60,
    stuffsDots: true,
    temporaryIsPermanent: false,
    refusalOfOne: 'for-that-one',
    retriesPermanent: false,
  },
}
