// Tests of the clocks.
import { expect, test } from 'vitest'
import { systemClock, virtualClock } from './clock.ts'

test('a virtual clock fires timers in order of their time, at their time', async () => {
  const clock = virtualClock(1_000)
  const fired: [string, number][] = []
  clock.after(50, () => fired.push(['late', clock.now()]))
  clock.after(10, () => {
    fired.push(['early', clock.now()])
    clock.after(15, () => fired.push(['armed by another', clock.now()]))
  })
  clock.after(10, () => fired.push(['same time, later armed', clock.now()]))
  clock.after(200, () => fired.push(['not due', clock.now()]))
  await clock.advance(100)
  expect(fired).toEqual([
    ['early', 1_010],
    ['same time, later armed', 1_010],
    ['armed by another', 1_025],
    ['late', 1_050],
  ])
  expect(clock.now()).toBe(1_100)
})

test('a cancelled timer stays silent', async () => {
  const clock = virtualClock()
  let fired = false
  clock.after(10, () => {
    fired = true
  })()
  await clock.advance(100)
  expect(fired).toBe(false)
})

test('the system clock runs by itself and can be moved ahead', async () => {
  const clock = systemClock()
  await clock.sleep(5)
  let fired = false
  clock.after(86_400_000, () => {
    fired = true
  })
  const before = clock.now()
  await clock.advance(86_400_000)
  expect(fired).toBe(true)
  expect(clock.now() - before).toBeGreaterThanOrEqual(86_400_000)
})
