// How much work the bench does: enough to tell, or as little as shows that it runs. Used by the bench.

export interface Sizes {
  /** Of one round of a contest. */
  readonly messages: number
  readonly mailbox: number
  readonly rounds: number
  /** Idling sessions of the contest in memory, and of the crowd that one process holds. */
  readonly crowd: number
  readonly sessions: number
  /** Iterations a second, and seconds. */
  readonly starts: number
  readonly seconds: number
  readonly messagesEach: number
  readonly logins: number
  readonly latencies: number
}

export const full: Sizes = {
  messages: 400,
  mailbox: 200,
  rounds: 3,
  crowd: 1_000,
  sessions: 5_000,
  starts: 1_000,
  seconds: 5,
  messagesEach: 1_000,
  logins: 1_500,
  latencies: 300,
}

export const tiny: Sizes = {
  messages: 10,
  mailbox: 5,
  rounds: 1,
  crowd: 64,
  sessions: 64,
  starts: 50,
  seconds: 1,
  messagesEach: 10,
  logins: 20,
  latencies: 10,
}
