// Who may send, as whom, to whom: the decisions at MAIL and RCPT, each a reply or nothing. Used by the session.

import type { LimitsBehaviour } from '../behaviour/limits.ts'
import type { SmtpSessionBehaviour } from '../behaviour/smtp-session.ts'
import { isFullName, isLiteral, type Path } from './command.ts'
import { type Envelope, fill, type Peer, type SubmissionServices } from './connection.ts'

const knownMailParameters = ['SIZE', 'BODY', 'SMTPUTF8', 'AUTH', 'RET', 'ENVID']
const knownRcptParameters = ['NOTIFY', 'ORCPT']

/** A refusal of the parameters of MAIL. */
export function judgeMailParameters(
  path: Path,
  rules: SmtpSessionBehaviour,
  limits: LimitsBehaviour,
): string | undefined {
  for (const [name, value] of path.parameters) {
    if (!knownMailParameters.includes(name)) {
      if (rules.refusesUnknownParameters) return `555 5.5.4 Unsupported option: ${name}`
      continue
    }
    if (isUnwelcome(name, rules)) return `555 5.5.4 Unsupported option: ${name}`
    const bad =
      (name === 'BODY' && (rules.refusesBodyParameter || !/^(7BIT|8BITMIME)$/i.test(value ?? ''))) ||
      (name === 'SMTPUTF8' && (rules.refusesSmtpUtf8Parameter || value !== null)) ||
      (name === 'SIZE' && !/^\d{1,20}$/.test(value ?? ''))
    if (bad) return `501 5.5.4 Bad parameter: ${name}`
    if (name === 'SIZE' && limits.honoursDeclaredSize && Number(value) > limits.messageBytes) return limits.sizeReply
  }
  return undefined
}

/** A refusal of the parameters of RCPT, of no address, and of one recipient too many. */
export function judgeRcptParameters(
  path: Path,
  envelope: Envelope,
  rules: SmtpSessionBehaviour,
  limits: LimitsBehaviour,
): string | undefined {
  if (path.address === '') return '501 5.1.3 Bad recipient address syntax'
  for (const name of path.parameters.keys()) {
    const unknown = rules.refusesUnknownParameters && !knownRcptParameters.includes(name)
    if (unknown || isUnwelcome(name, rules)) return `555 5.5.4 Unsupported option: ${name}`
  }
  return envelope.recipients.length >= limits.recipients ? limits.recipientsReply : undefined
}

/** Announced by EHLO, but not taken: nothing a good server does. */
function isUnwelcome(name: string, rules: SmtpSessionBehaviour): boolean {
  if (name === 'SIZE') return rules.refusesSizeParameter
  return rules.refusesDsnParameters && ['RET', 'ENVID', 'NOTIFY', 'ORCPT'].includes(name)
}

/** Client, EHLO name and envelope sender: asked at MAIL or at RCPT, as `policyAt` says. */
export function judgeSender(envelope: Envelope, peer: Peer, services: SubmissionServices): string | undefined {
  const { submission } = services.behaviour()
  if (submission.requiresAuth && peer.user === undefined) {
    return submission.policyAt === 'mail'
      ? '530 5.7.0 Authentication required'
      : `554 5.7.1 <unknown[${peer.address}]>: Client host rejected: Access denied`
  }
  if (submission.requiresFullName && !isFullName(peer.heloName) && !isLiteral(peer.heloName)) {
    return `504 5.5.2 <${peer.heloName}>: Helo command rejected: need fully-qualified hostname`
  }
  if (submission.refusesLiteralName && isLiteral(peer.heloName)) {
    return `504 5.5.2 <${peer.heloName}>: Helo command rejected: need fully-qualified hostname`
  }
  if (envelope.sender === '' || peer.user === undefined) return undefined
  if (peer.upgraded && !submission.checksSenderAfterStartTls) return undefined
  const { address } = peer.user
  const sender = submission.envelopeFoldsCase ? envelope.sender.toLowerCase() : envelope.sender
  const owned =
    !submission.envelopeMustMatchLogin ||
    sender === address ||
    (submission.allowsDomainMates && domainOf(sender) === domainOf(address))
  return owned ? undefined : fill(submission.envelopeReply, { sender: envelope.sender, login: address })
}

/** One recipient, after `judgeSender` said nothing against it. */
export function judgeRecipient(path: Path, services: SubmissionServices): string | undefined {
  if (!services.behaviour().privacy.rcptTells || !services.delivery.isUnknownLocal(path.address)) return undefined
  return `550 5.1.1 <${path.address}>: Recipient address rejected: User unknown`
}

/** What the filter behind says, at the first recipient: the null sender, then the rate limit. */
export function judgeTransaction(envelope: Envelope, services: SubmissionServices): string | undefined {
  const { submission, limits } = services.behaviour()
  if (envelope.sender === '' && submission.refusesNullSender) return "500 Invalid from address <'<>'>"
  if (envelope.rate === 'unasked') envelope.rate = services.rateLimit.take(envelope.sender) ? 'granted' : 'refused'
  return envelope.rate === 'granted' ? undefined : fill(limits.rateReply, { sender: envelope.sender })
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
