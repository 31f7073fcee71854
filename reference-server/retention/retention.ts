// The clean-up of the server: once a day by its clock, by hand, and at once where a mailbox fills up. Used by startReference.
import type { Accounts, User } from '../accounts.ts'
import type { Behaviour } from '../behaviour/index.ts'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal.ts'
import { type Expired, expire } from './expiry.ts'
import { isCrowded, makeRoom } from './room.ts'

const minute = 60_000
const day = 86_400_000

export interface Retention {
  /** The daily job, now. */
  run(): Expired
  /** A message was stored for this user. */
  stored(user: Pick<User, 'address' | 'store'>): void
  close(): void
}

/** Arms the daily job. */
export function startRetention(options: {
  readonly accounts: Accounts
  readonly behaviour: () => Behaviour
  readonly clock: Clock
  readonly journal: Journal
}): Retention {
  const { accounts, behaviour, clock, journal } = options
  const quotaBytes = () => behaviour().imap.quota.limitKib * 1024

  const run = () => {
    const expired = expire(accounts, behaviour().retention, { now: clock.now(), quotaBytes: quotaBytes() })
    journal.add('server', `expired ${expired.messages} messages and ${expired.accounts} accounts`)
    return expired
  }
  let disarm = () => {}
  const arm = () => {
    const { jobAtMinute } = behaviour().retention
    disarm = clock.after(untilNext(clock.now(), (jobAtMinute ?? 0) * minute), () => {
      // Armed first: a job that fails must not be the last one.
      arm()
      if (behaviour().retention.jobAtMinute !== null) run()
    })
  }
  arm()
  return {
    run,
    stored({ address, store }) {
      const rules = behaviour().retention
      if (!isCrowded(store, rules, quotaBytes())) return
      const removed = makeRoom(store, rules, { now: clock.now(), quotaBytes: quotaBytes() })
      if (removed > 0) journal.add('delivery', `${address} was nearly full: removed ${removed} old messages`)
    },
    close: () => disarm(),
  }
}

/** Milliseconds to the next time of day, which is never now. */
function untilNext(now: number, timeOfDay: number): number {
  const today = Math.floor(now / day) * day + timeOfDay
  return today > now ? today - now : today + day - now
}
