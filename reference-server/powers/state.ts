// Going back in time: snapshots of accounts and mail, and the way back to the start. Powers of a test suite.
import type { Accounts } from '../accounts.ts'
import type { Behaviour } from '../behaviour/index.ts'
import type { Faults } from '../faults.ts'
import type { Journal } from '../journal.ts'
import type { SavedState } from '../storage/types.ts'
import { NoSuchThing } from './no-such-thing.ts'

/**
 * A snapshot holds accounts, mailboxes, flags and metadata; not the clock, faults, decisions, and mail on its way to other
 * servers. Sessions that have a mailbox open are ended by `restore` and `reset`.
 */
export interface StatePowers {
  /** Keeps the state under a name; an older snapshot of that name is gone. Throws when there are too many. */
  snapshot(name: string): void
  /** Throws NoSuchThing for a name that was never given to a snapshot. */
  restore(name: string): void
  forget(name: string): void
  snapshots(): readonly string[]
  /** No faults, the behaviour of the start, and the accounts and mail there were when `markStart` was last called. */
  reset(): void
  /** What `reset` goes back to is what is there now. Without it, a server without accounts. */
  markStart(): void
}

const mostSnapshots = 50

export function createStatePowers(options: {
  readonly accounts: Accounts
  readonly faults: Faults
  readonly journal: Journal
  readonly atStart: Behaviour
  readonly exchange: (behaviour: Behaviour) => void
}): StatePowers {
  const { accounts, faults, journal, atStart, exchange } = options
  const kept = new Map<string, SavedState>()
  let start: SavedState = { accounts: [], stores: [] }
  return {
    snapshot(name) {
      if (!kept.has(name) && kept.size >= mostSnapshots) throw new RangeError(`no more than ${mostSnapshots} snapshots`)
      kept.set(name, accounts.save())
      journal.add('server', `snapshot ${name}`)
    },
    restore(name) {
      const saved = kept.get(name)
      if (saved === undefined) throw new NoSuchThing(`there is no snapshot ${name}`)
      accounts.restore(saved)
      journal.add('server', `restored ${name}`)
    },
    forget(name) {
      if (!kept.delete(name)) throw new NoSuchThing(`there is no snapshot ${name}`)
    },
    snapshots: () => [...kept.keys()],
    reset() {
      faults.clear()
      exchange(atStart)
      accounts.restore(start)
      journal.add('server', 'reset')
    },
    markStart() {
      start = accounts.save()
    },
  }
}
