// How often one client may ask for an account: a bucket that leaks at a steady rate, as nginx limits requests. Used by /new.
import type { NewBehaviour } from '../behaviour/web.ts'
import type { Clock } from '../clock.ts'

/** Clients remembered; those whose bucket is empty go first. */
const mostClients = 10_000

export function createClientLimit(clock: Clock): {
  /** False: too often. What is refused does not count. */
  take(client: string, rules: NewBehaviour['clientLimit']): boolean
} {
  const buckets = new Map<string, { level: number; at: number }>()
  return {
    take(client, { perSecond, burst, key }) {
      if (perSecond <= 0) return true
      const now = clock.now()
      const name = key === 'address' ? client : ''
      const known = buckets.get(name)
      const level = known === undefined ? 0 : Math.max(0, known.level - ((now - known.at) / 1_000) * perSecond) + 1
      if (level > burst) return false
      if (buckets.size >= mostClients) {
        for (const [one, { level: old, at }] of buckets) {
          if (old <= ((now - at) / 1_000) * perSecond || buckets.size >= mostClients) buckets.delete(one)
        }
      }
      buckets.set(name, { level, at: now })
      return true
    },
  }
}
