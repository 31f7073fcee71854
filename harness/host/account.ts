// An account on the checked host, and where accounts are kept between runs.

export interface Account {
  /** Full address, which is also the login name: `ci-abc123@chat.example`. */
  readonly address: string
  readonly password: string
  /** ISO date of the first login, when we made it. */
  readonly created?: string
  /** fresh: made in this run; cached: made in an earlier one; given: brought by `--accounts`. */
  readonly origin: 'fresh' | 'cached' | 'given'
}

/** Accounts known for one host. Writes never lose what is there. */
export interface AccountStore {
  /** False when accounts are given and none may be created. */
  readonly mayCreate: boolean
  /** Where accounts stay for the next run, one `.json` file each; undefined when they end with the process. */
  readonly folder?: string
  /** Without those that another process has claimed. */
  load(): Promise<readonly Account[]>
  /**
   * Takes one for this process alone, until it ends; false: another process of this machine has it. Absent where no other process
   * can know the accounts.
   */
  claim?(address: string): Promise<boolean>
  /** Remembers an account made in this run. */
  remember(account: Account): Promise<void>
  /** Forgets one that the host does not let in any more. */
  forget(address: string): Promise<void>
}
