// Decisions about sizes, rates and counts. Read by smtp/, delivery/ and web/.

export interface LimitsBehaviour {
  /** Largest message, bytes as received. */
  readonly messageBytes: number
  /** What EHLO says; null: no SIZE keyword; 0: SIZE without a number. */
  readonly advertisedBytes: number | null
  /** SIZE= on MAIL is looked at. */
  readonly honoursDeclaredSize: boolean
  readonly sizeReply: string
  /** To a message that turned out longer than its sender said. */
  readonly tooBigReply: string
  /** Messages over this are accepted, then lost; 0: none. */
  readonly silentlyDropsOverBytes: number
  /** gcra: `burst` at once, then one each so often; window: `perMinute` and one more within any 60 s, as older filters. */
  readonly rateMeter: 'gcra' | 'window'
  /** Transactions a minute and at once, per sender; perMinute 0: no limit. */
  readonly perMinute: number
  readonly burst: number
  readonly rateReply: string
  /** Key of the rate limit. */
  readonly rateKey: 'sender' | 'sender-as-written' | 'everyone'
  /** Once limited, for this many seconds; 0: until a token is back. */
  readonly rateBlockSeconds: number
  /** The session ends after a rate refusal. */
  readonly rateClosesSession: boolean
  readonly recipients: number
  readonly recipientsReply: string
  /** Milliseconds before every reply, as by a tarpit. */
  readonly replyDelayMs: number
  /** Connections at once on each SMTP port; 0: no limit. */
  readonly connections: number
  /** Connections at once from one client address on each submission port; 0: no limit. */
  readonly connectionsPerClient: number
  /** Longest command line, bytes without CRLF. */
  readonly lineBytes: number
  /** Bad commands until the session ends. */
  readonly errors: number
  /** Milliseconds without a command until the session ends. */
  readonly idleMs: number
  /** Messages in one session; 0: no limit. */
  readonly messagesPerSession: number
}

export const conformingLimits: LimitsBehaviour = {
  messageBytes: 31_457_280,
  advertisedBytes: 31_457_280,
  honoursDeclaredSize: true,
  sizeReply: '552 5.3.4 Message size exceeds fixed limit',
  tooBigReply: '552 5.3.4 Error: message file too big',
  silentlyDropsOverBytes: 0,
  rateMeter: 'gcra',
  perMinute: 60,
  burst: 10,
  rateReply: '450 4.7.1: Too much mail from <{sender}>, rate limited',
  rateKey: 'sender',
  rateBlockSeconds: 0,
  rateClosesSession: false,
  recipients: 1_000,
  recipientsReply: '452 4.5.3 Error: too many recipients',
  replyDelayMs: 0,
  connections: 0,
  connectionsPerClient: 0,
  lineBytes: 4_096,
  errors: 20,
  idleMs: 300_000,
  messagesPerSession: 0,
}
