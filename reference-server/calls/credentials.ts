// TURN credentials made of an expiry and its HMAC, so that the mail server and the relay need to share a secret only.
// Used by metadata.ts, which gives them out, and by the TURN server, which asks for them.
import { createHmac, randomBytes } from 'node:crypto'
import type { CallsBehaviour } from '../behaviour/calls.ts'
import type { Clock } from '../clock.ts'

export interface TurnCredentials {
  /** `expiry:password`, the two last fields of the METADATA value. */
  give(): string
  /** Undefined for a name that is none of ours, or whose time is over. */
  passwordOf(username: string): string | undefined
}

/** What the source of a deployed TURN server says (chatmail-turn, main.rs). */
const publishedSecret = 'north'

/** `saved`: the secret of an earlier start. */
export function createTurnCredentials(
  rules: () => CallsBehaviour,
  clock: Clock,
  saved: string = randomBytes(16).toString('hex'),
): TurnCredentials {
  const expiry = () => `${Math.floor(clock.now() / 1000) + rules().credentialSeconds}`
  const first = expiry()
  const passwordFor = (username: string) =>
    createHmac('sha1', rules().secret === 'own' ? saved : publishedSecret)
      .update(username)
      .digest('base64')
  return {
    give() {
      const username = rules().credentials === 'fresh' ? expiry() : first
      return `${username}:${passwordFor(username)}`
    },
    passwordOf(username) {
      if (!/^\d{1,12}$/.test(username)) return undefined
      if (!rules().acceptsExpired && Number(username) * 1000 <= clock.now()) return undefined
      return passwordFor(username)
    },
  }
}
