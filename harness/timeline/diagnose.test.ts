import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type StageName, stageNames } from '../result/trace.ts'
import { diagnose } from './diagnose.ts'
import type { Timeline } from './timeline.ts'

const usual: Readonly<Record<StageName, number>> = {
  tcp: 0.3,
  tls: 3,
  greeting: 0.5,
  ehlo: 0.3,
  auth: 4,
  mail: 1,
  rcpt: 2,
  data: 1,
  body: 6,
  notify: 5,
  fetch: 2,
}

/** One message whose stages follow each other without a gap. */
function timeline(changes: Partial<Record<StageName, number>> = {}, reader: Partial<Record<StageName, number>> = {}) {
  const lay = (lengths: Partial<Record<StageName, number>>) => {
    let at = 1_000
    return stageNames.flatMap((name) => {
      const length = lengths[name]
      if (length === undefined) return []
      at += length
      return [{ name, started: at - length, ended: at }]
    })
  }
  return { stages: lay({ ...usual, ...changes }), reader: lay(reader) } satisfies Timeline
}

const several = (n: number, make: (at: number) => Timeline) => Array.from({ length: n }, (_, at) => make(at))
const ids = (timelines: readonly Timeline[]) => diagnose(timelines).advice.map(({ id }) => id)

describe('the diagnosis', () => {
  it.each(stageNames)('names a slow %s, and what to look at', (name) => {
    const { slowest, advice } = diagnose(several(5, () => timeline({ [name]: 2_000 })))
    expect(slowest).toMatchObject({ stage: name, median: 2_000, slow: true })
    expect(advice.map(({ id, stage }) => [id, stage])).toEqual([[`slow-${name}`, name]])
    expect(Object.keys(advice[0]?.fix ?? {})).toContain('any')
  })

  it('calls nothing slow that nobody feels', () => {
    const { slowest, advice } = diagnose(several(5, () => timeline()))
    expect([slowest?.stage, slowest?.slow, advice]).toEqual(['body', false, []])
  })

  it('blames setting up a session only where that is slow: not every message pays for it', () => {
    expect(diagnose([timeline({ tls: 60 })]).slowest?.stage).toBe('body')
    expect(diagnose([timeline({ tls: 150 })]).slowest).toMatchObject({ stage: 'tls', slow: true })
  })

  it('says nothing of no messages', () => {
    expect(diagnose([])).toEqual({ advice: [] })
  })

  it('knows the half second of Dovecot, even when one message waits longer', () => {
    const found = diagnose(several(9, (at) => timeline({ notify: at === 4 ? 900 : 503 + at })))
    expect(found.slowest).toMatchObject({ stage: 'notify', slow: true })
    expect(found.advice.map(({ id }) => id)).toEqual(['dovecot-notify-delay'])
  })

  it.each([
    ['scattered', (at: number) => 350 + 60 * at],
    ['shorter', () => 400],
    ['longer', () => 800],
  ])('does not take %s notices for it', (_, notify) => {
    expect(ids(several(6, (at) => timeline({ notify: notify(at) })))).toEqual(['slow-notify'])
  })

  it('knows delayed ACKs at the greeting and at EHLO, of either session, and says it once', () => {
    expect(ids(several(2, (at) => timeline({ greeting: 41 + at, ehlo: 43 })))).toEqual(['delayed-ack'])
    expect(ids(several(3, (at) => timeline({}, { greeting: at === 1 ? 139 : 43 })))).toEqual(['delayed-ack'])
  })

  it('says first what explains the slowest stage', () => {
    expect(ids(several(4, () => timeline({ greeting: 43, notify: 504 })))).toEqual([
      'dovecot-notify-delay',
      'delayed-ack',
    ])
    expect(ids(several(4, () => timeline({ greeting: 43, data: 2_000 })))).toEqual(['slow-data', 'delayed-ack'])
  })

  it('takes 40 ms for nothing where there is work to do, or where it happens once', () => {
    expect(ids(several(5, () => timeline({ auth: 43, tls: 43 })))).toEqual([])
    expect(ids([timeline({ greeting: 43 })])).toEqual([])
    expect(ids(several(4, (at) => timeline({ greeting: at === 0 ? 0.4 : 43 })))).toEqual([])
  })

  it('takes the network out, on the side where the stage is', () => {
    const far = timeline({ mail: 201, fetch: 407 }, { greeting: 243 })
    const { slowest, advice } = diagnose([far, far], { sender: 200, reader: 200 })
    expect([slowest, advice.map(({ id }) => id)]).toMatchObject([
      { slow: false, stage: 'fetch', side: 'reader' },
      ['delayed-ack'],
    ])
    expect(diagnose([far], { sender: 0, reader: 200 }).slowest).toMatchObject({ stage: 'mail', slow: true })
  })

  it('says that the server asked for patience', () => {
    expect(ids([{ ...timeline(), waited: 5_000 }])).toEqual(['throttled'])
  })

  it('names the stage that was made slow, whatever the others do', () => {
    const noise = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 11, maxLength: 11 })
    fc.assert(
      fc.property(fc.constantFrom(...stageNames), fc.array(noise, { minLength: 1, maxLength: 12 }), (slow, rows) => {
        const timelines = rows.map((row) => {
          const lengths = Object.fromEntries(stageNames.map((name, at) => [name, row[at] ?? 0]))
          return timeline({ ...lengths, [slow]: 1_000 + (row[0] ?? 0) })
        })
        expect(diagnose(timelines).slowest).toMatchObject({ stage: slow, slow: true })
      }),
    )
  })
})
