// Decisions of a submission session on 465 and 587. Read by smtp/.

export interface SubmissionBehaviour {
  /** Text of the 220; `{domain}` stands for the domain. */
  readonly greeting: string
  /** Milliseconds before the greeting. */
  readonly greetingDelayMs: number
  /** Milliseconds before a reply, by what it answers: a verb, or `.` for the end of a message. */
  readonly replyDelaysMs: Readonly<Record<string, number>>
  /** Lines of the greeting before the last one. */
  readonly greetingLines: readonly string[]
  /** EHLO keywords in order; SIZE, AUTH and STARTTLS are filled in or left out as they apply. */
  readonly keywords: readonly string[]
  /** Keywords are written in lower case. */
  readonly keywordCase: 'upper' | 'lower' | 'mixed'
  readonly acceptsHelo: boolean
  /** Without TLS having begun in between. */
  readonly acceptsSecondEhlo: boolean
  /** A bare word such as `localhost` in EHLO is refused, an address literal is not. */
  readonly requiresFullName: boolean
  /** Address literals in EHLO are refused, too. */
  readonly refusesLiteralName: boolean
  /** Where a bad EHLO name, a missing login and a foreign envelope sender show. */
  readonly policyAt: 'rcpt' | 'mail'

  readonly offersStartTls: boolean
  /** On 587, nothing but EHLO, NOOP, RSET and QUIT before STARTTLS. */
  readonly requiresTls: boolean
  readonly announcesAuthBeforeTls: boolean
  readonly acceptsAuthBeforeTls: boolean
  /** The connection is closed instead of the handshake. */
  readonly closesAtStartTls: boolean
  /** Commands sent in one write with STARTTLS are carried over into the encrypted session. */
  readonly carriesPlaintextOver: boolean
  /** STARTTLS is announced again inside TLS. */
  readonly announcesStartTlsInTls: boolean

  readonly requiresAuth: boolean
  /** Mechanisms announced. */
  readonly mechanisms: readonly string[]
  /** Mechanisms that work. */
  readonly worksWith: readonly ('PLAIN' | 'LOGIN')[]
  readonly authInitialResponse: boolean
  readonly authContinuation: boolean
  readonly authFailureDelayMs: number
  readonly authSuccess: string
  readonly authFailure: string
  /** A failed login ends the session. */
  readonly closesOnAuthFailure: boolean

  /** MAIL FROM must be the login name. */
  readonly envelopeMustMatchLogin: boolean
  readonly envelopeFoldsCase: boolean
  /** Envelope senders of one's own domain pass. */
  readonly allowsDomainMates: boolean
  readonly refusesNullSender: boolean
  /** An envelope sender that is no address is taken for the login. */
  readonly repairsMalformedSender: boolean
  /** Parameters of MAIL and RCPT that are not known are refused. */
  readonly refusesUnknownParameters: boolean
  readonly refusesBodyParameter: boolean
  readonly refusesSmtpUtf8Parameter: boolean
  /** RET and ENVID of MAIL, NOTIFY and ORCPT of RCPT are not known. */
  readonly refusesDsnParameters: boolean
  /** SIZE of MAIL is not known. */
  readonly refusesSizeParameter: boolean
  /** first: the address of the first From header must be the envelope sender; single-mailbox: and no other; the rest are mistakes. */
  readonly headerFrom:
    | 'first'
    | 'last'
    | 'any'
    | 'display-name'
    | 'same-domain'
    | 'substring'
    | 'single-mailbox'
    | 'bare'
    | 'unchecked'
  readonly headerFromFoldsCase: boolean
  readonly missingFrom: 'refuse' | 'accept'
  /** A From header that holds a name and no address. */
  readonly addresslessFrom: 'refuse' | 'accept'
  /** Two From headers. */
  readonly twoFroms: 'first-decides' | 'refuse'
  /** A header Sender that is the login makes any From good. */
  readonly trustsSenderHeader: boolean
  readonly headerFromReply: string
  readonly envelopeReply: string
  readonly missingFromReply: string
  /** A message refused after DATA is delivered all the same. */
  readonly deliversRefused: boolean
  /** Which refusals `deliversRefused` is for. */
  readonly deliversRefusedFor: readonly ('from' | 'encryption')[]
  /** Envelope sender and From are checked on port 587 as on 465. */
  readonly checksSenderAfterStartTls: boolean
  /** How a wrong login, a wrong envelope sender or a message that may not pass is turned away. */
  readonly refusesLoginsBy: 'reply' | 'closing'
  readonly refusesSendersBy: 'reply' | 'closing'
  readonly refusesMessagesBy: 'reply' | 'closing'
  /** Every message is answered 250, refusals are silent. */
  readonly refusesSilently: boolean

  readonly dataPrompt: string
  /** Reply to a message taken. */
  readonly taken: string
  /** Lines of that reply before the last one. */
  readonly takenLines: readonly string[]
  /** The session ends after so many messages, without a word; 0: never. */
  readonly closesAfterMessages: number
  /** What a session does once it has refused a message at the end of DATA. */
  readonly afterRefusal: 'goes-on' | 'refuses-all' | 'closes'
  /** `<LF>.<LF>` ends the message. */
  readonly bareLfEndsData: boolean
  /** Of a message by BDAT, all chunks are kept or only the last one. */
  readonly chunks: 'joined' | 'last-only'
  /** RSET leaves the envelope as it is. */
  readonly rsetKeepsEnvelope: boolean
  /** Recipients of the last message stay for the next one. */
  readonly keepsRecipients: boolean
  /** Of pipelined commands in one packet only the first is read. */
  readonly losesPipelined: boolean
  /** MAIL with more commands behind it in the same packet is refused. */
  readonly refusesPipelined: boolean
  /** Replies to HELP, VRFY, EXPN, ETRN; null: not known. */
  readonly vrfy: string | null
  readonly help: string | null
  /** To a command that is none. */
  readonly unknownCommand: string
  readonly commandOk: string
  readonly mailOk: string
  readonly rcptOk: string
  readonly bye: string
}

export const conformingSubmission: SubmissionBehaviour = {
  greeting: '{domain} ESMTP chatmail-check reference server, for tests only',
  greetingDelayMs: 0,
  replyDelaysMs: {},
  greetingLines: [],
  keywords: [
    'PIPELINING',
    'SIZE',
    'VRFY',
    'ETRN',
    'STARTTLS',
    'AUTH',
    'ENHANCEDSTATUSCODES',
    '8BITMIME',
    'DSN',
    'SMTPUTF8',
    'CHUNKING',
  ],
  keywordCase: 'upper',
  acceptsHelo: true,
  acceptsSecondEhlo: true,
  requiresFullName: true,
  refusesLiteralName: false,
  policyAt: 'rcpt',
  offersStartTls: true,
  requiresTls: true,
  announcesAuthBeforeTls: false,
  acceptsAuthBeforeTls: false,
  closesAtStartTls: false,
  carriesPlaintextOver: false,
  announcesStartTlsInTls: false,
  requiresAuth: true,
  mechanisms: ['PLAIN'],
  worksWith: ['PLAIN'],
  authInitialResponse: true,
  authContinuation: true,
  authFailureDelayMs: 0,
  authSuccess: '235 2.7.0 Authentication successful',
  authFailure: '535 5.7.8 Error: authentication failed: (reason unavailable)',
  closesOnAuthFailure: false,
  envelopeMustMatchLogin: true,
  envelopeFoldsCase: true,
  allowsDomainMates: false,
  refusesNullSender: true,
  repairsMalformedSender: false,
  refusesUnknownParameters: true,
  refusesBodyParameter: false,
  refusesSmtpUtf8Parameter: false,
  refusesDsnParameters: false,
  refusesSizeParameter: false,
  headerFrom: 'first',
  headerFromFoldsCase: true,
  missingFrom: 'refuse',
  addresslessFrom: 'refuse',
  twoFroms: 'first-decides',
  trustsSenderHeader: false,
  headerFromReply: '500 Invalid FROM <{header}> for <{sender}>',
  envelopeReply: '553 5.7.1 <{sender}>: Sender address rejected: not owned by user {login}',
  missingFromReply: '500 Invalid FROM header',
  deliversRefused: false,
  deliversRefusedFor: ['from', 'encryption'],
  checksSenderAfterStartTls: true,
  refusesLoginsBy: 'reply',
  refusesSendersBy: 'reply',
  refusesMessagesBy: 'reply',
  refusesSilently: false,
  dataPrompt: '354 End data with <CR><LF>.<CR><LF>',
  taken: '250 OK',
  takenLines: [],
  closesAfterMessages: 0,
  afterRefusal: 'goes-on',
  bareLfEndsData: false,
  chunks: 'joined',
  rsetKeepsEnvelope: false,
  keepsRecipients: false,
  losesPipelined: false,
  refusesPipelined: false,
  vrfy: '252 2.0.0 {argument}',
  help: null,
  unknownCommand: '500 5.5.2 Error: command not recognized',
  commandOk: '250 2.0.0 Ok',
  mailOk: '250 2.1.0 Ok',
  rcptOk: '250 2.1.5 Ok',
  bye: '221 2.0.0 Bye',
}
