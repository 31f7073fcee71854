// The shapes of the replay: what a chatmail relay was recorded to answer, word for word, as a table of exchanges.
// The tables beside this file are written in them; the sessions play them.

/**
 * One recorded exchange. In the server's lines `{tag}`, `{domain}`, `{user}` (the login) and `{1}`, `{2}` (groups of the
 * pattern) stand for what differs from session to session, and further words for what the mailbox holds.
 */
export interface Exchange<State extends string> {
  /** States of the session in which it was recorded. */
  readonly in: readonly State[]
  /** The client's line, without tag and CRLF. */
  readonly client: RegExp
  /** Lines without CRLF. A line `messages` stands for the messages asked for. */
  readonly server: readonly string[]
  /** What the exchange does beside the words. */
  readonly does?: string
  /** The state after it, where it changes. */
  readonly becomes?: State
}

/** A message of the recordings: what the relay said of it at the end of DATA. */
export interface RecordedMessage {
  readonly reply: string
  /** What a message must look like to stand for it. */
  readonly looks: readonly RegExp[]
  readonly looksNot?: readonly RegExp[]
}

/** What a client asked that the relay was never asked while it was recorded. */
export class NotRecorded extends Error {}
