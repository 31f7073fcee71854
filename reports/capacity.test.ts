// The terminal report of a search for capacity: one page, the answer first, with and without colour; and the board in it.
import { expect, it } from 'vitest'
import type { CapacityRecord } from '../harness/result/capacity-schema.ts'
import { type Result, result, resultFormat } from '../harness/result/schema.ts'
import { renderJunit } from './junit.ts'
import { renderTerminal } from './terminal.ts'

const step = (purpose: 'climb' | 'bisect' | 'confirm', rate: number, p99: number): CapacityRecord['steps'][number] => ({
  purpose,
  rate,
  seconds: 34,
  verdict: p99 < 1_000 ? 'holds' : 'gives-way',
  ...(p99 < 1_000 ? {} : { why: `p99 ${p99} ms from due to there` }),
  ...{
    due: 30 * rate,
    sent: 30 * rate,
    received: 30 * rate,
    p50: p99 / 2,
    p99,
    failed: 0,
    lost: 0,
    dropped: 0,
    limited: 0,
  },
})

function sample(change: Partial<CapacityRecord> = {}, exitCode = 0): Result {
  const capacity: CapacityRecord = {
    ended: 'found',
    confirmed: true,
    sameMachine: false,
    idleLatency: 42,
    steps: [step('climb', 8, 90), step('climb', 12, 400), step('climb', 18, 3_400), step('confirm', 12, 410)],
    bracket: { holds: 12, givesWay: 12.6, spread: 0 },
    gaveWay: { what: 'cpu', evidence: "the server's processors were busy for 97 % of the time" },
    figures: [{ name: 'logins', value: 9.4, unit: '1/s', note: '8 at a time, for 8 s: a lower bound' }],
    missing: [{ name: 'throughput', why: '452 4.3.1 Insufficient system storage' }],
    server: {
      source: 'ssh:pi',
      cpus: 4,
      board: {
        model: 'Raspberry Pi 4 Model B Rev 1.4',
        kernel: '6.12.25+rpt-rpi-v8',
        governor: 'ondemand',
        storage: 'mmcblk0 (SD card)',
        celsius: { before: 48.1, highest: 81.2, after: 66 },
        throttled: { before: false, during: true, after: false, bits: 0x50005 },
      },
      notes: ['it told nothing for 30 s'],
      points: [
        { at: 0, cpuSeconds: 0, resident: 200e6, written: 0, load1: 0.2 },
        { at: 100, cpuSeconds: 390, resident: 400e6, written: 50e6, load1: 6.1 },
      ],
    },
    people: {
      answer:
        'comfortable for about 310 people (50 messages and 5 photos a day each, busiest hour 12 %); first limit: memory, next: SD card',
      comfortable: 310,
      assumptions: { messages: 50 },
      limits: [{ resource: 'memory', people: 315, why: '950 kB for each connected app, 600 MB were available' }],
    },
    ...change,
  }
  return result.parse({
    format: resultFormat,
    tool: { name: 'chatmail-check', version: '0.1.0' },
    started: '2026-11-26T12:00:00.000Z',
    ...{ seconds: 900, complete: true, seed: 0, profile: 'capacity', options: {}, reference: false },
    vantage: { platform: 'linux', arch: 'x64', node: 'v24', cpus: 2 },
    hosts: [
      {
        ...{
          label: 'chat.example',
          domain: 'chat.example',
          endpoints: [],
          candidates: [],
          trust: 'system',
          policy: {},
          notes: [],
        },
        spent: { freshAccounts: 1, reusedAccounts: 0, messages: 1, connections: 1 },
        budget: { freshAccounts: 1, messages: 1, connections: 1 },
      },
    ],
    ...{ findings: [], observations: [], measurements: [], capacity },
    gate: { exitCode, failOn: 'must', verdict: exitCode === 0 ? 'conforms' : 'undecided', reason: 'found' },
  })
}

it('is one page of 80 columns with the answer first', () => {
  const text = renderTerminal(sample(), { color: false, width: 80 })
  const lines = text.split('\n')
  expect(lines.slice(0, 6)).toEqual([
    'chat.example',
    '  comfortable for about 310 people (50 messages and 5 photos a day each, busiest',
    '    hour 12 %); first limit: memory, next: SD card',
    '  12 messages a second hold, and did each time, 12.6 does not',
    "  gave way first: PROCESSORS: the server's processors were busy for 97 % of the",
    '    time',
  ])
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80)
  expect(lines.length).toBeLessThan(50)
  expect(text).toContain(' 3  climb        18/s  gives way   p99 3400 ms from due to there')
  expect(text).toContain('throughput: not measured: 452 4.3.1 Insufficient system storage')
  expect(text).toContain('server (ssh:pi): 3.90 of 4 processors on average')
  expect(text).toContain('note: its sampler: it told nothing for 30 s')
})

it('flags a board that was throttled, and says why', () => {
  const text = renderTerminal(sample(), { color: false, width: 80 })
  expect(text).toContain('board: Raspberry Pi 4 Model B Rev 1.4, mmcblk0 (SD card), Linux')
  expect(text).toContain('48.1 C before, 81.2 C at most, 66 C after')
  expect(text).toMatch(/FLAGGED {2}throttled \(during\): under-voltage, throttled\./)
})

it('is the same words with and without colour, and as wide', () => {
  const plain = renderTerminal(sample(), { color: true, width: 80 }).replace(/\u001b\[\d+m/g, '')
  expect(plain).toBe(renderTerminal(sample(), { color: false, width: 80 }))
})

it.for<[Partial<CapacityRecord>, string]>([
  [{ ended: 'driver', bracket: { holds: 12, spread: 0 } }, 'the driver gave way first: a lower bound'],
  [{ ended: 'most', bracket: { holds: 12, spread: 0 } }, 'the highest rate that was to be tried held: a lower bound'],
  [{ bracket: { holds: 12, givesWay: 15, spread: 0.12 } }, 'equal runs disagree by 12 %'],
  [{ sameMachine: true }, 'processors, which the server is on: a lower bound'],
  [{ confirmed: false }, '12 messages a second hold (not confirmed)'],
])('says what its answer is worth: %o', ([change, words]) => {
  expect(renderTerminal(sample(change), { color: false, width: 120 })).toContain(words)
})

it('is one case of JUnit: passed when found, an error otherwise', () => {
  expect(renderJunit(sample())).toContain('tests="1" failures="0" errors="0"')
  expect(renderJunit(sample({}, 120))).toContain('tests="1" failures="0" errors="1"')
})
