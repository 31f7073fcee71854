// Every decision of the IMAP side, grouped; the first value of each union is what a good server does. Sessions read it,
// defects are deep partials of it, variants choose among what is permitted. The values are in imap.ts.
import type { StorageBehaviour } from '../mailbox/message.ts'

/** Names of commands as clients write them, upper-case; with UID in front where it belongs: `UID MOVE`. */
type CommandNames = readonly string[]

export interface ImapBehaviour {
  readonly storage: StorageBehaviour
  readonly handshake: {
    /** Protocols the server admits by ALPN; empty: it does not look at ALPN, as Dovecot. */
    readonly alpn: readonly string[]
    readonly withoutServerName: 'accepted' | 'refused'
    /** On 993. */
    readonly delayMs: number
  }
  readonly greeting: {
    readonly kind: 'ok' | 'bye' | 'silent' | 'garbage'
    readonly showsCapabilities: boolean
    readonly delayMs: number
  }
  readonly capabilities: {
    /** Inside TLS, before login. */
    readonly preAuth: readonly string[]
    /** On the STARTTLS port before STARTTLS. */
    readonly cleartext: readonly string[]
    readonly postAuth: readonly string[]
    /** Taken out of every list; the feature itself still works. */
    readonly withheld: readonly string[]
    /** Put into the list after login, whether or not the feature is there. */
    readonly claimed: readonly string[]
    /** How LOGIN tells the new list; `absent` is legal, clients then ask. */
    readonly inLoginReply: 'code' | 'untagged' | 'absent'
  }
  readonly commands: {
    /** BAD unknown command. */
    readonly unknown: CommandNames
    /** NO, nothing done. */
    readonly refused: CommandNames
    /** OK, nothing done. */
    readonly ignored: CommandNames
    /** Never answered. */
    readonly unanswered: CommandNames
    /** The connection is closed instead of an answer. */
    readonly disconnecting: CommandNames
    readonly tags: 'echoed' | 'upper-cased' | 'star'
    /** `refused`: a tag used before on this connection gets BAD. Core starts again at A0001 after COMPRESS. */
    readonly repeatedTags: 'accepted' | 'refused' | 'refused-when-compressed'
    /** What happens to a command that does not exist. */
    readonly nonsense: 'bad' | 'silent' | 'disconnects'
    readonly names: 'any-case' | 'upper-case-only'
    /** `metadata-open`: GETMETADATA works before login; `all-ok`: what needs a login gets OK before it. */
    readonly beforeLogin: 'refused' | 'metadata-open' | 'all-ok'
    readonly pipelining: 'in-order' | 'drops-rest'
    readonly delayMs: number
    /** BYE and close after so many BAD answers in a row; 0: never. */
    readonly badUntilBye: number
  }
  readonly limits: {
    readonly lineBytes: number
    /** Literals outside APPEND. */
    readonly literalBytes: number
    /** APPEND's literal. */
    readonly messageBytes: number
    readonly tooLongLine: 'bad' | 'bye' | 'silent'
    /** `awaited`: the client is told to go on, whatever it announced; the octets are dropped. */
    readonly tooLargeLiteral: 'refused' | 'awaited' | 'silent'
    readonly beforeLoginMs: number
    readonly inactiveMs: number
    /** Connections at once on each port, in all and from one client address; 0: no limit. */
    readonly connections: number
    readonly connectionsPerClient: number
    /** Connections logged in at once to one account; 0: no limit. */
    readonly sessionsPerAccount: number
  }
  readonly literals: {
    readonly synchronizing: 'accepted' | 'refused'
    /** LITERAL+ (RFC 7888). `waits`: the server sends a continuation for it as well. */
    readonly nonSynchronizing: 'accepted' | 'refused' | 'waits'
  }
  readonly login: {
    /** `kept`: `\"` in a quoted string stays two characters. */
    readonly quotedEscapes: 'removed' | 'kept'
    /** Characters of the password that count; 0: all. */
    readonly passwordCutAt: number
    readonly overCleartext: 'refused' | 'accepted'
    readonly failure: 'no' | 'bad' | 'bye'
    readonly failureCode: string
    /** Dovecot waits about 2 s; in-process nobody has to. */
    readonly authFailureDelayMs: number
    readonly delayMs: number
    /** Failed logins until BYE; 0: never. */
    readonly failuresUntilBye: number
    /** `sticks`: after one failure this connection never gets in. */
    readonly afterFailure: 'forgets' | 'sticks'
  }
  readonly authenticate: {
    readonly initialResponse: 'accepted' | 'ignored'
    readonly continuation: 'accepted' | 'refused'
    /** Mechanisms but PLAIN. */
    readonly others: 'refused' | 'taken-as-plain'
    /** An authorization identity that is somebody else. */
    readonly foreignIdentity: 'refused' | 'ignored'
  }
  readonly starttls: {
    /** What came in one packet behind the STARTTLS line (CVE-2011-0411). */
    readonly injected: 'discarded' | 'executed'
  }
  readonly list: {
    readonly inbox: 'listed' | 'missing'
    readonly patterns: 'honoured' | 'ignored'
    readonly childrenFlags: boolean
    /** SPECIAL-USE attributes by mailbox name. */
    readonly specialUse: Readonly<Record<string, string>>
    /** Made at login when not there. */
    readonly precreated: readonly string[]
    readonly lsub: 'subscribed' | 'nothing'
  }
  /** `below-inbox`: users make mailboxes below INBOX only. */
  readonly namespace: { readonly personal: 'shown' | 'nil' | 'below-inbox' }
  readonly id: { readonly answer: 'fields' | 'nil' | 'absent'; readonly fields: Readonly<Record<string, string>> }
  readonly enable: { readonly announces: boolean }
  readonly select: {
    readonly uidValidity: 'shown' | 'absent'
    readonly uidNext: 'shown' | 'absent'
    readonly exists: 'shown' | 'absent' | 'zero'
    readonly recent: 'shown' | 'absent'
    readonly flags: 'shown' | 'absent'
    readonly permanentFlags: 'shown' | 'absent' | 'none'
    readonly unseen: 'shown' | 'absent'
    readonly highestModseq: 'when-enabled' | 'always' | 'absent'
    /** `command-name`: `[SELECT]` or `[EXAMINE]`, as madmail says. */
    readonly accessCode: 'shown' | 'absent' | 'read-only' | 'command-name'
    readonly missingMailbox: 'refused' | 'created' | 'empty'
    readonly inboxName: 'any-case' | 'upper-case-only'
    readonly examine: 'read-only' | 'read-write'
    /** `what-was-announced`: mail that came while nothing was selected stays unseen; `as-at-login`: all that came later. */
    readonly freshness: 'current' | 'what-was-announced' | 'as-at-login'
    readonly failedSelect: 'deselects' | 'keeps'
    readonly delayMs: number
  }
  readonly uids: {
    /** `renumbered`: UIDs are sequence numbers, given anew by each SELECT. */
    readonly values: 'stable' | 'renumbered'
    /** `behind`: the highest UID there is; `stuck`: always 1; `ahead`: ten too many. */
    readonly uidNext: 'advances' | 'behind' | 'stuck' | 'ahead'
    readonly uidValidity: 'stable' | 'per-session' | 'per-select' | 'zero'
  }
  readonly close: { readonly expunges: boolean; readonly announces: boolean; readonly deselects: boolean }
  readonly unselect: { readonly expunges: boolean }
  readonly expunge: {
    readonly removes: 'deleted' | 'nothing' | 'everything'
    readonly announces: boolean
    /** `unadjusted`: numbers as they were before the first EXPUNGE of the batch. */
    readonly numbers: 'adjusted' | 'unadjusted'
    /** UID EXPUNGE's set. */
    readonly set: 'honoured' | 'ignored'
  }
  readonly idle: {
    readonly continuation: 'sent' | 'absent' | 'tagged-ok'
    readonly needsSelected: boolean
    readonly notifies: 'at-once' | 'at-done' | 'never'
    readonly notifyDelayMs: number
    /** Notices after which the session is forgotten; 0: never. */
    readonly forgetsAfterNotices: number
    /** Idle time after which the session is forgotten, as if its watch had run out; 0: never. */
    readonly forgetsAfterMs: number
    readonly done: 'ends' | 'ignored' | 'disconnects'
    readonly doneReply: 'ok' | 'bad' | 'absent'
    /** `* OK Still here` so often; 0: never. Core wants a line within 5 minutes. */
    readonly keepaliveMs: number
    /** The connection is closed so long after IDLE began; 0: never. */
    readonly closesAfterMs: number
    /** What is told of mail that came before IDLE and was not yet announced. */
    readonly pending: 'told' | 'forgotten'
  }
  readonly updates: {
    /** Which sessions of an account hear of a change. */
    readonly sessions: 'all' | 'newest' | 'none'
    readonly exists: 'right' | 'one-low' | 'one-high' | 'absent'
    readonly recent: 'shown' | 'absent'
    readonly expunges: 'told' | 'absent'
    /** `of-next`: with the number of the message behind it. */
    readonly flags: 'told' | 'absent' | 'of-next'
    readonly noop: 'reports' | 'silent'
    readonly otherCommands: 'report' | 'silent'
    /** RFC 3501 7.4.1: no EXPUNGE while FETCH, STORE or SEARCH by number runs. */
    readonly expungeDuringFetch: 'held-back' | 'sent'
  }
  readonly fetch: {
    readonly uid: 'in-uid-fetch' | 'absent' | 'wrong'
    readonly size: 'exact' | 'without-cr' | 'absent' | 'zero'
    readonly body: 'as-stored' | 'bare-lf' | 'cut' | 'empty' | 'extra-crlf' | 'eighth-bit-lost'
    /** Octets after which `cut` cuts. */
    readonly cutAt: number
    readonly literalLength: 'right' | 'one-short'
    /** `first-lines`: folded fields are cut at their first line. */
    readonly headerFields: 'asked' | 'case-sensitive' | 'all' | 'none' | 'no-blank-line' | 'first-lines'
    readonly peek: 'leaves-unseen' | 'sets-seen'
    readonly bodySetsSeen: boolean
    readonly partial: 'honoured' | 'ignored'
    readonly internalDate: 'stored' | 'now' | 'epoch'
    readonly flags: 'right' | 'none' | 'absent'
    /** `*` in sets is the highest there is. */
    readonly star: 'highest' | 'nothing'
    /** `n:*` with n above the highest gives the last message (RFC 3501 6.4.8). */
    readonly openRange: 'gives-last' | 'gives-nothing'
    readonly ranges: 'honoured' | 'first-only'
    readonly missingUids: 'skipped' | 'refused'
    readonly hidesDeleted: boolean
    /** Messages of more octets are refused; 0: none. */
    readonly refusesAbove: number
    readonly envelope: 'right' | 'nil' | 'refused'
    /** `extra-part`: what follows the last boundary is a part, too. */
    readonly bodyStructure: 'right' | 'always-text' | 'extra-part' | 'refused'
    readonly modseq: 'right' | 'absent'
    readonly replies: 'all' | 'first-only' | 'none' | 'twice'
    /** `apart`: each item in a FETCH reply of its own; allowed by the grammar, yet core and imapflow do not bear it. */
    readonly items: 'together' | 'apart'
    readonly delayMs: number
  }
  readonly store: {
    readonly adds: 'works' | 'replaces' | 'refused'
    readonly removes: 'works' | 'ignored'
    readonly reply: 'fetch' | 'absent'
    readonly silent: 'respected' | 'ignored'
    readonly keywords: 'kept' | 'dropped' | 'refused'
    readonly deleted: 'kept' | 'dropped' | 'expunges-at-once'
  }
  readonly append: {
    readonly flags: 'kept' | 'dropped'
    readonly date: 'kept' | 'dropped'
    readonly body: 'as-sent' | 'bare-lf' | 'cut-at-nul'
    readonly appendUid: 'shown' | 'absent' | 'wrong'
    readonly missingMailbox: 'trycreate' | 'plain-no' | 'created'
    readonly overQuota: 'refused-before-literal' | 'refused-after-literal' | 'accepted'
    readonly overSize: 'refused-before-literal' | 'refused-after-literal' | 'accepted'
    readonly stores: 'once' | 'never' | 'twice'
    /** `encrypted-only`: what is not multipart/encrypted gets NO [ENCRYPTED] (madmail). */
    readonly accepts: 'anything' | 'encrypted-only'
    readonly announces: boolean
  }
  readonly copy: {
    readonly flags: 'kept' | 'dropped'
    readonly date: 'kept' | 'dropped'
    readonly copyUid: 'shown' | 'absent' | 'wrong'
    readonly missingMailbox: 'trycreate' | 'plain-no' | 'created'
    readonly copies: boolean
    readonly moveRemoves: boolean
    /** twice: at once, and again with the news. */
    readonly moveAnnounces: 'once' | 'twice' | 'never'
  }
  readonly search: {
    readonly finds: 'matching' | 'nothing' | 'everything'
    readonly numbers: 'as-asked' | 'always-sequence'
    readonly untagged: 'always' | 'only-with-hits'
  }
  readonly status: {
    readonly uidNext: 'right' | 'stuck' | 'absent'
    readonly messages: 'right' | 'zero'
    readonly unseen: 'right' | 'zero'
    readonly onSelected: 'answered' | 'refused'
  }
  readonly condstore: {
    readonly modseq: 'advances' | 'constant'
    readonly changedSince: 'honoured' | 'ignored'
    readonly unchangedSince: 'honoured' | 'ignored'
  }
  readonly quota: {
    readonly root: string
    /** Units of 1024 octets, RFC 2087. */
    readonly limitKib: number
    readonly usage: 'right' | 'zero' | 'full' | 'in-bytes'
    /** `no-limit`: a root that limits nothing. */
    readonly answers: 'root-and-quota' | 'no-limit' | 'root-only' | 'nothing'
    readonly missingMailbox: 'refused' | 'answered'
  }
  readonly metadata: {
    /** Values put in place of what the account has, `{domain}` is its domain; null: NIL. */
    readonly overrides: Readonly<Record<string, string | null>>
    /** Keys never answered, though the command is OK. */
    readonly omitted: readonly string[]
    readonly missing: 'nil' | 'omitted' | 'refused'
    readonly keys: 'all' | 'first-only'
    readonly tokens: 'appended' | 'replaced' | 'forgotten' | 'last-session-only'
    /** `everyone`: tokens of all accounts are shown to each. */
    readonly tokensShownTo: 'owner' | 'everyone'
    /** What a set NIL does to the tokens; the recorded relay does nothing. */
    readonly nil: 'ignored' | 'removes'
    readonly emptyTokens: 'empty-string' | 'nil' | 'omitted'
    /** Setting `/private/messagenew` wakes the own devices, or is refused as other private keys are. */
    readonly messageNew: 'wakes' | 'as-others'
    readonly otherPrivateKeys: 'refused' | 'kept'
    readonly sharedKeys: 'refused' | 'writable'
    /** Tokens that come as a literal instead of a quoted string. */
    readonly literalTokens: 'kept' | 'dropped' | 'refused'
    readonly maxSize: 'honoured' | 'ignored'
    readonly depth: 'honoured' | 'ignored'
    /** Tokens kept for one account. */
    readonly tokenLimit: number
  }
  readonly compress: {
    readonly answer: 'ok' | 'no' | 'bad'
    /** What follows the OK. */
    readonly afterwards: 'deflate' | 'plain' | 'silence'
    readonly again: 'refused' | 'accepted'
  }
  readonly logout: { readonly bye: boolean; readonly closes: boolean }
  readonly wording: ImapWording
}

/** Ways of saying the same; no client may depend on them. Only variants touch these. */
interface ImapWording {
  readonly greeting: string
  readonly loggedIn: string
  readonly byeText: string
  readonly idling: string
  /** `Fetch completed (0.001 + 0.000 secs).` or only `Fetch completed.` */
  readonly timings: boolean
  readonly unknownCommand: string
  readonly metadataStrings: 'literal' | 'quoted'
  readonly mailboxNames: 'atom' | 'quoted'
  readonly selectOrder: readonly SelectLine[]
  /** Header and other short sections as quoted strings where that is possible. */
  readonly shortStrings: 'literal' | 'quoted'
  /** In which order the items of a FETCH reply stand. */
  readonly fetchOrder: 'asked' | 'reversed'
  readonly extraUntaggedOk: boolean
  readonly recentBeforeExists: boolean
}

export type SelectLine =
  | 'flags'
  | 'permanentFlags'
  | 'exists'
  | 'recent'
  | 'unseen'
  | 'uidValidity'
  | 'uidNext'
  | 'modseq'
