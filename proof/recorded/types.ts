// The shapes of recorded dialogues: what a client said to a chatmail relay, and what the relay answered.
// The data beside this file is written in them; proof/recorded.test.ts plays them.
import type { RequirementId } from '../../catalogue/index.ts'

/**
 * One exchange. In texts `{me}`, `{you}` are accounts that exist, `{ME}` is the first in capitals, `{right}` their
 * password, `{wrong}` another one, `{domain}` the relay's domain, `{name:9}` a new name of nine letters and digits, `{nowhere}`
 * a domain that does not exist; of the message that came, `{from}` is the From field and `{sent}` the Message-ID.
 */
export interface Step {
  /**
   * The line as sent; `AUTH PLAIN user password` stands for its encoding, `message X` for the octets of a message after
   * DATA (`encrypted`: as of 2023, SEIPD version 1; `X by A`: with A as its author; `X by A, signed`: and so on), `transaction X` for MAIL, RCPT, DATA and message, and words in round brackets for what happens elsewhere.
   */
  readonly client: string
  /**
   * SMTP: code and enhanced code, `250 2.1.0`. IMAP: status and response code, `NO AUTHENTICATIONFAILED`. HTTP: status
   * and media type or target. `closed`: the relay ended the connection.
   */
  readonly reply: string
  /** SMTP: words of the reply, where somebody may rely on them. */
  readonly text?: string
  /** SMTP: keywords of EHLO, as a set. IMAP: untagged responses; all of them must come, `#` is a number, `*` any text. */
  readonly says?: readonly string[]
  /** How many times in a row, the reply being the same each time. */
  readonly times?: number
  /** How many times is chance: at least once. */
  readonly chance?: true
  /** Where the reference server does something else, and why; of several the last counts. */
  readonly differs?: Difference | readonly Difference[]
}

export interface Difference {
  /**
   * Whom the reference server follows instead: the newer relay, or other servers, unless it is told to be like the
   * recorded one; or its own choice, always.
   */
  readonly by: 'relay 1.12' | 'other servers' | 'reference server'
  readonly why: string
  readonly reply?: string
  readonly text?: string
  readonly says?: readonly string[]
  readonly times?: number
  readonly chance?: false
}

interface Case {
  readonly name: string
  /** Requirements that the relay is seen to keep. */
  readonly witnesses: readonly RequirementId[]
  /** Requirements of which the recording shows a part only: no witness. */
  readonly partly?: readonly RequirementId[]
  /** A quota of a few kB, where the recorded one does not matter. */
  readonly smallMailboxes?: true
  readonly dialogue: readonly Step[]
}

export interface SmtpCase extends Case {
  readonly port: 'submissions' | 'submission' | 'smtp' | 'https'
  /** Said before the dialogue; an address literal when absent. Null: the dialogue begins with the greeting. */
  readonly ehlo?: string | null
  /** AUTH PLAIN of `{me}` comes before the dialogue. */
  readonly login?: true
}

export interface ImapCase extends Case {
  readonly port: 'imaps' | 'imap' | 'https'
  /** LOGIN of `{me}`, and SELECT INBOX, come before the dialogue. */
  readonly login?: 'in' | 'selected'
}

export interface WebCase extends Case {
  readonly port: 'https'
}

/** Milliseconds, or counts, of a longer measurement. */
export interface Figure {
  readonly name: string
  readonly witnesses: readonly RequirementId[]
  readonly partly?: readonly RequirementId[]
  readonly n: number
  readonly p50?: number
  readonly p95?: number
  readonly max?: number
  /** Messages accepted and not delivered. */
  readonly lost?: number
  /** What the requirement allows: at most this many ms at p95 (or at most, where there is no p95). */
  readonly within?: number
}

/** What became of a message sent from `{me}` over submission, by a client that says EHLO client.example.org. */
export interface DeliveryCase {
  readonly name: string
  readonly witnesses: readonly RequirementId[]
  readonly partly?: readonly RequirementId[]
  readonly smallMailboxes?: true
  readonly to: string
  /** Header fields as sent; a name alone stands for the usual value. */
  readonly sent: readonly string[]
  /** Header fields as delivered to `{you}`; a name alone: as sent. */
  readonly delivered?: readonly string[]
  /** Names of fields that are not in the delivered message. */
  readonly removed?: readonly string[]
  /** Words that the delivered message has not; `{client}` is the address the client came from. */
  readonly nowhere?: readonly string[]
  /** Words of the delivery report that comes to `{me}` instead. */
  readonly report?: readonly string[]
}
