// What ends a run early, what makes it invalid, and how its metrics become a record.
import { describe, expect, test } from 'vitest'
import { chatmailMetrics, engineMetrics } from '../metrics/builtin.ts'
import { MetricRegistry } from '../metrics/registry.ts'
import { summarize } from '../metrics/summary.ts'
import { Recorder } from '../thread/recorder.ts'
import { judge, readThresholds } from '../thresholds/thresholds.ts'
import { Intake } from './intake.ts'
import { reasonToStop } from './stop-rules.ts'
import { validityOf } from './validity.ts'

function registryWith(samples: Readonly<Record<string, readonly number[]>>): MetricRegistry {
  const registry = new MetricRegistry()
  for (const metric of [...engineMetrics, ...chatmailMetrics]) registry.define(metric)
  for (const [name, values] of Object.entries(samples)) for (const value of values) registry.series(name, {}).add(value)
  return registry
}

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value)
const calm = { p50: 100 }

describe('a run ends early', () => {
  test.each([
    ['nothing yet', [], calm, undefined],
    ['all of too few failed', times(19, 1), calm, undefined],
    ['half failed', [...times(10, 1), ...times(10, 0)], calm, undefined],
    ['most failed', [...times(15, 1), ...times(10, 0)], calm, '60 % of the messages failed'],
    ['all is slow', times(20, 0), { p50: 10_001 }, 'half of the messages took more than 10 s'],
    ['nothing arrives, and nothing failed so far', times(20, 0), { p50: undefined }, undefined],
  ])('or not: %s', (_, failed, moment, reason) => {
    expect(reasonToStop(registryWith({ delivery_failed: failed }), moment)).toBe(reason)
  })
})

describe('a run is valid', () => {
  const broken = (
    samples: Readonly<Record<string, readonly number[]>>,
    sockets = 10,
    files = 1_024,
    processors = 0.5,
  ) =>
    validityOf(registryWith(samples), { sockets, processors, openFiles: files })
      .filter(({ holds }) => !holds)
      .map(({ gate }) => gate)

  test.each([
    ['without any sample', {}, []],
    ['with rare lateness', { driver_start_lag: [...times(199, 1), 50] }, []],
    ['not when starts are late', { driver_start_lag: [...times(90, 1), ...times(10, 12)] }, ['start-lag']],
    ['not when a thread was busy once', { driver_event_loop_utilization: [0.2, 0.85, 0.1] }, ['event-loop']],
    ['not when timers are late', { driver_event_loop_delay: [...times(90, 1), ...times(10, 60)] }, ['timers']],
    ['not when starts were dropped', { dropped_iterations: [0, 3] }, ['dropped-starts']],
  ])('%s', (_, samples, gates) => {
    expect(broken(samples)).toEqual(gates)
  })

  test('not when files may run out', () => {
    expect(broken({}, 900, 1_024)).toEqual(['open-files'])
    expect(broken({}, 800, 1_024)).toEqual([])
  })

  test('not when the machine had no processor to spare', () => {
    expect(broken({}, 10, 1_024, 0.96)).toEqual(['processors'])
  })
})

describe('samples of a thread', () => {
  test('that are its share of a gauge are summed up', () => {
    const intake = new Intake(2)
    for (const [thread, value] of [
      [0, 3],
      [1, 4],
      [0, 1],
    ] as const) {
      const recorder = new Recorder()
      for (const metric of [...engineMetrics, ...chatmailMetrics]) recorder.define(metric)
      recorder.add(recorder.series('imap_idlers', {}), value)
      const batch = recorder.take(1_000)
      if (batch !== undefined) intake.take(thread, batch)
    }
    expect(intake.registry.get('imap_idlers')?.sink).toMatchObject({ min: 3, max: 7, value: 5 })
  })

  test('arrive in the metrics of the run, and in the parts that thresholds ask for', () => {
    const intake = new Intake(2)
    intake.overTime.begin(0)
    const recorders = [new Recorder(), new Recorder()]
    const hand = () => {
      for (const [thread, recorder] of recorders.entries()) {
        const batch = recorder.take(1_000)
        if (batch !== undefined) intake.take(thread, batch)
      }
    }
    for (const recorder of recorders) recorder.define({ name: 'delivery_duration', kind: 'trend', contains: 'time' })
    hand()
    const [threshold] = readThresholds({ 'delivery_duration{scenario:a}': ['max<100'] }, intake.registry)
    for (const [thread, recorder] of recorders.entries()) {
      // Series have numbers of their own in each thread.
      if (thread === 1) recorder.series('delivery_duration', { scenario: 'other' })
      const series = recorder.series('delivery_duration', { scenario: 'a', kind: 'x' })
      for (let n = 0; n < 3_000; n++) recorder.add(series, n % 50)
      recorder.add(recorder.series('delivery_duration', { scenario: 'b' }), 500)
    }
    hand()
    if (threshold === undefined) throw new Error('no threshold')
    const verdict = judge(threshold, 1_000)
    expect(verdict).toMatchObject({ metric: 'delivery_duration{scenario:a}', verdict: 'pass', value: 49 })
    const summary = summarize(intake.registry, [verdict], 1_000)
    expect(summary.delivery_duration?.values).toMatchObject({ count: 6_002, max: 500, med: 25 })
    expect(summary['delivery_duration{scenario:a}']).toMatchObject({
      values: { count: 6_000 },
      thresholds: { 'max<100': { ok: true } },
    })
    const { p50 = 0, p99 = 0, errors } = intake.moment(1_500)
    expect([p50 / 25, p99 / 49, errors]).toEqual([expect.closeTo(1, 1), expect.closeTo(1, 1), 0])
    expect(intake.moment(20_000)).toMatchObject({ p50: undefined })
  })

  test('are refused when a metric is two things', () => {
    const recorder = new Recorder()
    recorder.define({ name: 'seen', kind: 'counter', contains: 'default' })
    expect(() => recorder.define({ name: 'seen', kind: 'trend', contains: 'default' })).toThrow('is there already')
    expect(() => recorder.series('unseen', {})).toThrow('no metric unseen')
  })
})
