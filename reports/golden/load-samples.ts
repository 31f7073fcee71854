// Made-up load runs over time, searches for capacity and runs over time for the golden files: every verdict, odd characters,
// nothing at all, and a great deal.
import type { CapacityRecord } from '../../harness/result/capacity-schema.ts'
import type { LoadPoint, LoadRecord } from '../../harness/result/load-schema.ts'
import type { Result } from '../../harness/result/schema.ts'
import { conforming, failing, load, loadFailing, loadInvalid } from './samples.ts'

const record = (result: Result): LoadRecord => {
  if (result.load === undefined) throw new Error('a sample of load has load')
  return result.load
}

/** A rate that grows until the server gives way. */
function points(n: number, every: number): LoadPoint[] {
  return Array.from({ length: n }, (_, index) => {
    const rate = Math.min(60, (index + 1) * 2)
    const over = Math.max(0, rate - 42)
    const p50 = Number((8 + rate / 4 + over ** 2.2).toFixed(1))
    return {
      at: (index + 1) * every,
      due: rate * every,
      sent: rate * every,
      received: Math.round((rate - over / 2) * every),
      failed: index % 4 === 0 ? over : 0,
      limited: Math.round(over / 3),
      p50,
      p99: Number((p50 * (2 + (index % 5) / 5)).toFixed(1)),
      vus: 30 + index,
      lag: 1.2,
    }
  })
}

/** Over time, with the server watched, and with what a server may say. */
export const overTime: Result = {
  ...loadFailing,
  load: {
    ...record(loadFailing),
    series: { every: 1, points: points(40, 1) },
    server: {
      source: 'processes 12, 13',
      cpus: 2,
      points: Array.from({ length: 41 }, (_, at) => ({ at, cpuSeconds: at * 1.4, resident: 2e8, written: at * 1e6 })),
    },
    errors: [
      { message: '454 4.7.0 <b>Temporary</b> | authentication `failure` \u202e\u0007 ::error::x', count: 12 },
      { message: 'connection reset', count: 3 },
    ],
  },
}

export const tooSlowToTell: Result = {
  ...loadInvalid,
  load: { ...record(loadInvalid), series: { every: 1, points: points(10, 1) } },
}

/** Nothing was due, and nothing was noted. */
export const emptyLoad: Result = {
  ...load,
  complete: false,
  load: {
    ...record(load),
    verdict: 'interrupted',
    stopped: 'interrupted',
    thresholds: [],
    validity: [],
    metrics: {},
    errors: [],
    series: { every: 1, points: [] },
  },
}

/** As long as a record gets, with more errors than anybody reads. */
export const hugeLoad: Result = {
  ...loadFailing,
  load: {
    ...record(loadFailing),
    series: { every: 128, points: points(600, 128) },
    errors: Array.from({ length: 5_000 }, (_, index) => ({
      message: `error ${index} ${'W'.repeat(500)}`,
      count: index,
    })),
  },
}

type Step = CapacityRecord['steps'][number]

function step(purpose: Step['purpose'], rate: number, verdict: Step['verdict'], p99?: number, why?: string): Step {
  const all = rate * 20
  return {
    purpose,
    rate,
    seconds: 20,
    verdict,
    ...(why === undefined ? {} : { why }),
    due: all,
    sent: all,
    received: p99 === undefined ? 0 : all,
    ...(p99 === undefined ? {} : { p50: p99 / 3, p99 }),
    failed: verdict === 'gives-way' ? 0.013 : 0,
    lost: 0,
    dropped: 0,
    limited: 0,
  }
}

const { load: _, ...unloaded } = load

export const capacity: Result = {
  ...unloaded,
  profile: 'capacity',
  capacity: {
    ended: 'found',
    confirmed: true,
    sameMachine: false,
    idleLatency: 9,
    steps: [
      step('climb', 4, 'holds', 18),
      step('climb', 6, 'holds', 21),
      step('climb', 9, 'holds', 24),
      step('climb', 13.5, 'holds', 31),
      step('climb', 20.3, 'holds', 52),
      step('climb', 30.4, 'holds', 140),
      step('climb', 45.6, 'gives-way', undefined, 'nothing <arrived> in time'),
      step('bisect', 38, 'holds', 480),
      step('bisect', 41.8, 'gives-way', 1_650, 'p99 1650 ms is not below 1000 ms'),
      step('bisect', 39.9, 'invalid', 900, 'starts were late'),
      step('confirm', 38, 'holds', 530),
      step('confirm', 38, 'holds', 455),
      step('confirm', 38, 'holds', 610),
    ],
    bracket: { holds: 38, givesWay: 41.8, spread: 0.12 },
    gaveWay: { what: 'cpu', evidence: 'the server used 97 % of 2 processors at 41.8 messages a second' },
    figures: [
      { name: 'accounts', value: 12.3, unit: 'a second', note: 'ended by the filter' },
      { name: 'idle', value: 2_000, unit: 'connections', note: '41 KiB each' },
      { name: 'throughput', value: 3.4, unit: 'MB/s' },
    ],
    people: {
      answer: 'comfortable for about 40 people; first limit: upload 8 Mbit/s, next: SD card',
      comfortable: 40,
      assumptions: { messages: 50, photos: 5 },
      limits: [
        { resource: 'upload', people: 40, why: '8 Mbit/s' },
        { resource: 'SD card', people: 180, why: 'writes last for 3 years' },
      ],
    },
  },
}

export const noCapacity: Result = {
  ...unloaded,
  profile: 'capacity',
  capacity: {
    ended: 'driver',
    confirmed: false,
    sameMachine: true,
    steps: [],
    bracket: { holds: 0, spread: 0 },
    gaveWay: { what: 'unknown', evidence: 'nothing was tried' },
    figures: [],
    people: { answer: 'not known', comfortable: 0, assumptions: {}, limits: [] },
  },
}

/** Against earlier runs: everything that may have changed. */
export const againstEarlier: Result = {
  ...failing,
  baseline: {
    given: 7,
    comparable: 6,
    gates: true,
    notes: ['1 of 7 were measured from another kind of machine'],
    newlyFailing: [{ check: 'encryption/refuses-cleartext', host: 'chat.example' }],
    newlyHolding: [{ check: 'imap/idle', host: 'chat.example' }],
    figures: [
      compared('delivery p50', 212, 341, 'slower', true),
      compared('delivery p95', 300, 350, 'same'),
      compared('onboarding.ready p50', 1_300, 900, 'faster'),
      { ...compared('submission p50', 40, 60, 'slower'), confirmed: false },
    ],
  },
}

function compared(
  figure: string,
  before: number,
  now: number,
  verdict: 'slower' | 'faster' | 'same',
  confirmed?: boolean,
) {
  const change = now / before - 1
  const common = { host: 'chat.example', figure, unit: 'ms', before, now, change, runs: 6, verdict }
  return { ...common, low: change - 0.1, high: change + 0.1, ...(confirmed === undefined ? {} : { confirmed }) }
}

/** Two dozen days: a slowdown, a failure that came and went, a day without figures, another machine. */
export const days: readonly Result[] = Array.from({ length: 24 }, (_, day) => {
  const bad = day > 15 && day < 20
  const of = bad ? failing : conforming
  const slow = day > 17 ? 2.4 : 1
  return {
    ...of,
    started: new Date(Date.UTC(2026, 9, 1 + day, 12)).toISOString(),
    vantage: { ...of.vantage, machine: day < 6 ? 'aaaaaaaa' : 'bbbbbbbb' },
    findings: bad ? of.findings : failing.findings.map((one) => ({ ...one, verdict: 'pass' as const })),
    measurements: [
      {
        id: 'delivery',
        host: 'chat.example',
        title: 'delivery',
        unit: 'ms',
        samples: day === 9 ? [] : Array.from({ length: 20 }, (_, n) => 150 * slow * (1 + ((day * 7 + n * 3) % 5) / 10)),
        censored: 0,
      },
    ],
  }
})
