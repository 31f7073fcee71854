// What a port makes of an SMTP session: submission for our users, or the way in for other servers. Read by the session.
import type { SmtpSessionBehaviour } from '../behaviour/smtp-session.ts'
import type { AuthOutcome } from './authenticate.ts'
import type { Path } from './command.ts'
import type { Envelope, Peer, SmtpServices } from './connection.ts'
import type { Incoming, Outcome } from './message.ts'

export interface SmtpRole {
  readonly services: SmtpServices
  /** Where its faults strike. */
  readonly faults: 'smtp' | 'mx'
  /** Where its events stand in the journal. */
  readonly area: 'submission' | 'inbound'
  /** Which TLS it speaks after STARTTLS. */
  readonly tls: 'mail' | 'relay'
  /** Connections at once from one client address; 0: no limit. */
  connectionsPerClient(): number
  rules(): SmtpSessionBehaviour
  /** `ask` sends a challenge and gives the client's line, or undefined when there is none. */
  authenticate(argument: string, ask: (challenge: string) => Promise<string | undefined>): Promise<AuthOutcome>
  /** The reply to a command that only some servers know; undefined: the session's own. */
  extra(verb: string, argument: string): string | undefined
  /** A refusal of client and envelope sender: asked at MAIL or at RCPT, as `policyAt` says. */
  judgeSender(envelope: Envelope, peer: Peer): string | undefined
  /** A refusal of one recipient, after `judgeSender` said nothing. */
  judgeRecipient(path: Path, envelope: Envelope, peer: Peer): Promise<string | undefined>
  take(incoming: Incoming): Promise<Outcome>
}
