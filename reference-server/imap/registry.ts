// Which sessions watch which mailbox, and how many an account has: for broken servers that only tell the newest one.
import type { Mailbox } from '../mailbox/mailbox.ts'
import type { MailStore } from '../mailbox/store.ts'

export interface Registry {
  readonly watchers: WeakMap<Mailbox, Set<object>>
  readonly logins: WeakMap<MailStore, number>
  /** Device tokens of all accounts in one pot: what a leaking server shows. */
  readonly allTokens: Set<string>
  /** Counts up wherever a value must differ each time. */
  readonly shifts: { count: number }
}

export function createRegistry(): Registry {
  return { watchers: new WeakMap(), logins: new WeakMap(), allTokens: new Set(), shifts: { count: 0 } }
}

/** The returned function ends it. */
export function watch(registry: Registry, mailbox: Mailbox, session: object): () => void {
  const set = registry.watchers.get(mailbox) ?? new Set()
  registry.watchers.set(mailbox, set)
  set.add(session)
  return () => set.delete(session)
}

export function isNewest(registry: Registry, mailbox: Mailbox, session: object): boolean {
  return [...(registry.watchers.get(mailbox) ?? [])].at(-1) === session
}
