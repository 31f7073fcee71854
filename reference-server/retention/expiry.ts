// The daily clean-up: messages by age, large ones sooner, idle accounts, room in full mailboxes. Used by the daily job.
import type { Accounts } from '../accounts.ts'
import type { RetentionBehaviour } from '../behaviour/retention.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import type { StoredMessage } from '../mailbox/message.ts'
import type { MailStore } from '../mailbox/store.ts'
import { isLargeCompressed } from './large.ts'
import { makeRoom } from './room.ts'

const day = 86_400_000

export interface Expired {
  readonly accounts: number
  readonly messages: number
}

/** `quotaBytes` 0: no quota. */
export function expire(
  accounts: Accounts,
  rules: RetentionBehaviour,
  at: { now: number; quotaBytes: number },
): Expired {
  const { now, quotaBytes } = at
  const idle = rules.accountDays > 0 ? accounts.idleSince(now - rules.accountDays * day) : []
  for (const { address } of idle) accounts.remove(address)
  let messages = 0
  for (const { store } of accounts.list()) {
    messages += expireMessages(store, rules, now)
    if (rules.roomAbovePercent > 0) messages += makeRoom(store, rules, { now, quotaBytes })
  }
  return { accounts: idle.length, messages }
}

function expireMessages(store: MailStore, rules: RetentionBehaviour, now: number): number {
  let removed = 0
  for (const mailbox of rules.folders === 'all' ? store.list() : [store.inbox]) {
    const old = mailbox.messages.filter((message) => isExpired(message, mailbox, rules, now))
    removed += mailbox.expunge(old.map(({ uid }) => uid)).length
  }
  return removed
}

function sinceWhen({ internalDate, saved, bytes }: StoredMessage, age: RetentionBehaviour['age']): number {
  if (age !== 'date-header') return age === 'internal-date' ? internalDate : saved
  const date = /^date:(.*)$/im.exec(Buffer.from(bytes).toString('latin1'))?.[1]
  return date === undefined ? internalDate : Date.parse(date)
}

function isExpired(message: StoredMessage, mailbox: Mailbox, rules: RetentionBehaviour, now: number): boolean {
  const { messageDays, largeDays, largeBytes } = rules
  const since = sinceWhen(message, rules.age)
  const older = (days: number) => {
    if (days === 0) return false
    return rules.ageIn === 'exact' ? since < now - days * day : Math.floor((now - since) / day) > days
  }
  if (rules.removes === 'read' && !message.flags.has('\\Seen')) return false
  if (older(messageDays)) return true
  if (!older(largeDays)) return false
  // Seen by a client session, though not necessarily read.
  if (rules.largeGoes === 'seen-by-client' && message.uid >= mailbox.recentFrom) return false
  if (rules.largeSize === 'raw') return message.size > largeBytes
  return isLargeCompressed(message, largeBytes)
}
