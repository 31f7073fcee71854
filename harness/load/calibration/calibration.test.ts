// What this machine can drive: measured against the sink, and when that is asked for.
import { expect, test } from 'vitest'
import { makePool } from '../run/pool.ts'
import { calibrate } from './calibrate.ts'
import { calibrationGate, type Driven } from './gate.ts'

const pool = await makePool('sink')

function driven(rate: number, utilization: number): Driven {
  const points = Array.from({ length: 10 }, (_, n) => ({
    at: n + 1,
    due: rate,
    sent: rate,
    received: rate,
    failed: 0,
    limited: 0,
    iterations: rate / 5,
    vus: 1,
  }))
  return { series: { every: 1, points }, threads: 2, utilization, pool, say: () => {} }
}

const never = () => expect.unreachable('there was nothing to measure')

test('threads drive mail through the sink, in sessions of one message and of ten', { timeout: 60_000 }, async () => {
  const single = await calibrate({ threads: 1, perSession: 1, pool })
  const ten = await calibrate({ threads: 1, perSession: 10, pool })
  expect(single).toBeGreaterThan(5)
  // A session costs a few messages, so that longer ones carry more.
  expect(ten).toBeGreaterThan(single * 1.5)
})

test('a run whose threads were idle shows it by itself', async () => {
  expect(await calibrationGate(driven(20, 0.08), never)).toMatchObject({ holds: true, value: 200 })
  expect(await calibrationGate(driven(0, 0.5), never)).toBeUndefined()
})

test('a run whose threads had work is measured, with sessions like its own', async () => {
  const asked: unknown[] = []
  const measure = (perSecond: number) => (options: { threads: number; perSession: number }) => {
    asked.push([options.threads, options.perSession])
    return Promise.resolve(perSecond)
  }
  expect(await calibrationGate(driven(100, 0.3), measure(301))).toMatchObject({ holds: true, value: 301 })
  expect(await calibrationGate(driven(100, 0.3), measure(299))).toMatchObject({
    holds: false,
    wanted: '>= 300 messages a second',
  })
  const broken = () => Promise.reject(new Error('no port left'))
  expect(await calibrationGate(driven(100, 0.3), broken)).toMatchObject({
    holds: false,
    evidence: 'it could not be measured: no port left',
  })
  expect(asked).toEqual([
    [2, 5],
    [2, 5],
  ])
})
