// What a server did with a message, in a word, for observations.
import type { SmtpOutcome } from '../harness/clients/smtp.ts'

/** Undefined when the connection ended instead of an answer, or when it is to be tried again later: that says nothing. */
export function treatment({ accepted, reply }: SmtpOutcome): 'accepted' | 'refused' | undefined {
  if (accepted) return 'accepted'
  return reply !== undefined && reply.code >= 500 ? 'refused' : undefined
}
