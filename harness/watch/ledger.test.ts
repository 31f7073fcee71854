import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventText } from '../../reports/watch-events.ts'
import { addEntry, emptyLedger, type Ledger } from './ledger.ts'
import type { Entry, Round } from './round.ts'

const start = Date.parse('2026-03-01T00:00:00Z')
const at = (minutes: number): string => new Date(start + minutes * 60_000).toISOString()

function round(minutes: number, about: Partial<Round> = {}): Round {
  return {
    kind: 'round',
    host: 'chat.example',
    at: at(minutes),
    outcome: 'arrives',
    delivery: 80,
    addresses: ['192.0.2.1'],
    messages: 1,
    accounts: 0,
    ...about,
  }
}

const fails = (minutes: number) => round(minutes, { outcome: 'fails', reason: 'nothing answers', addresses: [] })
const slow = (minutes: number) => round(minutes, { outcome: 'slow', delivery: 3_000 })
const full = (minutes: number, verdict: string, ...problems: string[]): Entry => ({
  kind: 'full',
  host: 'chat.example',
  at: at(minutes),
  verdict,
  problems,
})

const fold = (entries: readonly Entry[], channels: readonly string[] = []): Ledger =>
  entries.reduce((known, entry) => addEntry(known, entry, channels), emptyLedger)
const told = (...entries: readonly Entry[]) => fold(entries).events.map(({ kind }) => kind)
const texts = (...entries: readonly Entry[]) => fold(entries).events.map(eventText)

describe('what a watch tells', () => {
  it('is nothing of a relay that delivers, the first round included', () => {
    expect(told(round(0), round(15), round(30))).toEqual([])
  })

  it('is that a relay went down, once, and that it is back, with how long it took', () => {
    expect(texts(round(0), fails(15), fails(30), fails(45), round(95))).toEqual([
      'chat.example does not deliver: nothing answers',
      'chat.example delivers again, in 80 ms; it did not for 1 h 20 min',
    ])
  })

  it('is that a relay is down even when it was never seen up', () => {
    expect(told(fails(0))).toEqual(['down'])
  })

  it('is nothing of our own trouble, which ends no status either', () => {
    const ours = (minutes: number) => round(minutes, { outcome: 'not-judged', reason: 'our network' })
    expect(told(round(0), ours(15), ours(30), round(45))).toEqual([])
    expect(told(fails(0), ours(15), fails(30))).toEqual(['down'])
    expect(fold([round(0), ours(15)]).hosts.get('chat.example')).toMatchObject({
      status: 'up',
      counts: { arrives: 1, 'not-judged': 1 },
    })
  })

  it('is slowness only when it lasts, and its end', () => {
    expect(told(round(0), slow(15), slow(30), round(45), slow(60))).toEqual([])
    expect(told(round(0), slow(15), slow(30), slow(45), slow(60), round(75))).toEqual(['slow', 'quick'])
  })

  it('is a change of address, but not its absence', () => {
    const moved = (minutes: number) => round(minutes, { addresses: ['192.0.2.9'] })
    expect(texts(round(0), fails(15), moved(30), moved(45))[2]).toBe(
      'chat.example has another address: 192.0.2.9, before 192.0.2.1',
    )
    expect(told(round(0), round(15, { addresses: [] }), round(30))).toEqual([])
  })

  it('is a certificate that ends soon: once for each limit, and anew for a new one', () => {
    const until = (minutes: number, days: number) => round(minutes, { certificateEnds: at(days * 1_440) })
    const entries = [until(0, 90), until(77 * 1_440, 90), until(78 * 1_440, 90), until(88 * 1_440, 90)]
    expect(texts(...entries)).toEqual([
      'the certificate of chat.example expires in 13 days (30 May 2026)',
      'the certificate of chat.example expires in 2 days (30 May 2026)',
    ])
    expect(told(...entries, until(89 * 1_440, 180), until(170 * 1_440, 180))).toEqual([
      'certificate',
      'certificate',
      'certificate',
    ])
    expect(texts(until(0, -1))).toEqual(['the certificate of chat.example has expired (28 February 2026)'])
  })

  it('is what a full run found, what it found anew, and that all is well again', () => {
    expect(
      texts(
        full(0, 'fails', 'imap/a'),
        full(1_440, 'fails', 'imap/a', 'imap/b'),
        full(2_880, 'undecided'),
        full(4_320, 'fails', 'imap/a'),
        full(5_760, 'conforms'),
      ),
    ).toEqual([
      'chat.example has problems: imap/a',
      'chat.example has problems: imap/b',
      'chat.example conforms again: imap/a',
    ])
  })
})

describe('what is still to be told', () => {
  const down = [round(0), fails(15)]

  it('stays until every channel has it', () => {
    const [event] = fold(down, ['command', 'chat']).pending
    const by = (channel: string): Entry => ({ kind: 'told', event: event?.id ?? '', by: channel, at: at(16) })
    expect(fold([...down, by('command')], ['command', 'chat']).pending).toMatchObject([{ toldBy: ['command'] }])
    expect(fold([...down, by('command'), by('chat')], ['command', 'chat']).pending).toEqual([])
  })

  it('is nothing where nobody is to be told, and no news of yesterday', () => {
    expect(fold(down).pending).toEqual([])
    expect(fold([...down, fails(15 + 1_500)], ['chat']).pending).toEqual([])
  })

  it('is the same for a watch that reads the journal as for the one that wrote it', () => {
    const entries = fc.array(
      fc.record({
        minutes: fc.integer({ min: 0, max: 5_000 }),
        outcome: fc.constantFrom('arrives', 'slow', 'fails', 'not-judged'),
        told: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(entries, (steps) => {
        const journal: Entry[] = []
        let live = emptyLedger
        const add = (entry: Entry) => {
          journal.push(entry)
          live = addEntry(live, entry, ['chat'])
        }
        for (const { minutes, outcome, told } of steps.toSorted((a, b) => a.minutes - b.minutes)) {
          add(round(minutes, { outcome } as Partial<Round>))
          const [next] = live.pending
          if (told && next !== undefined) add({ kind: 'told', event: next.id, by: 'chat', at: at(minutes) })
        }
        const read = fold(JSON.parse(JSON.stringify(journal)), ['chat'])
        expect(read.pending).toEqual(live.pending)
        expect(read.events).toEqual(live.events)
        expect([...read.hosts]).toEqual([...live.hosts])
      }),
    )
  })
})
