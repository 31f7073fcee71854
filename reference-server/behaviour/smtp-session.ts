// Decisions of an SMTP session that every port takes: what is announced, the order of commands, the words of replies.
// Submission has them among its own; these are port 25's. Read by smtp/.
import { conformingSubmission, type SubmissionBehaviour } from './submission.ts'

export type SmtpSessionBehaviour = Pick<
  SubmissionBehaviour,
  | 'greeting'
  | 'greetingDelayMs'
  | 'replyDelaysMs'
  | 'greetingLines'
  | 'keywords'
  | 'keywordCase'
  | 'acceptsHelo'
  | 'acceptsSecondEhlo'
  | 'requiresFullName'
  | 'refusesLiteralName'
  | 'policyAt'
  | 'offersStartTls'
  | 'requiresTls'
  | 'announcesAuthBeforeTls'
  | 'acceptsAuthBeforeTls'
  | 'closesAtStartTls'
  | 'carriesPlaintextOver'
  | 'announcesStartTlsInTls'
  | 'mechanisms'
  | 'repairsMalformedSender'
  | 'refusesUnknownParameters'
  | 'refusesBodyParameter'
  | 'refusesSmtpUtf8Parameter'
  | 'refusesDsnParameters'
  | 'refusesSizeParameter'
  | 'refusesLoginsBy'
  | 'refusesSendersBy'
  | 'refusesMessagesBy'
  | 'refusesSilently'
  | 'dataPrompt'
  | 'taken'
  | 'takenLines'
  | 'closesAfterMessages'
  | 'afterRefusal'
  | 'bareLfEndsData'
  | 'chunks'
  | 'rsetKeepsEnvelope'
  | 'keepsRecipients'
  | 'losesPipelined'
  | 'refusesPipelined'
  | 'vrfy'
  | 'help'
  | 'unknownCommand'
  | 'commandOk'
  | 'mailOk'
  | 'rcptOk'
  | 'bye'
>

/** Port 25 offers no logins and asks nothing of the EHLO name. */
export const conformingRelaySession: SmtpSessionBehaviour = {
  greeting: conformingSubmission.greeting,
  greetingDelayMs: 0,
  replyDelaysMs: {},
  greetingLines: [],
  keywords: conformingSubmission.keywords.filter((keyword) => keyword !== 'AUTH'),
  keywordCase: 'upper',
  acceptsHelo: true,
  acceptsSecondEhlo: true,
  requiresFullName: false,
  refusesLiteralName: false,
  policyAt: 'rcpt',
  offersStartTls: true,
  requiresTls: true,
  announcesAuthBeforeTls: false,
  acceptsAuthBeforeTls: false,
  closesAtStartTls: false,
  carriesPlaintextOver: false,
  announcesStartTlsInTls: false,
  mechanisms: [],
  repairsMalformedSender: false,
  refusesUnknownParameters: true,
  refusesBodyParameter: false,
  refusesSmtpUtf8Parameter: false,
  refusesDsnParameters: false,
  refusesSizeParameter: false,
  refusesLoginsBy: 'reply',
  refusesSendersBy: 'reply',
  refusesMessagesBy: 'reply',
  refusesSilently: false,
  dataPrompt: conformingSubmission.dataPrompt,
  taken: conformingSubmission.taken,
  takenLines: [],
  closesAfterMessages: 0,
  afterRefusal: 'goes-on',
  bareLfEndsData: false,
  chunks: 'joined',
  rsetKeepsEnvelope: false,
  keepsRecipients: false,
  losesPipelined: false,
  refusesPipelined: false,
  vrfy: conformingSubmission.vrfy,
  help: null,
  unknownCommand: conformingSubmission.unknownCommand,
  commandOk: conformingSubmission.commandOk,
  mailOk: conformingSubmission.mailOk,
  rcptOk: conformingSubmission.rcptOk,
  bye: conformingSubmission.bye,
}
