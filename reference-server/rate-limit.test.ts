// Tests of the rate limit.
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
