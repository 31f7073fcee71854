import { expect, it } from 'vitest'
import { fullIsDue, nextVisit } from './timetable.ts'

const every = 900_000

it('visits new hosts one after the other within a minute, and then each after the interval', () => {
  const hosts = ['a', 'b', 'c']
  const last = new Map<string, number>()
  const visits: string[] = []
  let now = 0
  for (let n = 0; n < 9; n++) {
    const next = nextVisit(
      hosts.map((host) => ({ host, last: last.get(host) })),
      every,
      now,
    )
    now = next.at
    last.set(next.host, now)
    visits.push(`${next.host} ${Math.round(now / 1_000)}`)
  }
  expect(visits.slice(0, 3).map((text) => text[0])).toEqual(['a', 'b', 'c'])
  expect(now).toBeGreaterThan(2 * every)
  for (const host of hosts) expect(visits.filter((text) => text.startsWith(host))).toHaveLength(3)
  const seconds = visits.slice(0, 3).map((text) => Number(text.slice(2)))
  expect(seconds[2]).toBeLessThanOrEqual(60)
  expect(seconds[1]).toBeGreaterThan(0)
})

it('makes up for nothing that was missed, and survives a clock that was set back', () => {
  const now = 100 * every
  expect(nextVisit([{ host: 'a', last: 0 }], every, now)).toEqual({ host: 'a', at: now })
  expect(nextVisit([{ host: 'a', last: now + every }], every, now).at).toBe(now)
})

it('has a full run due after its time, at once when there was none, and never when none is wanted', () => {
  const now = Date.parse('2026-03-02T00:00:00Z')
  const day = 86_400_000
  expect(fullIsDue(undefined, day, now)).toBe(true)
  expect(fullIsDue(undefined, undefined, now)).toBe(false)
  expect(fullIsDue('2026-03-01T00:00:00Z', day, now)).toBe(true)
  expect(fullIsDue('2026-03-01T00:00:01Z', day, now)).toBe(false)
  expect(fullIsDue('2026-03-09T00:00:00Z', day, now)).toBe(true)
})
