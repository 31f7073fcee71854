// How often a run like the earlier ones is called slower, and how often a slower one is found: simulated, the same every time.
import { describe, expect, it } from 'vitest'
import { conforming, failing } from '../../reports/golden/samples.ts'
import { compareWithBaseline, confirmSlower, slowdowns } from './baseline.ts'
import type { Result } from './schema.ts'
import { seededRandom } from './statistics.ts'
import { studentQuantile } from './students-t.ts'

interface Machine {
  /** Spread of one message, and of whole runs, as natural logarithms. */
  readonly within: number
  readonly between: number
}

const ids = [
  'delivery',
  'delivery.mail',
  'delivery.rcpt',
  'delivery.body',
  'delivery.notify',
  'delivery.fetch',
  'submission',
  'reading',
]

function runs(seed: number, { within, between }: Machine) {
  const random = seededRandom(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let day = 0
  return (slower = 1): Result => {
    const run = Math.exp(normal() * between)
    day++
    return {
      ...conforming,
      started: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
      vantage: { ...conforming.vantage, machine: 'm1' },
      measurements: ids.map((id) => ({
        id,
        host: conforming.hosts[0]?.label ?? '',
        title: id,
        unit: 'ms',
        samples: Array.from({ length: 20 }, () => 100 * slower * run * Math.exp(normal() * within)),
        censored: 0,
      })),
    }
  }
}

/** Shares of simulated histories that end with a slowdown. */
function share(histories: number, machine: Machine, slower: number, earlier: number): number {
  let found = 0
  for (let seed = 1; seed <= histories; seed++) {
    const next = runs(seed, machine)
    const before = Array.from({ length: earlier }, () => next())
    const first = compareWithBaseline(next(slower), before)
    if (slowdowns(confirmSlower(first, next(slower), before)).length > 0) found++
  }
  return found / histories
}

const usual: Machine = { within: 0.2, between: 0.04 }
const restless: Machine = { within: 0.4, between: 0.15 }

describe('a run against earlier ones', () => {
  it.each([
    ['usual', usual, 5],
    ['usual', usual, 15],
    ['restless', restless, 5],
    ['restless', restless, 15],
  ] as const)('on a %s machine: raises a false alarm in less than one run of a hundred (%#)', (_, machine, earlier) => {
    expect(share(400, machine, 1, earlier)).toBeLessThan(0.01)
  })

  it('finds half as slow again nearly always, by five earlier runs of a usual machine', () => {
    expect(share(200, usual, 1.5, 5)).toBeGreaterThan(0.9)
  })

  it('finds 25 percent by fifteen', () => {
    expect(share(200, usual, 1.25, 15)).toBeGreaterThan(0.9)
  })

  it('asks for more where runs differ more', () => {
    expect(share(200, restless, 1.25, 5)).toBeLessThan(0.2)
    expect(share(200, restless, 3, 15)).toBeGreaterThan(0.9)
  })

  it('says figures with their effect and how sure it is', () => {
    const next = runs(7, usual)
    const before = Array.from({ length: 8 }, () => next())
    const { figures } = compareWithBaseline(next(2), before)
    const delivery = figures.find(({ figure }) => figure === 'delivery p50')
    expect(delivery).toMatchObject({ unit: 'ms', runs: 8, verdict: 'slower' })
    expect(delivery?.change).toBeGreaterThan(0.7)
    expect(delivery?.low).toBeGreaterThan(0.4)
    expect(delivery?.high).toBeLessThan(2)
    expect(figures.map(({ figure }) => figure)).toContain('delivery p95')
  })

  it('does not count a slowdown that was not measured again, or was not there again', () => {
    const next = runs(3, usual)
    const before = Array.from({ length: 6 }, () => next())
    const first = compareWithBaseline(next(2), before)
    expect(first.figures.some(({ verdict }) => verdict === 'slower')).toBe(true)
    expect(slowdowns(first)).toEqual([])
    expect(slowdowns(confirmSlower(first, next(1), before))).toEqual([])
    expect(slowdowns(confirmSlower(first, next(2), before)).length).toBeGreaterThan(0)
  })

  it('only warns with fewer than five runs, or with runs of another kind of machine', () => {
    const next = runs(4, usual)
    const few = Array.from({ length: 4 }, () => next())
    expect(compareWithBaseline(next(3), few)).toMatchObject({ comparable: 4, gates: false })
    const others = Array.from({ length: 9 }, () => {
      const one = next()
      return { ...one, vantage: { ...one.vantage, machine: 'm2' } }
    })
    const record = compareWithBaseline(next(3), others)
    expect(record).toMatchObject({ given: 9, comparable: 0, gates: false })
    expect(record.notes.join()).toContain('9 of 9 were measured from another kind of machine')
    expect(slowdowns(confirmSlower(record, next(3), others))).toEqual([])
  })

  it('takes less than 5 ms or 10 percent for no slowdown, however steady the machine is', () => {
    const still: Machine = { within: 0.0001, between: 0.0001 }
    expect(share(20, still, 1.09, 10)).toBe(0)
    const next = runs(1, still)
    const tiny = (slower: number): Result => {
      const one = next(slower)
      const measurements = one.measurements.map((item) => ({ ...item, samples: item.samples.map((ms) => ms / 100) }))
      return { ...one, measurements }
    }
    const before = Array.from({ length: 10 }, () => tiny(1))
    const again = confirmSlower(compareWithBaseline(tiny(3), before), tiny(3), before)
    expect(slowdowns(again)).toEqual([])
  })

  it('tells what newly fails, and what newly holds', () => {
    const held = { ...failing, findings: failing.findings.map((one) => ({ ...one, verdict: 'pass' as const })) }
    const failed = failing.findings.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check)
    expect(failed.length).toBeGreaterThan(0)
    expect(compareWithBaseline(failing, [held]).newlyFailing.map(({ check }) => check)).toEqual(failed)
    expect(compareWithBaseline(held, [failing]).newlyHolding.map(({ check }) => check)).toEqual(failed)
    expect(compareWithBaseline(failing, [failing]).newlyFailing).toEqual([])
  })
})

describe("Student's t", () => {
  it.each([
    [0.975, 1, 12.706],
    [0.975, 4, 2.776],
    [0.99, 4, 3.747],
    [0.95, 5, 2.015],
    [0.995, 30, 2.75],
  ] as const)(
    'stays below its value of the tables with probability %d at %d degrees of freedom',
    (p, freedom, value) => {
      expect(studentQuantile(p, freedom)).toBeCloseTo(value, 3)
    },
  )
})
