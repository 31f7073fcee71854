// The search for a capacity, on servers that are only imagined: exact ones, noisy ones, and drivers that are too weak.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultSearch, type Next, nextStep, type SearchOptions, type StepVerdict, type Tried } from './search.ts'

type Done = Extract<Next, { kind: 'done' }>

function search(server: (rate: number) => StepVerdict, options: SearchOptions = defaultSearch) {
  const tried: Tried[] = []
  for (;;) {
    const next = nextStep(tried, options)
    if (next.kind === 'done') return { ...next, tried }
    expect(next.rate).toBeGreaterThan(0)
    expect(next.rate).toBeLessThanOrEqual(options.most)
    tried.push({ rate: next.rate, verdict: server(next.rate) })
    expect(tried.length).toBeLessThanOrEqual(options.mostSteps)
  }
}

const exact = (capacity: number) => (rate: number) => (rate <= capacity ? 'holds' : 'gives-way') as StepVerdict
const capacities = fc.double({ min: 0.3, max: 150, noNaN: true })

describe('the search for a capacity', () => {
  it('has the true capacity in a bracket of 5 %, in few steps, whatever it is', () => {
    fc.assert(
      fc.property(capacities, (capacity) => {
        const { bracket, ended, confirmed, tried } = search(exact(capacity))
        expect([ended, confirmed]).toEqual(['found', true])
        expect(bracket.holds).toBeLessThanOrEqual(capacity)
        expect(bracket.givesWay).toBeGreaterThan(capacity)
        // Rates have three digits.
        expect((bracket.givesWay ?? 0) / bracket.holds).toBeLessThan(1.07)
        expect(bracket.spread).toBe(0)
        expect(tried.length).toBeLessThanOrEqual(30)
      }),
    )
  })

  it('has it between its ends, give or take the noise, when equal runs disagree', () => {
    const noise = fc.double({ min: 0, max: 0.25, noNaN: true })
    const luck = fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true }))
    fc.assert(
      fc.property(capacities, noise, luck, (capacity, share, wobble) => {
        const server = (rate: number) => exact(capacity * (1 + share * (wobble.next().value ?? 0)))(rate)
        const { bracket, ended } = search(server)
        if (ended === 'found' && bracket.holds > 0) {
          expect(bracket.holds).toBeLessThanOrEqual(capacity * (1 + share))
          expect(bracket.givesWay).toBeGreaterThanOrEqual(capacity * (1 - share))
        } else expect(['found', 'too-many-steps', 'most']).toContain(ended)
        // Each end is found to 5 %, of rates with three digits.
        if (ended === 'found') expect(bracket.spread).toBeLessThanOrEqual(((1 + share) / (1 - share)) * 1.07 ** 2 - 1)
      }),
      { numRuns: 300 },
    )
  })

  it('nearly always comes to an end by itself when equal runs disagree by a tenth', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed / 2_147_483_648
    }
    const ends = Array.from({ length: 200 }, () => search((rate) => exact(20 * (0.9 + 0.2 * random()))(rate)))
    expect(ends.filter(({ ended }) => ended === 'found').length).toBeGreaterThan(190)
  })

  it('is no wider than 5 % or what equal runs disagreed by, and agrees with itself', () => {
    let seed = 5
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed / 2_147_483_648
    }
    const overlaps = Array.from({ length: 100 }, () => {
      const three = [1, 2, 3].map(() => search((rate) => exact(20 * (0.9 + 0.2 * random()))(rate)).bracket)
      for (const { holds, givesWay = 0, spread } of three)
        expect(givesWay / holds).toBeLessThanOrEqual(1.02 + Math.max(0.05, spread))
      return Math.max(...three.map(({ holds }) => holds)) <= Math.min(...three.map(({ givesWay = 0 }) => givesWay))
    })
    expect(overlaps.filter((overlap) => overlap).length).toBeGreaterThan(90)
  })

  it('does not believe one bad step', () => {
    let steps = 0
    const { bracket } = search((rate) => (++steps === 3 ? 'gives-way' : exact(80)(rate)))
    expect(bracket.holds).toBeGreaterThan(75)
    expect(bracket.givesWay).toBeLessThan(85)
  })

  it('says that this machine was too weak, and what held until then', () => {
    const { bracket, ended, confirmed } = search((rate) => (rate > 30 ? 'invalid' : 'holds'))
    expect([ended, confirmed, bracket.givesWay]).toEqual(['driver', true, undefined])
    expect(bracket.holds).toBeGreaterThan(19)
    const never = search(() => 'invalid') as Done
    expect([never.ended, never.bracket.holds, never.confirmed]).toEqual(['driver', 0, false])
  })

  it('tries nothing for ever that this machine is too busy for, now and then', () => {
    let seed = 3
    const busy = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed / 2_147_483_648 < 0.4
    }
    for (let n = 0; n < 300; n++) {
      const { bracket, ended, tried } = search((rate) => (busy() ? 'invalid' : exact(20)(rate)))
      expect(['found', 'driver']).toContain(ended)
      expect(bracket.holds).toBeLessThanOrEqual(20)
      expect(bracket.givesWay ?? 21).toBeGreaterThan(20)
      for (const one of tried) expect(tried.filter(({ rate }) => rate === one.rate).length).toBeLessThan(16)
    }
  })

  it('stops at the highest rate that may be tried', () => {
    const { bracket, ended, tried } = search(exact(1_000), { ...defaultSearch, most: 40 })
    expect([ended, bracket]).toEqual(['most', { holds: 40, givesWay: undefined, spread: 0 }])
    expect(Math.max(...tried.map(({ rate }) => rate))).toBe(40)
  })

  it('goes down when the first rate is too high, and says so when nothing holds', () => {
    expect(search(exact(0.5)).bracket.holds).toBeGreaterThan(0.47)
    const { bracket, ended } = search(() => 'gives-way')
    expect([bracket.holds, ended]).toEqual([0, 'found'])
  })
})
