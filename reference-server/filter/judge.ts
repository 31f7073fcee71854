// The verdict on a submitted message: first whether From is the sender's, then whether it may go in clear.
import type { EncryptionBehaviour } from '../behaviour/encryption.ts'
import type { Behaviour } from '../behaviour/index.ts'
import { isEncrypted } from './encryption.ts'
import { judgeFrom } from './from.ts'
import { decodeBody, type Entity, firstHeader, splitParts } from './mime.ts'

export interface Submitted {
  readonly message: Entity
  readonly size: number
  /** Empty for the null sender. */
  readonly sender: string
  readonly recipients: readonly string[]
  /** Domains of this server. */
  readonly domains: readonly string[]
}

export interface Refusal {
  readonly cause: 'from' | 'encryption'
  readonly reply: string
}

export function judge(submitted: Submitted, behaviour: Behaviour): Refusal | undefined {
  const from = judgeFrom(submitted.message.headers, submitted.sender, behaviour.submission)
  if (from !== undefined) return { cause: 'from', reply: from }
  return mayPassClear(submitted, behaviour.encryption)
    ? undefined
    : { cause: 'encryption', reply: encryptionReply(submitted, behaviour.encryption) }
}

function encryptionReply(submitted: Submitted, rules: EncryptionBehaviour): string {
  const culprit = submitted.recipients.find((recipient) => !isExempt({ ...submitted, recipients: [recipient] }, rules))
  return rules.reply.replace('{recipient}', culprit ?? '')
}

/** What may be in clear, and everything that is encrypted. Also for mail of other servers, with rules of its own. */
export function mayPassClear(submitted: Submitted, rules: EncryptionBehaviour): boolean {
  const { message, size } = submitted
  if (!rules.enforced) return true
  if (rules.skipsOverBytes > 0 && size > rules.skipsOverBytes) return true
  if (rules.refusesOverBytes > 0 && size > rules.refusesOverBytes) return false
  if (isExempt(submitted, rules) || rules.clearTypes.includes(message.type)) return true
  if (rules.allowsSmime && message.type === 'application/pkcs7-mime') return true
  if (!rules.refusesEncrypted && isEncrypted(message, rules)) return true
  return isSecurejoinRequest(message, rules) || isSetupMessage(submitted, rules) || isReport(message, rules)
}

function isExempt({ message, sender, recipients, domains }: Submitted, rules: EncryptionBehaviour): boolean {
  if (rules.exempt.length === 0) return false
  if (rules.exempt.includes('several') && recipients.length > 1) return true
  if (rules.exempt.includes('securejoin-header') && firstHeader(message.headers, 'secure-join') !== undefined)
    return true
  if (rules.exempt.includes('chat-version') && firstHeader(message.headers, 'chat-version') !== undefined) return true
  const judged = {
    every: recipients,
    first: recipients.slice(0, 1),
    last: recipients.slice(-1),
  }[rules.judgedRecipients]
  return judged.every((recipient) => {
    const address = recipient.toLowerCase()
    if (address === sender.toLowerCase()) return rules.exempt.includes('self')
    const local = domains.includes(address.slice(address.lastIndexOf('@') + 1))
    return rules.exempt.includes(local ? 'local' : 'foreign')
  })
}

/** The first step of an old-style invitation: nothing is encrypted yet because nobody has a key. */
function isSecurejoinRequest(message: Entity, rules: EncryptionBehaviour): boolean {
  const step = firstHeader(message.headers, 'secure-join')
  if (step === undefined || !isListed(step, rules.securejoinSteps)) return false
  const split = splitParts(message)
  const text = split?.parts[0]
  const structured = split?.parts.length === 1 && text?.type === 'text/plain'
  if (!structured) return !rules.securejoinStructureExact
  if (!rules.securejoinBodyExact && !rules.securejoinBodyBegins) return true
  const said = decodeBody(text).subarray(0, 1_000).toString('latin1').trim().toLowerCase()
  if (!rules.securejoinBodyExact) return said.startsWith('secure-join:')
  return rules.securejoinSteps.some((known) => said === `secure-join: ${known}`)
}

function isListed(step: string, listed: readonly string[]): boolean {
  return listed.some((known) => (known.endsWith('*') ? step.startsWith(known.slice(0, -1)) : step === known))
}

function isSetupMessage({ message, sender, recipients }: Submitted, rules: EncryptionBehaviour): boolean {
  if (rules.setupMessage === 'never' || message.type !== 'multipart/mixed') return false
  if (firstHeader(message.headers, 'subject') !== 'Autocrypt Setup Message') return false
  const toSelf = recipients.length === 1 && recipients[0]?.toLowerCase() === sender.toLowerCase()
  return toSelf || rules.setupMessage === 'to-anybody'
}

function isReport(message: Entity, rules: EncryptionBehaviour): boolean {
  if (message.type !== 'multipart/report') return false
  const receipt = message.parameters.get('report-type')?.toLowerCase() === 'disposition-notification'
  return receipt ? rules.allowsReceipts : rules.allowsReports
}
