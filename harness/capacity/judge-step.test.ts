// One step of a capacity run, judged from what a load run saw.
import { expect, it } from 'vitest'
import { judgeStep } from './judge-step.ts'

type Seen = Parameters<typeof judgeStep>[1]

const counter = (count: number) => ({ type: 'counter' as const, contains: 'default' as const, values: { count } })
const rate = (value: number) => ({ type: 'rate' as const, contains: 'default' as const, values: { rate: value } })

function seen(change: Readonly<Record<string, Seen['metrics'][string]>> = {}, rest: Partial<Seen> = {}): Seen {
  return {
    metrics: {
      messages_due: counter(100),
      messages_sent: counter(100),
      messages_received: counter(100),
      messages_lost: counter(0),
      delivery_failed: rate(0),
      delivery_duration: { type: 'trend', contains: 'time', values: { med: 12, 'p(99)': 80 } },
      ...change,
    },
    validity: [],
    stopped: undefined,
    errors: [],
    series: { every: 1, points: [] },
    ...rest,
  }
}

const gate = (name: 'start-lag' | 'dropped-starts') => ({
  gate: name,
  holds: false,
  value: 30,
  wanted: '< 10 ms',
  advice: '',
})

it('holds when everything arrives in time', () => {
  expect(judgeStep(10, seen())).toEqual({
    verdict: 'holds',
    due: 100,
    sent: 100,
    received: 100,
    p50: 12,
    p99: 80,
    failed: 0,
    lost: 0,
    dropped: 0,
    limited: 0,
    backlog: 0,
  })
})

it.for<[string, Seen]>([
  ['1 lost', seen({ messages_lost: counter(1) })],
  ['1 duplicated', seen({ messages_duplicated: counter(1) })],
  ['1 leaked', seen({ messages_leaked: counter(1) })],
  ['0.10 % of the messages failed', seen({ delivery_failed: rate(0.001) })],
  [
    'p99 1000 ms from due to there',
    seen({ delivery_duration: { type: 'trend', contains: 'time', values: { 'p(99)': 1_000 } } }),
  ],
  ['4 turned away by a limit', seen({ limits_hit: counter(4) })],
  [
    '2 sessions found no place in time',
    seen({ dropped_iterations: counter(2) }, { validity: [gate('dropped-starts')] }),
  ],
  [
    '10 % of the sessions failed: too many',
    seen({ iteration_failed: rate(0.1) }, { errors: [{ message: 'too many', count: 1 }] }),
  ],
  ['ended early to spare the server: x', seen({}, { stopped: 'to spare the server: x' })],
  [
    '1.5 s of messages were on their way at once',
    seen(
      {},
      { series: { every: 1, points: [{ at: 1, due: 20, sent: 20, received: 4, failed: 1, limited: 0, vus: 9 }] } },
    ),
  ],
  [
    '1.6 s of messages were on their way at once',
    seen(
      { messages_lost: counter(3) },
      {
        stopped: '16 messages were on their way at once',
        series: { every: 1, points: [{ at: 1, due: 20, sent: 20, received: 4, failed: 0, limited: 0, vus: 9 }] },
      },
    ),
  ],
  ['nothing arrived', seen({ delivery_duration: { type: 'trend', contains: 'time', values: {} } })],
])('gives way: %s', ([why, outcome]) => {
  expect(judgeStep(10, outcome)).toMatchObject({ verdict: 'gives-way', why })
})

it('says nothing when it does not hold and the driver was late: that may be the driver alone', () => {
  const late = { validity: [gate('start-lag')] }
  expect(judgeStep(10, seen({ messages_lost: counter(3) }, late))).toMatchObject({
    verdict: 'invalid',
    why: 'start-lag was 30, wanted < 10 ms',
  })
  expect(judgeStep(10, seen({}, late))).toMatchObject({ verdict: 'holds' })
})
