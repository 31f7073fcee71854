// What a machine used during a stretch of time.
import { expect, it } from 'vitest'
import { serverUsage } from './usage.ts'

const at = (seconds: number, change: object = {}) => ({
  takenAt: 1_000 * seconds,
  cpuSeconds: 100 + seconds,
  resident: 1e8 + 1e6 * seconds,
  written: 5e6 * seconds,
  cpus: 2,
  memoryTotal: 1e9,
  memoryAvailable: 1e9 - 1e8 * seconds,
  diskBusy: 50 + seconds / 4,
  ...change,
})

it('is shares of the time and of all processors, from what lies within', () => {
  const readings = [at(0), at(1), at(2, { throttled: true }), at(3), at(9, { cpuSeconds: 900 })]
  expect(serverUsage(readings, 900, 3_100)).toEqual({
    seconds: 2,
    cpu: 0.5,
    cpuSeconds: 2,
    resident: 1.03e8,
    written: 1e7,
    memoryLeft: 0.7,
    diskBusy: 0.25,
    throttled: true,
  })
})

it('is unknown from fewer than two readings', () => {
  expect(serverUsage([at(1)], 0, 5_000)).toBeUndefined()
  expect(serverUsage([at(1), at(9)], 0, 5_000)).toBeUndefined()
})
