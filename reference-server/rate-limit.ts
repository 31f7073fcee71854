// The rate limit of submission: a generic cell rate algorithm per sender, as deployed filters use it, or a sliding window.
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
  /** Times of the transactions of the last minute per key, for the window. */
  const recent = new Map<string, readonly number[]>()
  const blockedUntil = new Map<string, number>()
  return {
    take(sender) {
      const { perMinute, burst, rateKey, rateBlockSeconds, rateMeter } = limits()
      if (perMinute === 0) return true
      const key = { sender: sender.toLowerCase(), 'sender-as-written': sender, everyone: '' }[rateKey]
      const now = clock.now()
      if ((blockedUntil.get(key) ?? 0) > now) return false
      const block = () => {
        if (rateBlockSeconds > 0) remember(blockedUntil, key, now + rateBlockSeconds * 1000)
        return false
      }
      if (rateMeter === 'window') {
        const times = (recent.get(key) ?? []).filter((time) => time >= now - 60_000)
        if (times.length > perMinute) return block()
        remember(recent, key, [...times, now])
        return true
      }
      const interval = 60_000 / perMinute
      const arrival = Math.max(now, arrivals.get(key) ?? now)
      if (arrival - now > interval * Math.max(0, burst - 1)) return block()
      remember(arrivals, key, arrival + interval)
      return true
    },
  }
}

/** Puts the key last, and forgets the first where there are too many. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= mostSenders) return
  const oldest = map.keys().next().value
  if (oldest !== undefined) map.delete(oldest)
}
