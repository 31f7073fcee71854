// Checks that mostly wait start first and run beside all others; this knows what they keep from the others. Used by run.ts.
import type { Unit } from './plan.ts'

export interface LongWaits {
  /** Accounts that those still running hold. */
  held(): number
  /** When the next of them ends, or at once when none runs. */
  nextEnd(): Promise<void>
  /** When all have ended; rejects when one of them did. */
  readonly ended: Promise<void>
}

export function startLongWaits(units: readonly Unit[], execute: (unit: Unit) => Promise<void>): LongWaits {
  const running = new Map<Unit, Promise<void>>()
  for (const unit of units) {
    running.set(
      unit,
      execute(unit).finally(() => running.delete(unit)),
    )
  }
  return {
    held: () => [...running.keys()].reduce((sum, unit) => sum + (unit.needs.accounts ?? 0), 0),
    nextEnd: () => Promise.race([...running.values(), ...(running.size === 0 ? [Promise.resolve()] : [])]),
    ended: Promise.all(running.values()).then(() => undefined),
  }
}
