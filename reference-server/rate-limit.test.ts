// Tests of the rate limit.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conformingLimits } from './behaviour/limits.ts'
import { virtualClock } from './clock.ts'
import { createRateLimit } from './rate-limit.ts'

test('ten at once, then one a second, and a refusal costs nothing', async () => {
  const clock = virtualClock()
  const limit = createRateLimit(() => conformingLimits, clock)
  const granted = () => Array.from({ length: 15 }, () => limit.take('a@chat.test')).filter(Boolean).length
  expect(granted()).toBe(10)
  await clock.advance(1_000)
  expect(granted()).toBe(1)
  await clock.advance(60_000)
  expect(granted()).toBe(10)
})

test('a window lets one more than its number pass within any minute', async () => {
  const clock = virtualClock()
  const limit = createRateLimit(() => ({ ...conformingLimits, rateMeter: 'window' }), clock)
  const granted = () => Array.from({ length: 70 }, () => limit.take('a@chat.test')).filter(Boolean).length
  expect(granted()).toBe(61)
  await clock.advance(59_000)
  expect(granted()).toBe(0)
  await clock.advance(1_001)
  expect(granted()).toBe(61)
})

test('senders do not share their limit, spellings of one do', () => {
  const limit = createRateLimit(() => ({ ...conformingLimits, burst: 1 }), virtualClock())
  expect(limit.take('a@chat.test')).toBe(true)
  expect(limit.take('A@CHAT.test')).toBe(false)
  expect(limit.take('b@chat.test')).toBe(true)
})

/**
 * By the definition, without the shortcut of a theoretical arrival time: a bucket of `burst` that gains one each interval
 * and never holds more. In integers: a drop is as many units as an interval has milliseconds times `perMinute`.
 */
function bucket({ perMinute, burst }: { perMinute: number; burst: number }) {
  const drop = 60_000
  let level = burst * drop
  return (waited: number): boolean => {
    level = Math.min(burst * drop, level + waited * perMinute)
    if (level < drop) return false
    level -= drop
    return true
  }
}

test('lets exactly those pass that a bucket of the burst, filled at the rate, has room for', async () => {
  await fc.assert(
    fc.asyncProperty(
      // Rates whose interval is a whole number of milliseconds: no rounding on either side.
      fc.constantFrom(1, 6, 10, 30, 60, 120, 600),
      fc.integer({ min: 1, max: 30 }),
      fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 100_000 })), {
        maxLength: 100,
      }),
      async (perMinute, burst, waits) => {
        const clock = virtualClock()
        const limit = createRateLimit(() => ({ ...conformingLimits, perMinute, burst }), clock)
        const allowed = bucket({ perMinute, burst })
        for (const wait of waits) {
          if (wait > 0) await clock.advance(wait)
          expect(limit.take('a@chat.test')).toBe(allowed(wait))
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('remembers 100,000 senders at most', () => {
  const limit = createRateLimit(() => ({ ...conformingLimits, burst: 1 }), virtualClock())
  for (let n = 0; n <= 100_000; n++) limit.take(`${n}@chat.test`)
  // The first one was forgotten, the last one was not.
  expect(limit.take('0@chat.test')).toBe(true)
  expect(limit.take('100000@chat.test')).toBe(false)
})
