// Decisions about what happens to an accepted message. Read by delivery/.

/** Something happens to every nth message; 0: to none. */
type Every = number

export interface DeliveryBehaviour {
  /** Milliseconds from the end of DATA to the mailbox. */
  readonly delayMs: number
  /** Delays every nth message only; 1: each. */
  readonly delaysEvery: Every
  /** Milliseconds that each message takes, one after the other, as on a machine that can do no more; 0: none. */
  readonly oneAtATimeMs: number
  readonly losesEvery: Every
  readonly duplicatesEvery: Every
  /** A copy goes to another account, too, whoever that is. */
  readonly leaksEvery: Every
  /** One octet of the body is another one afterwards. */
  readonly corruptsEvery: Every
  /** A recipient named by several RCPTs gets several copies. */
  readonly duplicatesRepeatedRecipients: boolean
  /** Every second message is held until the next one came, or 200 ms. */
  readonly reordersPairs: boolean
  readonly recipients: 'every' | 'first' | 'last' | 'first-5' | 'first-50'
  readonly selfMail: 'delivered' | 'lost' | 'only-alone'
  /** The same Message-ID is stored once per server: later copies to others are dropped. */
  readonly deduplicatesByMessageId: boolean
  /** user+tag@ goes to: user, nobody (bounce), or is dropped. */
  readonly plusAddresses: 'user' | 'bounce' | 'drop'
  readonly foldsRecipientCase: boolean
  /** Messages over this many bytes vanish; 0: none. */
  readonly dropsOverBytes: number
  /** Bodies over this many bytes are cut off there; 0: none. */
  readonly truncatesAtBytes: number
  /** The last bytes of every body are lost. */
  readonly losesLastBytes: number
  readonly dotUnstuffing: 'done' | 'missing' | 'all-dots'
  /** Bytes over 127 become `?`. */
  readonly strips8Bit: boolean
  /** Lines over this many bytes are broken; 0: never. */
  readonly foldsLinesAt: number
  readonly trimsTrailingWhitespace: boolean
  /** Lines that begin with `From `, as mbox files want them. */
  readonly fromLines: 'kept' | 'escaped'
  /** Of several empty lines one is left. */
  readonly joinsBlankLines: boolean
  /** Control characters but CR, LF and tab vanish. */
  readonly dropsControlCharacters: boolean
  /** The equals sign becomes =3D, as by a needless change to quoted-printable. */
  readonly encodesEqualsSigns: boolean
  readonly lineEnds: 'crlf' | 'lf'
  /** Tabs become spaces. */
  readonly expandsTabs: boolean
  readonly appendsFooter: string
  /** `shortened`: to 64 octets. */
  readonly messageId: 'kept' | 'replaced' | 'removed' | 'lower-case' | 'shortened'
  readonly date: 'kept' | 'replaced'
  readonly to: 'kept' | 'envelope' | 'removed'
  /** Headers that vanish. */
  readonly dropsHeaders: readonly string[]
  /** parts: header clean-up reaches into the headers of parts; every-line: into whatever looks like a header field. */
  readonly cleansPartHeaders: 'never' | 'parts' | 'every-line'
  readonly contentTypeCase: 'kept' | 'lower'
  readonly addsReturnPath: boolean
  readonly addsDeliveredTo: boolean
  /** Where new mail goes. */
  readonly folder: string
  /** Flags of new mail. */
  readonly flags: readonly string[]
  /** INTERNALDATE of new mail: when it came, or what Date: says. */
  readonly internalDate: 'arrival' | 'date-header' | 'epoch'
  readonly unknownUser: 'bounce' | 'drop' | 'refuse'
  readonly bounceUnroutable: boolean
  /** Senders who are told of mail that cannot be delivered. */
  readonly bouncesTo: 'everybody' | 'own-users'
  readonly bounceDelayMs: number
  /** multipart/report with the failed address, or just text. */
  readonly bounceForm: 'report' | 'text'
  readonly bounceFrom: string
  readonly bounceNamesRecipient: boolean
  readonly bounceSubject: string
  readonly bounceAutoSubmitted: string | null
}

export const conformingDelivery: DeliveryBehaviour = {
  delayMs: 0,
  delaysEvery: 1,
  oneAtATimeMs: 0,
  losesEvery: 0,
  duplicatesEvery: 0,
  leaksEvery: 0,
  corruptsEvery: 0,
  duplicatesRepeatedRecipients: false,
  reordersPairs: false,
  recipients: 'every',
  selfMail: 'delivered',
  deduplicatesByMessageId: false,
  plusAddresses: 'user',
  foldsRecipientCase: true,
  dropsOverBytes: 0,
  truncatesAtBytes: 0,
  losesLastBytes: 0,
  dotUnstuffing: 'done',
  strips8Bit: false,
  foldsLinesAt: 0,
  trimsTrailingWhitespace: false,
  fromLines: 'kept',
  joinsBlankLines: false,
  dropsControlCharacters: false,
  encodesEqualsSigns: false,
  lineEnds: 'crlf',
  expandsTabs: false,
  appendsFooter: '',
  messageId: 'kept',
  date: 'kept',
  to: 'kept',
  dropsHeaders: [],
  cleansPartHeaders: 'never',
  contentTypeCase: 'kept',
  addsReturnPath: true,
  addsDeliveredTo: true,
  folder: 'INBOX',
  flags: [],
  internalDate: 'arrival',
  unknownUser: 'bounce',
  bounceUnroutable: true,
  bouncesTo: 'everybody',
  bounceDelayMs: 0,
  bounceForm: 'report',
  bounceFrom: 'MAILER-DAEMON@{domain} (Mail Delivery System)',
  bounceNamesRecipient: true,
  bounceSubject: 'Undelivered Mail Returned to Sender',
  bounceAutoSubmitted: 'auto-replied',
}
