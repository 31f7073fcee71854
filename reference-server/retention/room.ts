// Makes room in a mailbox that fills up, oldest mail of INBOX first. Used by the daily job, and whenever mail is stored.
import type { RetentionBehaviour } from '../behaviour/retention.ts'
import type { MailStore } from '../mailbox/store.ts'

const hour = 3_600_000

/** The account is so full that new mail has to make room. */
export function isCrowded(store: MailStore, rules: RetentionBehaviour, quotaBytes: number): boolean {
  const { roomAbovePercent } = rules
  return roomAbovePercent > 0 && quotaBytes > 0 && store.usageBytes > (quotaBytes * roomAbovePercent) / 100
}

/**
 * Brings INBOX down to its share of the quota; answers how many messages went. Age here is the time since a message was
 * stored, whatever its INTERNALDATE, so that what came today stays.
 */
export function makeRoom(
  { inbox }: MailStore,
  rules: RetentionBehaviour,
  at: { readonly now: number; readonly quotaBytes: number },
): number {
  const { roomToPercent, roomSparesHours, roomTakes } = rules
  const most = (at.quotaBytes * roomToPercent) / 100
  if (at.quotaBytes === 0 || inbox.bytes <= most) return 0
  // UIDs ascend in the order of storing, and so do the times.
  const order = roomTakes === 'oldest' ? inbox.messages : [...inbox.messages].reverse()
  let left = inbox.bytes
  const going: number[] = []
  for (const { uid, saved, size } of order) {
    if (left <= most) break
    if (roomSparesHours > 0 && saved > at.now - roomSparesHours * hour) {
      if (roomTakes === 'oldest') break
      continue
    }
    going.push(uid)
    left -= size
  }
  return inbox.expunge(going).length
}
