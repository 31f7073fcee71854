// What a scenario file gets for `import ... from 'chatmail'`, as types. This is all of it, and the same everywhere: whoever runs
// scenario files implements it. Times are milliseconds; moments are milliseconds since 1970, as of Date.now().

/** What a run has to have ready before it begins. */
export interface Needs {
  /** Accounts of each virtual user. Default: 2. */
  readonly accounts?: number
  /** 2: mail goes from accounts on the first server to accounts on the second. Default: 1. */
  readonly servers?: 1 | 2
  /** New accounts that each iteration makes by `signUp`; told to the operator before the run. Default: 0. */
  readonly signUps?: number
  /** Octets of random attachments, by a name of letters and digits. Encrypted, a message has nearly twice as many. */
  readonly attachments?: Readonly<Record<string, number>>
}

/** To be called at most once, while the file is read, outside of functions. */
export declare function prepare(needs: Needs): void

export interface PairOptions {
  /** From one message to the next; the first is due as long after the iteration was. Default: 1000. */
  readonly every?: number
  /** The first account always writes; without it they take turns from session to session. Two servers: from A to B. */
  readonly oneWay?: boolean
}

export interface GroupOptions {
  /** As for a pair. */
  readonly every?: number
}

export interface SendOptions {
  /** A name that `prepare` was told; without it the message is a short text. */
  readonly attachment?: string
  /** To this member of a group alone, counted from 0; without it to all. */
  readonly to?: number
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
  /** Messages. */
  readonly accepted: number
  /** Of these, not there when it was given up waiting; in a group each copy counts. */
  readonly lost: number
}

export interface Return {
  /** When to come back; what was sent until then is due from then on. Default: now. */
  readonly at?: number
  /** How long to wait, from then on, for what has come in the meantime. Default: 10000. */
  readonly atMost?: number
}

/** One account of this virtual user writes, the others have their app open: IMAP, idling. */
export interface Chat {
  /** Sends the next message when it is due, or at once when that has passed; delays are counted from when it was due. */
  send(options?: SendOptions): Promise<Sent>
  /** Waits until everything accepted has arrived, for 10 seconds at most unless told otherwise. */
  settle(atMost?: number): Promise<Account>
  /** The receivers close their apps; one can go on sending. */
  goOffline(): Promise<void>
  /** They all open them again at the same moment, and fetch what waits for them. */
  comeBack(options?: Return): Promise<void>
  close(): Promise<void>
}

/** Opens a chat of two: IMAP of one account, idling, and submission of the other. */
export declare function openPair(options?: PairOptions): Promise<Chat>

/** Opens a chat of all accounts of this virtual user: the first writes, all others idle. */
export declare function openGroup(options?: GroupOptions): Promise<Chat>

/** What came of making an account. */
export interface SignUp {
  readonly made: boolean
  /** The server refused because it has too much to do, or makes no accounts now: neither slow nor wrong. */
  readonly limited: boolean
  readonly reason?: string
}

/** Makes a new account as an app does: logs in with a name and a password of its own choice, and opens the inbox. */
export declare function signUp(): Promise<SignUp>
