// Decisions about how long mail and accounts stay. Read by expiry.ts and the privacy page.

export interface RetentionBehaviour {
  /** Days by INTERNALDATE after which expire() removes a message; 0: never. */
  readonly messageDays: number
  /** Messages over `largeBytes` go after this many days, once a client has seen the mailbox; 0: as others. */
  readonly largeDays: number
  readonly largeBytes: number
  /** Days without a login until an account goes; 0: never. */
  readonly accountDays: number
}

export const conformingRetention: RetentionBehaviour = {
  messageDays: 20,
  largeDays: 7,
  largeBytes: 200_000,
  accountDays: 90,
}
