// From figures and assumptions to people, and to the sentence.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Assumptions, type Figures, howManyPeople, usualPeople } from './people.ts'

const usual: Assumptions = { ...usualPeople, days: 20 }
/** A Raspberry Pi at home. */
const pi: Figures = {
  rate: 12,
  isLowerBound: false,
  idleBytes: 950_000,
  memoryAvailable: 600e6,
  diskFree: 20e9,
  upload: { value: 1e6, said: '8 Mbit/s' },
  writtenPerMessage: 120_000,
  onCard: true,
}

describe('how many people', () => {
  it('is told in a sentence with what it assumes, what limits first, and what next', () => {
    const { answer, comfortable, limits, assumptions } = howManyPeople(pi, usual)
    expect(answer).toBe(
      'comfortable for about 310 people (50 messages and 5 photos a day each, busiest hour 12 %); first limit: memory, next: disk space',
    )
    expect(comfortable).toBe(310)
    expect(assumptions).toMatchObject({ messages: 50, photos: 5, busiest: 12, days: 20 })
    expect(limits.map(({ resource, people }) => [resource, people])).toEqual([
      ['memory', 315],
      ['disk space', 333],
      ['SD card', 1_383],
      ['messages 12/s', 3_272],
      ['upload 8 Mbit/s', 10_000],
    ])
  })

  it('can be reckoned by hand', () => {
    const figures: Figures = { rate: 10, isLowerBound: false, onCard: false }
    // 36 messages a day, a tenth of them in the busiest hour: one in 1000 s.
    const { limits } = howManyPeople(figures, { ...usual, messages: 36, photos: 0, busiest: 10, headroom: 100 })
    expect(limits).toEqual([{ resource: 'messages 10/s', people: 10_000, why: expect.stringContaining('0.001') }])
  })

  it('has fewer people the more each does, and never more than a limit lets', () => {
    const amount = fc.double({ min: 1, max: 500, noNaN: true })
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 2, max: 50 }), (messages, photos, group) => {
        const some = howManyPeople(pi, { ...usual, messages, photos })
        const more = howManyPeople(pi, { ...usual, messages: 2 * messages, photos: 2 * photos, group })
        expect(more.comfortable).toBeLessThanOrEqual(some.comfortable)
        expect(some.comfortable).toBeLessThanOrEqual(Math.min(...some.limits.map(({ people }) => people)))
      }),
    )
  })

  it('says "at least" of a rate that is only a lower bound, and of nothing else', () => {
    const bound = { rate: 1, isLowerBound: true, onCard: false }
    expect(howManyPeople(bound, usual).answer).toContain('for at least about 270 people')
    expect(howManyPeople({ ...pi, isLowerBound: true }, usual).answer).toContain('for about 310 people')
  })

  it('has no number for what nobody measured', () => {
    const { limits } = howManyPeople({ rate: 5, isLowerBound: false, onCard: false }, usual)
    expect(limits.map(({ resource }) => resource)).toEqual(['messages 5/s'])
    expect(howManyPeople({ ...pi, rate: 0 }, usual).answer).toMatch(/^not fit for anybody/)
    expect(howManyPeople({ ...pi, rate: 0 }, usual).comfortable).toBe(0)
  })
})
