// A run over time: seconds, late messages, silence, and long runs that are merged.
import { describe, expect, test } from 'vitest'
import { chatmailMetrics, engineMetrics } from '../metrics/builtin.ts'
import { Spread } from '../metrics/spread.ts'
import { Recorder } from '../thread/recorder.ts'
import { Intake } from './intake.ts'
import { OverTime } from './over-time.ts'

describe('a run over time', () => {
  test('puts what happened where it happened, and messages where they were due', () => {
    const intake = new Intake(2)
    const recorders = [new Recorder(), new Recorder()]
    for (const recorder of recorders) {
      for (const metric of [...engineMetrics, ...chatmailMetrics]) recorder.define(metric)
    }
    const hand = (thread: number, now: number, samples: Readonly<Record<string, number>>, late: number[] = []) => {
      const recorder = recorders[thread] as Recorder
      for (const [name, value] of Object.entries(samples)) recorder.add(recorder.series(name, {}), value)
      for (const due of late) recorder.wasDue(due)
      const batch = recorder.take(now)
      if (batch !== undefined) intake.take(thread, batch)
    }
    for (const thread of [0, 1]) hand(thread, 2_000, {})
    intake.overTime.begin(10_000)
    for (const thread of [0, 1]) hand(thread, 10_000, {})
    for (const thread of [0, 1]) hand(thread, 10_400, { messages_due: 1, messages_sent: 1, vus: 3 })
    // The server stands still: the next is begun two seconds after it was due.
    for (const thread of [0, 1]) hand(thread, 13_000, {})
    hand(0, 13_400, { messages_due: 1, delivery_duration: 2_100, delivery_failed: 0 }, [11_100])
    hand(1, 13_400, { messages_due: 1, limits_hit: 1, delivery_failed: 1, driver_start_lag: 3 })
    const { every, points } = intake.overTime.series(3.5)
    expect(every).toBe(1)
    expect(points.map(({ at }) => at)).toEqual([1, 2, 3, 3.5])
    expect(points.map(({ due }) => due)).toEqual([2, 1, 0, 1])
    expect(points.map(({ sent }) => sent)).toEqual([2, 0, 0, 0])
    expect(points.map(({ vus }) => vus)).toEqual([6, 6, 6, 6])
    expect(points[1]).not.toHaveProperty('p50')
    expect(points[3]).toMatchObject({ failed: 1, limited: 1, lag: expect.closeTo(3, 1) })
    expect((points[3]?.p99 ?? 0) / 2_100).toBeCloseTo(1, 1)
  })

  test('knows how many messages are on their way, up to the last second of which all is told', () => {
    const over = new OverTime()
    over.begin(1_000)
    expect(over.onTheirWay(1_000)).toBe(0)
    for (let second = 0; second < 30; second++) {
      const stretch = over.at(1_000 + second * 1_000)
      stretch.due += 10
      stretch.received += 7
      stretch.failed += 1
      stretch.limited += 1
    }
    expect(over.onTheirWay(1_000 + 30_500)).toBe(29)
    expect(over.onTheirWay(1_000 + 31_500)).toBe(30)
  })

  test('of a long run has no more than 600 points, and nothing gets lost', () => {
    const over = new OverTime()
    over.begin(0)
    for (let second = 0; second < 5_000; second++) {
      const stretch = over.at(second * 1_000 + 500)
      stretch.due += 2
      stretch.delays.add(second < 2_500 ? 10 : 1_000)
    }
    // Four thousand seconds late.
    over.at(999_500).due++
    const { every, points } = over.series(5_000)
    expect([every, points.length, points.at(-1)?.at]).toEqual([16, 313, 5_000])
    expect(points.reduce((sum, { due }) => sum + due, 0)).toBe(10_001)
    expect(points[62]?.due).toBe(33)
    expect([points[0]?.p99, points.at(-1)?.p50]).toEqual([expect.closeTo(10, 0), expect.closeTo(1_000, -2)])
  })
})

test('a spread knows percentiles to within one per cent, whatever the size', () => {
  const whole = new Spread()
  const parts = [new Spread(), new Spread()]
  const values = Array.from({ length: 5_000 }, (_, n) => 0.05 * 1.003 ** n)
  for (const [at, value] of values.entries()) {
    whole.add(value)
    parts[at % 2]?.add(value)
  }
  const [merged, other] = parts as [Spread, Spread]
  merged.merge(other)
  for (const p of [0, 1, 50, 90, 99, 100]) {
    const exact = values[Math.floor((p / 100) * (values.length - 1))] ?? 0
    expect(Math.abs((whole.percentile(p) ?? 0) / exact - 1)).toBeLessThan(0.01)
    expect(merged.percentile(p)).toBe(whole.percentile(p))
  }
  expect(new Spread().percentile(50)).toBeUndefined()
})
