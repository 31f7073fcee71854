// Tells when a server protects itself: what it refuses then says nothing about right or slow. Used by checks and by load.
import { WireError } from '../host/wire-error.ts'
import type { SmtpOutcome } from './smtp-send.ts'

/** `450` with "Too much mail" (the relay's own limit), or any `421` (too busy, too many connections). */
export function isThrottling({ reply }: Pick<SmtpOutcome, 'reply'>): boolean {
  if (!reply) return false
  if (reply.code === 421) return true
  return reply.code === 450 && /too much mail|rate limit/i.test(reply.text)
}

/** A connection that is not to be had now: SMTP said 421, IMAP said BYE. */
export function isTurnedAway(error: unknown): boolean {
  return error instanceof WireError && error.code === 'protocol' && (error.detail === '421' || error.detail === 'BYE')
}
