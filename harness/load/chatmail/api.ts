// What a scenario file gets for `import ... from 'chatmail'`, as types. The implementation is made for each virtual user.

export interface PairOptions {
  /** Milliseconds from one message to the next; the first is due as long after the iteration was. Default: 1000. */
  readonly every?: number
}

/** What the server said to one message. */
export interface Sent {
  readonly accepted: boolean
  /** It was turned away by a limit of the server, such as messages a minute: neither slow nor wrong. */
  readonly limited: boolean
  readonly reason?: string
}

/** What became of the messages of a session. */
export interface Account {
  readonly accepted: number
  /** Of these, not there when it was given up waiting. */
  readonly lost: number
}

/** Two accounts of this virtual user, one writing to the other; they take turns from session to session. */
export interface Pair {
  /** Sends the next message when it is due, or at once when that has passed; delays are counted from when it was due. */
  send(): Promise<Sent>
  /** Waits until everything accepted has arrived, for 10 seconds at most unless told otherwise (milliseconds). */
  settle(atMost?: number): Promise<Account>
  close(): Promise<void>
}

/** Opens both sessions: IMAP of one account, idling, and submission of the other. */
export declare function openPair(options?: PairOptions): Promise<Pair>
