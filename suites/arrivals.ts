// Which messages have arrived, for batches: each member is judged by itself, so that nothing is recorded here.
import type { CheckContext } from '../harness/check/types.ts'
import type { Account } from '../harness/host/account.ts'

interface HasMessageId {
  readonly messageId: string
}

/** Looks until all of these are in the INBOX or `within` (default: the host's arrival time) has passed; those that are. */
export async function arrivals(
  t: CheckContext,
  account: Account,
  wanted: readonly HasMessageId[],
  within: number = t.host.timing.arrival,
): Promise<ReadonlySet<string>> {
  const inbox = t.inbox(account)
  const until = t.now() + within
  for (let wait = 5; ; wait = Math.min(wait * 1.5, 500)) {
    const there = new Set((await inbox.minted()).map(({ messageId }) => messageId))
    if (wanted.every(({ messageId }) => there.has(messageId)) || t.now() >= until) return there
    await t.pause(wait)
  }
}
