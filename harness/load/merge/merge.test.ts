// Records of machines that shared a run, made into one: what adds up, what is judged anew, and what is refused.
import { describe, expect, test } from 'vitest'
import type { LoadRecord } from '../../result/load-schema.ts'
import { MetricRegistry } from '../metrics/registry.ts'
import { summarize } from '../metrics/summary.ts'
import { judge, readThresholds } from '../thresholds/thresholds.ts'
import { mergeLoad } from './merge.ts'

const wanted = {
  delivery_duration: ['p(95)<100', 'avg<60'],
  'delivery_duration{scenario:chat}': ['max<500'],
  delivery_failed: ['rate<0.1'],
  messages_lost: ['count==0'],
}

interface Samples {
  readonly delivery?: readonly number[]
  readonly failed?: readonly number[]
  readonly lost?: number
}

/** As a run of ten seconds on one machine would have it. */
function record(
  id: string,
  { delivery = [], failed = [], lost = 0 }: Samples,
  more: Partial<LoadRecord> = {},
): LoadRecord {
  const registry = new MetricRegistry()
  registry.define({ name: 'delivery_duration', kind: 'trend', contains: 'time' })
  registry.define({ name: 'delivery_failed', kind: 'rate', contains: 'default' })
  registry.define({ name: 'messages_lost', kind: 'counter', contains: 'default' })
  registry.define({ name: 'vus', kind: 'gauge', contains: 'default' })
  const read = readThresholds(wanted, registry)
  const into = (name: string, samples: readonly number[]) => {
    const series = registry.series(name, { scenario: 'chat' })
    for (const sample of samples) series.add(sample)
  }
  into('delivery_duration', delivery)
  into('delivery_failed', failed)
  into('messages_lost', [lost])
  into('vus', [3, 5, 4])
  const thresholds = read.map((one) => judge(one, 10_000))
  const verdict = thresholds.every((one) => one.verdict === 'pass') ? 'pass' : 'fail'
  return {
    scenario: 'chat',
    verdict,
    seconds: 10,
    id,
    began: '2026-01-01T00:00:00.000Z',
    threads: 1,
    virtualUsers: 5,
    scenarios: [{ name: 'chat', executor: 'constant-vus', vus: 10, duration: 10_000 }],
    thresholds: thresholds.map((one) => ({ ...one })),
    validity: [{ gate: 'start-lag', holds: true, value: 1, wanted: 'p99 < 10 ms', advice: 'busy' }],
    metrics: structuredClone(summarize(registry, thresholds, 10_000)) as LoadRecord['metrics'],
    errors: [{ message: 'broke', count: 2 }],
    interruptedIterations: 1,
    ...more,
  }
}

const verdicts = ({ thresholds }: LoadRecord) =>
  Object.fromEntries(thresholds.map(({ metric, threshold, verdict }) => [`${metric} ${threshold}`, verdict]))

describe('merging', () => {
  const fast = Array.from({ length: 97 }, (_, n) => 10 + n / 10)
  const slow = [200, 300, 400]

  test('adds counts up, puts samples together, and keeps who took part', () => {
    const merged = mergeLoad([
      record('a', { delivery: fast, failed: [0, 0, 1], lost: 1 }, { segment: '0:1/2' }),
      record('b', { delivery: slow, failed: [0], lost: 2 }, { segment: '1/2:1' }),
    ])
    expect(merged.metrics.delivery_duration?.values).toMatchObject({ count: 100, min: 10, max: 400 })
    const avg = [...fast, ...slow].reduce((a, b) => a + b) / 100
    expect(merged.metrics.delivery_duration?.values.avg).toBeCloseTo(avg, 9)
    expect(merged.metrics.delivery_failed?.values).toEqual({ rate: 0.25, passes: 1, fails: 3 })
    expect(merged.metrics.messages_lost?.values).toEqual({ count: 3, rate: 0.3 })
    expect(merged.metrics.vus?.values).toEqual({ value: 8, min: 6, max: 10 })
    expect(merged).toMatchObject({ threads: 2, virtualUsers: 10, interruptedIterations: 2, seconds: 10 })
    expect(merged.errors).toEqual([{ message: 'broke', count: 4 }])
    expect(merged.merged?.map(({ id, segment }) => [id, segment])).toEqual([
      ['a', '0:1/2'],
      ['b', '1/2:1'],
    ])
    expect(merged.segment).toBeUndefined()
  })

  test('holds thresholds against the whole: a part alone may break one that all together keep', () => {
    const part = record('b', { delivery: slow, failed: [0] })
    expect(verdicts(part)['delivery_duration p(95)<100']).toBe('fail')
    const merged = mergeLoad([record('a', { delivery: fast, failed: [0] }), part])
    expect(verdicts(merged)).toEqual({
      'delivery_duration p(95)<100': 'pass',
      'delivery_duration avg<60': 'pass',
      'delivery_duration{scenario:chat} max<500': 'pass',
      'delivery_failed rate<0.1': 'pass',
      'messages_lost count==0': 'pass',
    })
    expect(merged.verdict).toBe('pass')
  })

  test('and the other way round: what no part breaks, the whole may', () => {
    const counts = { delivery: fast, failed: [0] }
    const merged = mergeLoad([record('a', { ...counts, lost: 0 }), record('b', { ...counts, lost: 1 })])
    expect(merged.verdict).toBe('fail')
    expect(verdicts(merged)['messages_lost count==0']).toBe('fail')
  })

  test('has no data where no part has', () => {
    const merged = mergeLoad([record('a', {}), record('b', {})])
    expect(verdicts(merged)['delivery_duration p(95)<100']).toBe('no-data')
    expect(merged.verdict).toBe('fail')
  })

  test('is invalid when one part is, or when they did not run at the same time', () => {
    const good = { delivery: fast, failed: [0] }
    const broken = { gate: 'start-lag', holds: false, value: 50, wanted: 'p99 < 10 ms', advice: 'busy' }
    const one = mergeLoad([record('a', good), record('b', good, { validity: [broken], verdict: 'invalid' })])
    expect(one.verdict).toBe('invalid')
    expect(one.validity).toContainEqual(broken)
    const apart = mergeLoad([record('a', good), record('b', good, { began: '2026-01-01T00:00:05.000Z' })])
    expect(apart.verdict).toBe('invalid')
    expect(apart.validity.find(({ gate }) => gate === 'together')).toMatchObject({ holds: false, value: 0.5 })
  })

  test.each(['interrupted', 'aborted'] as const)('is %s when a part is', (verdict) => {
    const good = { delivery: fast, failed: [0] }
    expect(mergeLoad([record('a', good), record('b', good, { verdict })]).verdict).toBe(verdict)
  })

  test('fails when a part was ended to spare the server', () => {
    const good = { delivery: fast, failed: [0] }
    const merged = mergeLoad([
      record('a', good),
      record('b', good, { verdict: 'fail', stopped: 'to spare the server' }),
    ])
    expect(merged).toMatchObject({ verdict: 'fail', stopped: 'to spare the server' })
  })

  const any = record('a', { delivery: fast })
  const { id: _id, ...old } = any
  test.each<[string, readonly LoadRecord[], string]>([
    ['one result', [any], 'two runs or more'],
    ['the same run twice', [any, any], 'results 1 and 2 are of the same run'],
    ['another scenario', [any, { ...any, id: 'b', scenario: 'files' }], 'their scenarios differ'],
    ['other options', [any, { ...any, id: 'b', scenarios: [] }], 'the options of their scenarios differ'],
    ['other thresholds', [any, { ...any, id: 'b', thresholds: [] }], 'their thresholds differ'],
    ['a result of old', [any, old], 'result 2 is of an older chatmail-check'],
    ['a merged one', [any, { ...any, merged: [] }], 'result 2 is merged already'],
    ['a segment beside a whole run', [any, { ...any, id: 'b', segment: '0:1/2' }], 'result 1 is no segment'],
    [
      'a segment twice',
      [
        { ...any, segment: '0:1/2' },
        { ...any, id: 'b', segment: '0:1/2' },
      ],
      'results 1 and 2 are the same segment 0:1/2',
    ],
    [
      'segments of different size',
      [
        { ...any, segment: '0:1/2' },
        { ...any, id: 'b', segment: '1/3:2/3' },
      ],
      'results 1 and 2 are segments of different size',
    ],
    [
      'segments that are not all',
      [
        { ...any, segment: '0:1/3' },
        { ...any, id: 'b', segment: '2/3:1' },
      ],
      'of the run, 1/3:2/3 is missing',
    ],
  ])('refuses %s', (_what, records, message) => {
    expect(() => mergeLoad(records)).toThrow(message)
  })
})
