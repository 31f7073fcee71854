// The lines that answer what a scenario asks, from metrics as runs have them.
import { expect, test } from 'vitest'
import { loadAnswers } from './load-answers.ts'

const counter = (count: number, rate: number) =>
  ({ type: 'counter', contains: 'default', values: { count, rate } }) as const
const trend = (count: number) =>
  ({ type: 'trend', contains: 'time', values: { count, med: 5, 'p(99)': 1_500, max: 2_000 } }) as const
const gauge = (max: number) => ({ type: 'gauge', contains: 'default', values: { value: 0, min: 0, max } }) as const

test.for([
  ['pairs have nothing more', { messages_sent: counter(10, 1), messages_received: counter(10, 1) }, []],
  [
    'groups have deliveries',
    { messages_sent: counter(10, 1), messages_received: counter(80, 8) },
    ['deliveries: 8.0 a second, 8.0 of each message'],
  ],
  [
    'idlers hear of messages',
    { imap_idlers: gauge(100), imap_idle_notify_duration: trend(9) },
    ['heard of in IDLE: p50 5 ms, p99 1.5 s, max 2 s (up to 100 accounts idling)'],
  ],
  [
    'who comes back catches up',
    { catch_up_duration: trend(3) },
    ['all there after coming back: p50 5 ms, p99 1.5 s, max 2 s'],
  ],
  ['newcomers are made', { account_create_duration: trend(1) }, ['1 account made: p50 5 ms, p99 1.5 s, max 2 s']],
  [
    'files have a rate',
    { data_sent: counter(5e7, 1_234_567), data_received: counter(9e8, 20e6) },
    ['on the wire: 1.2 MB/s sent, 20 MB/s received'],
  ],
  ['little data is not worth a line', { data_sent: counter(1_000, 10), data_received: counter(1_000, 10) }, []],
] as const)('%s', ([, metrics, lines]) => {
  expect(loadAnswers({ metrics })).toEqual(lines)
})
