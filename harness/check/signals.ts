// What ends a check early. Each is a class of its own because the verdict depends on which it was.

/** A control is unmet: the scene could not be set. */
export class ControlUnmet extends Error {
  readonly coveredBy: string | undefined

  constructor(what: string, got: string, coveredBy: string | undefined) {
    super(`could not set the scene: ${what}; got ${got}${coveredBy ? ` (see ${coveredBy})` : ''}`)
    this.name = 'ControlUnmet'
    this.coveredBy = coveredBy
  }
}

/** The check itself says that the feature is not offered. */
export class Unsupported extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Unsupported'
  }
}

/** The check itself says that it cannot tell. */
export class Undecided extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Undecided'
  }
}

/** The server asked us to slow down and did not relent within the check's time. */
export class Throttled extends Error {
  constructor(reply: string) {
    super(`throttled: ${reply}`)
    this.name = 'Throttled'
  }
}

/** The budget does not allow another account, message or connection. */
export class BudgetSpent extends Error {
  constructor(what: string, limit: number) {
    super(`budget spent: at most ${limit} ${what} on this host`)
    this.name = 'BudgetSpent'
  }
}
