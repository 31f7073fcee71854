// The daily clean-up: messages by age, large ones sooner, accounts nobody used. Run by the `expire` power of a host.
import type { Accounts } from './accounts.ts'
import type { RetentionBehaviour } from './behaviour/retention.ts'
import type { Clock } from './clock.ts'
import type { Journal } from './journal.ts'

const day = 86_400_000

export function expire(
  accounts: Accounts,
  rules: RetentionBehaviour,
  { clock, journal }: { readonly clock: Clock; readonly journal: Journal },
): void {
  const now = clock.now()
  const olderThan = (days: number, at: number) => days > 0 && at < now - days * day
  let removed = 0
  for (const { store } of accounts.list()) {
    for (const mailbox of store.list()) {
      const old = mailbox.messages.filter(
        ({ internalDate, size, uid }) =>
          olderThan(rules.messageDays, internalDate) ||
          // Seen by a client session, though not necessarily read.
          (olderThan(rules.largeDays, internalDate) && size > rules.largeBytes && uid < mailbox.recentFrom),
      )
      removed += old.length
      mailbox.expunge(old.map((message) => message.uid))
    }
  }
  const idle = rules.accountDays > 0 ? accounts.idleSince(now - rules.accountDays * day) : []
  for (const { address } of idle) accounts.remove(address)
  journal.add('server', `expired ${removed} messages and ${idle.length} accounts`)
}
