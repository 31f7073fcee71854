// Timing and policy where nobody said anything else.
import type { Budget, Policy, Timing } from './host.ts'

/** For hosts across a network. */
export const liveTiming: Timing = { connect: 10_000, reply: 20_000, arrival: 30_000, check: 120_000, backoff: 5_000 }

/** For hosts in this process or on this machine. */
export const localTiming: Timing = { connect: 3_000, reply: 4_000, arrival: 4_000, check: 30_000, backoff: 500 }

/** What a run of each profile may ask of somebody else's host. The plan, which is announced, stays below. */
export const profileBudgets = {
  quick: { freshAccounts: 10, messages: 60, connections: 600 },
  list: { freshAccounts: 25, messages: 320, connections: 1_200 },
  full: { freshAccounts: 120, messages: 900, connections: 1_700 },
} as const satisfies Record<string, Budget>

export const unlimitedBudget: Budget = { freshAccounts: 1_000, messages: 10_000, connections: 20_000 }

/** What the chatmail relay deployment (1.12, `chatmail.ini`) chooses. */
export const defaultPolicy: Policy = {
  retentionDays: { value: 20, from: 'default' },
  largeRetentionDays: { value: 7, from: 'default' },
  idleAccountDays: { value: 90, from: 'default' },
  messageBytes: { value: 31_457_280, from: 'default' },
  sendPerMinute: { value: 60, from: 'default' },
  sendBurst: { value: 10, from: 'default' },
  mailboxBytes: { value: 500 * 1024 * 1024, from: 'default' },
  localpartMin: { value: 9, from: 'default' },
  localpartMax: { value: 9, from: 'default' },
  passwordMin: { value: 9, from: 'default' },
}
