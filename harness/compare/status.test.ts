import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BandName } from '../result/comparison.ts'
import { type Said, statusOf } from './status.ts'

const bands: Readonly<Record<string, BandName>> = { A: 'A', B: 'B', n: 'not met', '-': 'not measured' }

/** `AAn` at so many hours apart. */
const runs = (told: string, hours: number): Said[] =>
  [...told].map((letter, at) => ({
    at: new Date(Date.UTC(2026, 2, 1) + at * hours * 3_600_000).toISOString(),
    band: bands[letter] ?? 'A',
  }))

describe('the published status of a host', () => {
  it.for([
    ['A', 168, 'A', true, 0, undefined],
    ['AA', 168, 'A', false, 0, undefined],
    ['AAn', 168, 'A', false, 0, 'not met'],
    ['AAnn', 168, 'not met', false, 1, undefined],
    ['AAnAn', 168, 'not met', false, 1, undefined],
    ['AAnAAn', 168, 'A', false, 0, 'not met'],
    ['AnBn', 168, 'not met', false, 1, undefined],
    ['AnBnB', 168, 'B', false, 2, undefined],
    ['AA-', 168, 'A', false, 0, 'not measured'],
    ['AA--', 168, 'not measured', false, 1, undefined],
    // Half an afternoon of bad runs weighs as one.
    ['AAAAnnnnnnn', 1, 'A', true, 0, 'not met'],
    [`${'A'.repeat(30)}${'n'.repeat(12)}`, 1, 'A', false, 0, 'not met'],
    [`${'A'.repeat(30)}${'n'.repeat(24)}`, 1, 'not met', false, 1, undefined],
  ] as const)('after %s, %d hours apart, is %s', ([told, hours, band, provisional, flips, pending]) => {
    const found = statusOf(runs(told, hours))
    expect(found?.status).toMatchObject({ band, provisional, runs: told.length })
    expect(found?.status.pending).toBe(pending)
    expect(found?.flips).toHaveLength(flips)
  })

  it('begins with the run that brought it', () => {
    const history = runs('AAnnn', 168)
    expect(statusOf(history)?.status.since).toBe(history[3]?.at)
    expect(statusOf(history)?.flips).toEqual([{ at: history[3]?.at, from: 'A', to: 'not met' }])
  })

  it('is nothing of no runs, and bears times in disorder or none at all', () => {
    expect(statusOf([])).toBeUndefined()
    expect(statusOf([{ at: 'yesterday', band: 'A' }])).toBeUndefined()
    expect(statusOf(runs('AAnn', 168).toReversed())).toEqual(statusOf(runs('AAnn', 168)))
  })

  it('never flips by a single run, whatever came before', () => {
    const histories = fc.array(fc.constantFrom('A', 'B', 'n', '-'), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(histories, fc.constantFrom('A', 'B', 'n', '-'), (told, odd) => {
        const others = told.filter((letter) => letter !== odd)
        const before = statusOf(runs(others.join(''), 24))
        const after = statusOf(runs(`${others.join('')}${odd}`, 24))
        if (before !== undefined) expect(after?.status.band).toBe(before.status.band)
      }),
    )
  })
})
