// The rate limit of submission: a generic cell rate algorithm per sender, as deployed filters use it.
import type { LimitsBehaviour } from './behaviour/limits.ts'
import type { Clock } from './clock.ts'

export interface RateLimit {
  /** True when this transaction may go ahead; a refusal costs nothing. */
  take(sender: string): boolean
}

/** Senders remembered at most; the oldest go first. */
const mostSenders = 100_000

export function createRateLimit(limits: () => LimitsBehaviour, clock: Clock): RateLimit {
  /** Theoretical arrival time per key, milliseconds. */
  const arrivals = new Map<string, number>()
  const blockedUntil = new Map<string, number>()
  return {
    take(sender) {
      const { perMinute, burst, rateKey, rateBlockSeconds } = limits()
      if (perMinute === 0) return true
      const key = { sender: sender.toLowerCase(), 'sender-as-written': sender, everyone: '' }[rateKey]
      const now = clock.now()
      if ((blockedUntil.get(key) ?? 0) > now) return false
      const interval = 60_000 / perMinute
      const arrival = Math.max(now, arrivals.get(key) ?? now)
      if (arrival - now > interval * Math.max(0, burst - 1)) {
        if (rateBlockSeconds > 0) blockedUntil.set(key, now + rateBlockSeconds * 1000)
        return false
      }
      arrivals.delete(key)
      arrivals.set(key, arrival + interval)
      if (arrivals.size > mostSenders) {
        const oldest = arrivals.keys().next().value
        if (oldest !== undefined) arrivals.delete(oldest)
      }
      return true
    },
  }
}
