// Decisions about mail from other servers, on port 25 and /mxdeliv. Read by smtp/ and inbound/.
import { conformingDkimVerification, type DkimVerificationBehaviour } from './dkim-verification.ts'
import { conformingEncryption, type EncryptionBehaviour } from './encryption.ts'
import { conformingRelaySession, type SmtpSessionBehaviour } from './smtp-session.ts'

export interface InboundBehaviour {
  /** Port 25 listens. */
  readonly listens: boolean
  readonly session: SmtpSessionBehaviour
  /** Connections at once from one client address; 0: no limit. */
  readonly connectionsPerClient: number
  /** Commands that tell who exists. */
  readonly tells: readonly ('vrfy' | 'expn' | 'etrn' | 'rcpt')[]
  /** Reply to AUTH. */
  readonly authReply: string
  /** VRFY of an address of another domain. */
  readonly vrfyForeign: string
  /** Recipients of other domains are refused; an open relay sends their mail on. */
  readonly relaysFor: 'nobody' | 'everybody'
  readonly foreignRecipientReply: string
  /** Envelope senders that are refused: the null sender of bounces, or any other than the author. */
  readonly refusesSenders: readonly ('null' | 'not-author')[]
  /** What a client must show beside the signature: nothing, or what other mail servers ask for. */
  readonly demands: readonly ('spf' | 'helo-address' | 'greylist' | 'submission-rate')[]
  /** Seconds that a greylisted client must wait. */
  readonly greylistSeconds: number

  /** CR or LF alone, or a message that does not end with CRLF. */
  readonly bareLineEnds: 'refused' | 'kept'
  readonly malformedReply: string
  /** Several From fields: refused, or the first or last one counts. */
  readonly severalFroms: 'refuse' | 'first' | 'last'
  /** Of several mailboxes in From, the first or the last is the author. */
  readonly author: 'first' | 'last'
  readonly badFromReply: string
  /** What is asked first shows in the reply to mail that is unsigned and in clear. */
  readonly order: 'encryption-first' | 'dkim-first'
  readonly encryption: EncryptionBehaviour
  /** Reports in clear that pass: those of a mail system, any report, whatever calls itself a mailer daemon, or none. */
  readonly bounces: 'mail-system' | 'any-report' | 'any-mailer-daemon' | 'none'
  /** Mail in clear goes on to the next question when its recipients are unknown: that tells who exists. */
  readonly clearForUnknown: boolean
  readonly dkim: DkimVerificationBehaviour
  /** What is asked of messages by DATA is asked of those by BDAT. */
  readonly judgesChunks: boolean
  /** Who of several recipients gets a message. */
  readonly recipients: 'every' | 'first'
  /** A message refused after DATA is delivered all the same. */
  readonly deliversRefused: boolean
  /** An envelope sender that is not the author is forgotten, so that no bounce goes there; or it is kept. */
  readonly foreignEnvelope: 'forgotten' | 'kept'
  /** Header fields taken out before a message of another server is stored. */
  readonly removesHeaders: readonly string[]
  readonly mxdeliv: MxdelivBehaviour
}

export interface MxdelivBehaviour {
  readonly served: boolean
  /** `/mxdeliv/` and longer paths are the same. */
  readonly prefix: boolean
  /** Asks the same questions as port 25, or fewer. */
  readonly judges: 'everything' | 'all-but-dkim' | 'nothing'
  /** Status of a refusal; its body is the SMTP reply. */
  readonly refusalStatus: number
  readonly refusalBody: 'reply' | 'empty'
  /** Status of a message that is too large. */
  readonly sizeStatus: number
  readonly sizeReply: string
  /** Larger bodies are turned away by the web server in front, bytes; 0: it has no limit of its own. */
  readonly frontLimitBytes: number
  /** Status for anything but POST. */
  readonly methodStatus: number
  readonly taken: string
  /** Nobody is named as recipient: taken and dropped, or refused. */
  readonly withoutRecipients: 'drop' | 'refuse'
  /** The body is what DATA carries: a leading dot is doubled. */
  readonly dotStuffed: boolean
}

export const conformingMxdeliv: MxdelivBehaviour = {
  served: true,
  prefix: true,
  judges: 'everything',
  refusalStatus: 400,
  refusalBody: 'reply',
  sizeStatus: 413,
  sizeReply: '552 Message exceeds maximum size',
  frontLimitBytes: 0,
  methodStatus: 405,
  taken: '250 OK',
  withoutRecipients: 'drop',
  dotStuffed: true,
}

export const conformingInbound: InboundBehaviour = {
  listens: true,
  session: conformingRelaySession,
  connectionsPerClient: 50,
  tells: [],
  authReply: '503 5.5.1 Error: authentication not enabled',
  vrfyForeign: '454 4.7.1 <{recipient}>: Relay access denied',
  relaysFor: 'nobody',
  foreignRecipientReply: '454 4.7.1 <{recipient}>: Relay access denied',
  refusesSenders: [],
  demands: [],
  greylistSeconds: 60,
  bareLineEnds: 'refused',
  malformedReply: '500 Invalid DATA',
  severalFroms: 'refuse',
  author: 'first',
  badFromReply: '500 Invalid FROM header',
  order: 'encryption-first',
  encryption: { ...conformingEncryption, allowsArmourVersion: true, setupMessage: 'never' },
  bounces: 'mail-system',
  clearForUnknown: false,
  dkim: conformingDkimVerification,
  judgesChunks: true,
  recipients: 'every',
  deliversRefused: false,
  foreignEnvelope: 'forgotten',
  removesHeaders: ['received', 'dkim-signature', 'authentication-results', 'return-path', 'delivered-to'],
  mxdeliv: conformingMxdeliv,
}
