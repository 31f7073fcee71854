import { describe, expect, it } from 'vitest'
import type { PlantedMessage, PlantedRound } from '../../harness/host/plot.ts'
import { isRoundDue, judgeDeletion, judgeKeeping, lookedAt, windowOf, windowText } from './judge-planted.ts'

const hour = 3_600_000
const day = 24 * hour
const start = 1_000 * day

/** A message of this age at the time of planting, seen there and gone so many days later. */
function planted(
  kind: PlantedMessage['kind'],
  age: number,
  looks: readonly (readonly [days: number, there: boolean])[],
) {
  const message: PlantedMessage = { kind, mailbox: 'INBOX', messageId: '<1@chat.example>', date: start - age * day }
  return looks.reduce(
    (seen, [days, there]) => lookedAt(seen, start, { there, now: start + days * day, jobRan: false }),
    message,
  )
}

const round = (...messages: readonly PlantedMessage[]): PlantedRound => ({ planted: start, messages })

describe('mail that must go', () => {
  const judge = (...rounds: readonly PlantedRound[]) => judgeDeletion(rounds, ['old', 'young'], 20)
  const old = (...looks: readonly (readonly [number, boolean])[]) => planted('old', 22.05, looks)
  const fresh = (...looks: readonly (readonly [number, boolean])[]) => planted('young', 0, looks)

  it('cannot be judged while it is there by its date alone: the host may count from the day of filing', () => {
    expect(judge(round(old()))).toBeUndefined()
    expect(judge(round(old([2, true])))).toBeUndefined()
    expect(judge(round(old([22, true])))).toBeUndefined()
    expect(judge(round(planted('young', 2, [[21, true]])))).toBeUndefined()
  })

  it('is gone by either count, or still there by both', () => {
    expect(judge(round(old([1, false])))).toEqual({ what: 'gone', ageDays: 23.1, filedDays: 1 })
    expect(judge(round(old([19, true], [21, false])))).toEqual({ what: 'gone', ageDays: 43.1, filedDays: 21 })
    expect(judge(round(old([22.1, true])))).toEqual({ what: 'still there', ageDays: 44.2, filedDays: 22.1 })
    expect(judge(round(fresh([22.1, true])))).toEqual({ what: 'still there', ageDays: 22.1, filedDays: 22.1 })
  })

  it('is not shown by mail that goes late by its date, where other mail filed with it stays', () => {
    expect(judge(round(old([7, true], [8, false]), fresh([8, true])))).toBeUndefined()
    expect(judge(round(old([7, true], [8, false]), fresh([22.1, true])))).toMatchObject({ what: 'still there' })
  })

  it('is judged by the newest round that can tell', () => {
    const before = { planted: start - 5 * day, messages: [old([0, true])] }
    expect(judge(before, round(old([1, false])))?.what).toBe('gone')
    expect(judge(before, round(old([0.1, true])))).toBeUndefined()
    expect(judge({ ...before, messages: [old([0, false])] }, round(old([0.1, true])))?.filedDays).toBe(5)
  })
})

describe('another round', () => {
  const due = (now: number, ...looks: readonly (readonly [number, boolean])[]) =>
    isRoundDue([round(planted('old', 22.05, looks))], 20, start + now * day)

  it('is due a day after one that went at once, and else so late that one of six grows old', () => {
    expect(isRoundDue([], 20, start)).toBe(true)
    expect([due(0.9, [0.9, false]), due(1, [0.9, false])]).toEqual([false, true])
    expect([due(4.4, [4.4, true]), due(4.5, [4.5, true])]).toEqual([false, true])
  })
})

describe('mail that must stay', () => {
  const judge = (age: number, ...looks: readonly (readonly [number, boolean])[]) =>
    judgeKeeping([round(planted('young', age, looks))], 'young', 20)

  it('is kept once a job has passed it by', () => {
    expect(judge(10, [0.5, true])).toBeUndefined()
    expect(judge(10, [2, true])).toEqual({ what: 'still there', ageDays: 11, filedDays: 1 })
  })

  it('is lost when it is gone half a day before its time; later its absence says nothing', () => {
    expect(judge(10, [2, false])).toEqual({ what: 'gone', ageDays: 12, filedDays: 2 })
    expect(judge(19, [0.4, false])).toMatchObject({ what: 'gone' })
    expect(judge(19, [0.6, false])).toBeUndefined()
    expect(judge(10, [30, false])).toBeUndefined()
    expect(judge(10, [2, true], [30, false])).toMatchObject({ what: 'still there' })
  })
})

describe('the window', () => {
  const told = (...messages: readonly PlantedMessage[]) => {
    const window = windowOf([round(...messages)])
    return window && windowText(window)
  }

  it('lies between what a job has spared and what is gone, and is narrowed by every look', () => {
    const old = planted('old', 22, [[1, false]])
    const looked = (...looks: readonly (readonly [number, boolean])[]) => told(old, planted('young', 19, looks))
    expect(looked()).toBe('less than 23 days')
    expect(looked([0.5, true])).toBe('less than 23 days')
    expect(looked([1.5, true])).toBe('19.5 to 23 days')
    expect(looked([1.5, true], [2, false])).toBe('19.5 to 21 days')
  })

  it('counts from the day of filing where dates do not explain what is gone', () => {
    const all = ([22, 10, 0] as const).map((age) =>
      planted(age === 22 ? 'old' : 'young', age, [
        [19, true],
        [21, false],
      ]),
    )
    expect(told(...all)).toBe('18 to 21 days from the day of filing')
  })

  it('is open where nothing is gone, and unknown before anything was seen', () => {
    expect(told(planted('old', 22, [[3, true]]))).toBe('more than 24 days by date, 2 from the day of filing')
    expect(told()).toBeUndefined()
  })
})
