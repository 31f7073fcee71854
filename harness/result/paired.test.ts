// Whether the shift of pairs is found, and how often it is missed.
import { describe, expect, it } from 'vitest'
import { pairedShift } from './paired.ts'
import { seededRandom } from './statistics.ts'

/** Standard normal, from a seed. */
function normal(seed: number): () => number {
  const random = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

describe('the shift of pairs', () => {
  it('is the middle of all averages of two differences', () => {
    expect(pairedShift([1, 2, 6], 0.2, 0.2)).toEqual({ estimate: 2.75, low: 1, high: 6 })
    expect(pairedShift([5], 0.2, 0.2)).toEqual({
      estimate: 5,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    })
    expect(pairedShift([], 0.2, 0.2).estimate).toBeNaN()
  })

  it('takes the ranks of the tables: n 10, one-sided 0.025: the 9th from each end', () => {
    // Critical value 8 (Wilcoxon's table), so the interval goes from the 9th average to the 9th last.
    const values = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
    const averages = values.flatMap((a, at) => values.slice(at).map((b) => (a + b) / 2)).sort((a, b) => a - b)
    const { low, high } = pairedShift(values, 0.025, 0.025)
    expect([low, high]).toEqual([averages[8], averages.at(-9)])
  })

  it('has the true shift in its interval as often as it says, whatever the tails', () => {
    let missed = 0
    const runs = 1_000
    for (let seed = 1; seed <= runs; seed++) {
      const next = normal(seed)
      const spiky = Array.from({ length: 24 }, () => 3 + next() * (Math.abs(next()) > 1.6 ? 20 : 1))
      const { low, high } = pairedShift(spiky, 0.025, 0.025)
      if (low > 3 || high < 3) missed++
    }
    // 5 % of 1000, and four standard deviations of that count.
    expect(missed).toBeLessThan(50 + 28)
    expect(missed).toBeGreaterThan(50 - 28)
  })

  it('is not moved by a few that took very long', () => {
    const calm = Array.from({ length: 30 }, (_, at) => (at % 5) / 10)
    const spiked = [...calm, 400, 900]
    expect(Math.abs(pairedShift(spiked, 0.01, 0.01).estimate - pairedShift(calm, 0.01, 0.01).estimate)).toBeLessThan(
      0.1,
    )
  })
})
