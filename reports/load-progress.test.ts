// The live line of a load run.
import { expect, it } from 'vitest'
import { LoadProgress, progressLine } from './load-progress.ts'

const moment = { offered: 99.96, achieved: 98.4, p50: 12.3, p99: 845, errors: 2, limits: 0, lag: 1.2 }

it('says in one line how long it takes yet, what is due, what is done, how fast, and how late we are', () => {
  expect(progressLine('steady', moment, 12_000, 60_000)).toBe(
    'steady 0:48 left  due 100 done 98.4/s  p50 12 p99 845 ms  errors 2  lag 1',
  )
})

it('says in 79 columns all of it when a server is in trouble', () => {
  const trouble = { offered: 999, achieved: 312, p50: 4_012, p99: 9_876, errors: 123, limits: 0, lag: 12 }
  const line = progressLine('federation', trouble, 12_000, 600_000)
  expect(line.length).toBeLessThanOrEqual(79)
  expect(line).toContain('errors 123  lag 12')
})

it('fits 80 columns, whatever the figures are', () => {
  const large = { offered: 9_999, achieved: 9_999, p50: 9_999, p99: 60_000, errors: 9_999, limits: 0, lag: 99 }
  const lines: string[] = []
  const options = { write: (text: string) => lines.push(text), live: true, color: false, width: 80, scenario: 'steady' }
  new LoadProgress(options).show(large, 3_599_000, 3_600_000)
  expect(lines.join('').length).toBeLessThanOrEqual(80)
})

it('is rewritten on a terminal, and comes every ten seconds elsewhere', () => {
  const written: string[] = []
  const options = { write: (text: string) => written.push(text), color: false, width: 80, scenario: 'steady' }
  const live = new LoadProgress({ ...options, live: true })
  live.show(moment, 1_000, 60_000)
  live.show(moment, 2_000, 60_000)
  live.clear()
  expect(written.join('').split('\r\u001b[2K')).toHaveLength(3)
  written.length = 0
  const plain = new LoadProgress({ ...options, live: false })
  for (let second = 1; second <= 25; second++) plain.show(moment, second * 1_000, 60_000)
  expect(written).toHaveLength(2)
})
