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

test('a hundred days with periodic timers fire each at its time', async () => {
  const start = Date.UTC(2026, 0, 1)
  const clock = virtualClock(start)
  const fired = { daily: 0, hourly: 0, 'every five minutes': 0 }
  const repeat = (name: keyof typeof fired, ms: number) => {
    clock.after(ms, () => {
      fired[name] += 1
      expect(clock.now()).toBe(start + fired[name] * ms)
      repeat(name, ms)
    })
  }
  repeat('daily', 86_400_000)
  repeat('hourly', 3_600_000)
  repeat('every five minutes', 300_000)
  await clock.advance(100 * 86_400_000)
  expect(fired).toEqual({ daily: 100, hourly: 2_400, 'every five minutes': 28_800 })
})

test('beyond 100,000 timers the rest fires at the end, each once', async () => {
  const clock = virtualClock(0)
  let seconds = 0
  const tick = () => {
    seconds += 1
    clock.after(1_000, tick)
  }
  let daily = 0
  const day = () => {
    daily = clock.now()
    clock.after(86_400_000, day)
  }
  tick()
  day()
  await clock.advance(10 * 86_400_000)
  expect(seconds).toBeLessThan(100_010)
  expect(daily).toBe(10 * 86_400_000)
  expect(clock.now()).toBe(10 * 86_400_000)
})

test('timers that arm themselves at once without end are an error, not a hang', async () => {
  const clock = virtualClock()
  const again = () => void clock.after(0, again)
  again()
  await expect(clock.advance(1)).rejects.toThrow(/at one moment/)
})

test('an advance lets work with sockets end before it goes on', async () => {
  const clock = virtualClock()
  const seen: string[] = []
  clock.after(1_000, () => {
    clock.during(
      new Promise<void>((resolve) => {
        setImmediate(() => setImmediate(() => setImmediate(() => setImmediate(resolve))))
      }).then(() => {
        seen.push('work')
      }),
    )
  })
  clock.after(2_000, () => seen.push('next'))
  await clock.advance(2_000)
  expect(seen).toEqual(['work', 'next'])
})

test('an advance does not wait for work without end', async () => {
  const clock = virtualClock(0)
  clock.during(new Promise(() => {}))
  await clock.advance(1)
  expect(clock.now()).toBe(1)
})
