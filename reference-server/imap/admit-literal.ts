// Decides on each announced literal: over size or over quota is refused before the octets are sent (RFC 3501 4.3).
import type { Command, Literal, LiteralAnswer } from './command-reader.ts'
import type { Session } from './session.ts'
import { SyntaxTrouble, tokenize } from './tokens.ts'

export function admitLiteral(session: Session, command: Command, literal: Literal): LiteralAnswer {
  const { literals, limits, append } = session.behaviour
  if (literal.synchronizing && literals.synchronizing === 'refused')
    return { refusal: 'BAD Literals are not supported.' }
  if (!literal.synchronizing && literals.nonSynchronizing === 'refused') {
    return { refusal: 'BAD Error in IMAP command: Invalid literal.' }
  }
  const continues = literal.synchronizing || literals.nonSynchronizing === 'waits'
  if (session.user !== undefined && command.name === 'APPEND' && hasMailbox(command)) {
    if (literal.size > limits.messageBytes && append.overSize === 'refused-before-literal') {
      return { refusal: overSizeReply }
    }
    if (session.options.storage?.trouble !== undefined) return { refusal: `NO [UNAVAILABLE] ${noRoom}` }
    if (append.overQuota === 'refused-before-literal' && overQuota(session, literal.size)) {
      return { refusal: overQuotaReply }
    }
    // Whatever the decision, nobody fills the memory.
    if (literal.size > limits.messageBytes * 2 + 1024) return { refusal: overSizeReply }
    return { continues }
  }
  if (literal.size > limits.literalBytes) {
    if (limits.tooLargeLiteral === 'refused') return { refusal: 'BAD Error in IMAP command: Literal size too large' }
    return { continues: continues && limits.tooLargeLiteral === 'awaited', dropped: true }
  }
  return { continues }
}

export const noRoom = 'There is no room to keep it at the moment.'
export const overSizeReply = 'NO [LIMIT] Mail size is larger than the maximum size allowed.'
export const overQuotaReply = 'NO [OVERQUOTA] Quota exceeded (mailbox for user is full).'

export function overQuota(session: Session, more: number): boolean {
  const { limitKib } = session.behaviour.quota
  return limitKib > 0 && (session.user?.store.usageBytes ?? 0) + more > limitKib * 1024
}

/** The mailbox name is complete: the next literal is the message. */
function hasMailbox(command: Command): boolean {
  try {
    return tokenize(command.pieces).length > 0
  } catch (error) {
    if (error instanceof SyntaxTrouble) return false
    throw error
  }
}
