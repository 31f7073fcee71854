// Decisions about how long mail and accounts stay. Read by retention/, accounts.ts and the privacy page.

export interface RetentionBehaviour {
  /** When the daily job runs, minutes after midnight UTC; null: only by hand. */
  readonly jobAtMinute: number | null

  /** Days after which a message is removed; 0: never. */
  readonly messageDays: number
  /** What counts as a message's age: INTERNALDATE, which APPEND may set, when it was stored here, or what its Date says. */
  readonly age: 'internal-date' | 'arrival' | 'date-header'
  /** exact: older by a millisecond is older; whole-days: only full days count, so a day more. */
  readonly ageIn: 'exact' | 'whole-days'
  readonly folders: 'all' | 'inbox'
  /** Messages that nobody has read stay where only read ones go. */
  readonly removes: 'all' | 'read'

  /** Large messages are removed after this many days; 0: as others. */
  readonly largeDays: number
  /** Larger than this is large. */
  readonly largeBytes: number
  /** As the server stores it (gzip), or as it came. */
  readonly largeSize: 'compressed' | 'raw'
  /** seen-by-client: a session has selected the mailbox since the message came. */
  readonly largeGoes: 'seen-by-client' | 'always'

  /** Days without a login until an account goes; the last login counts from the beginning of its day. 0: never. */
  readonly accountDays: number
  /** Logins over these keep an account alive; over others they only make one. */
  readonly loginCountsOver: readonly ('imap' | 'smtp')[]
  /** mail-kept: whoever takes the name next finds the old mail. */
  readonly removedAccount: 'all-gone' | 'mail-kept'

  /** Percent of the quota above which new mail makes room, by deleting from INBOX; 0: never, and the daily job neither. */
  readonly roomAbovePercent: number
  /** Percent of the quota to which INBOX is brought down, also by the daily job. */
  readonly roomToPercent: number
  readonly roomTakes: 'oldest' | 'newest'
  /** Messages that came within so many hours are spared. */
  readonly roomSparesHours: number
}

export const conformingRetention: RetentionBehaviour = {
  jobAtMinute: 2,
  messageDays: 20,
  age: 'internal-date',
  ageIn: 'exact',
  folders: 'all',
  removes: 'all',
  largeDays: 7,
  largeBytes: 200_000,
  largeSize: 'compressed',
  largeGoes: 'seen-by-client',
  accountDays: 90,
  loginCountsOver: ['imap'],
  removedAccount: 'all-gone',
  roomAbovePercent: 75,
  roomToPercent: 70,
  roomTakes: 'oldest',
  roomSparesHours: 24,
}
