// What a server did with a message, in a word, for observations.
import type { SmtpOutcome } from '../harness/clients/smtp.ts'

/** Undefined when the connection ended instead of an answer: that says nothing. */
export function treatment({ accepted, reply }: SmtpOutcome): 'accepted' | 'refused' | undefined {
  if (accepted) return 'accepted'
  return reply ? 'refused' : undefined
}
