import { describe, expect, it } from 'vitest'
import type { PlantedMessage, PlantedRound } from '../../harness/host/plot.ts'
import { judgeDeletion, judgeKeeping, lookedAt, windowOf, windowText } from './judge-planted.ts'

const hour = 3_600_000
const day = 24 * hour
const start = 1_000 * day

/** A message of this age at the time of planting, seen there and gone so many days later. */
function planted(
  kind: PlantedMessage['kind'],
  age: number,
  looks: readonly (readonly [days: number, there: boolean])[],
) {
  const message: PlantedMessage = { kind, mailbox: 'INBOX', uid: 1, date: start - age * day }
  return looks.reduce(
    (seen, [days, there]) => lookedAt(seen, start, { there, now: start + days * day, jobRan: false }),
    message,
  )
}

const round = (...messages: readonly PlantedMessage[]): PlantedRound => ({ planted: start, messages })

describe('mail that must go', () => {
  const judge = (...looks: readonly (readonly [number, boolean])[]) =>
    judgeDeletion([round(planted('old', 22.05, looks))], 'old', 20, false)

  it('cannot be judged before the job has surely run, however old it is', () => {
    expect(judge()).toBeUndefined()
    expect(judge([0.1, true], [2, true])).toBeUndefined()
  })

  it('is gone, or still there after two days and an hour', () => {
    expect(judge([1, false])).toEqual({ what: 'gone', ageDays: 23.1 })
    expect(judge([2.1, true])).toEqual({ what: 'still there', ageDays: 24.2 })
  })

  it('is judged by the promise, with two days and an hour of grace', () => {
    const young = round(planted('old', 19, [[3, true]]))
    expect(judgeDeletion([young], 'old', 20, false)).toBeUndefined()
    expect(judgeDeletion([young], 'old', 19, false)).toMatchObject({ what: 'still there' })
  })

  it('is judged by the newest round that can tell', () => {
    const before = { planted: start - 5 * day, messages: [planted('old', 23, [[0, true]])] }
    expect(judgeDeletion([before, round(planted('old', 22, [[1, false]]))], 'old', 20, false)?.what).toBe('gone')
    expect(judgeDeletion([before, round(planted('old', 22, [[0.1, true]]))], 'old', 20, false)?.what).toBe(
      'still there',
    )
  })
})

describe('mail that must stay', () => {
  const judge = (age: number, ...looks: readonly (readonly [number, boolean])[]) =>
    judgeKeeping([round(planted('young', age, looks))], 'young', 20)

  it('is kept once a job has passed it by', () => {
    expect(judge(10, [0.5, true])).toBeUndefined()
    expect(judge(10, [2, true])).toEqual({ what: 'still there', ageDays: 11 })
  })

  it('is lost when it is gone half a day before its time; later its absence says nothing', () => {
    expect(judge(10, [2, false])).toEqual({ what: 'gone', ageDays: 12 })
    expect(judge(19, [0.4, false])).toMatchObject({ what: 'gone' })
    expect(judge(19, [0.6, false])).toBeUndefined()
    expect(judge(10, [30, false])).toBeUndefined()
    expect(judge(10, [2, true], [30, false])).toMatchObject({ what: 'still there' })
  })
})

describe('the window', () => {
  it('lies between what a job has spared and what is gone, and is narrowed by every look', () => {
    const old = planted('old', 22, [[1, false]])
    const looked = (...looks: readonly (readonly [number, boolean])[]) =>
      windowText(windowOf([round(old, planted('young', 19, looks))]))
    expect(looked()).toBe('less than 23 days')
    expect(looked([0.5, true])).toBe('less than 23 days')
    expect(looked([1.5, true])).toBe('19.5 to 23 days')
    expect(looked([1.5, true], [2, false])).toBe('19.5 to 21 days')
  })

  it('is open where nothing is gone, and unknown before anything was seen', () => {
    expect(windowText(windowOf([round(planted('old', 22, [[3, true]]))]))).toBe('more than 24 days')
    expect(windowText(windowOf([]))).toBe('not known yet')
  })
})
