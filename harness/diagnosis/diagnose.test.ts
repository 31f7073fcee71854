import { describe, expect, it } from 'vitest'
import { type Decided, diagnose } from './diagnose.ts'
import { readMatrix, writeMatrix } from './read-matrix.ts'

const matrix = readMatrix(`mute | says nothing | imap.speaks | imap/greets imap/idles imap/selects |
deaf | hears nothing | imap.hears | imap/idles | imap/waits
asleep | does nothing in IDLE | imap.hears | imap/idles | imap/waits
open | takes everything | sender.checks | sender/a sender/b |
`)

function decided(fails: readonly string[], holds: readonly string[] = []): Decided {
  return new Map([...fails.map((id) => [id, 'fails'] as const), ...holds.map((id) => [id, 'holds'] as const)])
}

const named = (of: Decided) =>
  diagnose(of, matrix).map(({ causes, explains, of: all, absent }) => [
    causes.map(({ alike }) => alike.map(({ defect }) => defect).join('/')).join(' + '),
    explains,
    all,
    absent,
  ])

describe('a diagnosis', () => {
  it('says nothing where nothing fails', () => {
    expect(named(decided([], ['imap/greets']))).toEqual([])
  })

  it('names the defect that fits, and nothing that is contradicted as much as confirmed', () => {
    expect(named(decided(['imap/greets', 'imap/idles', 'imap/selects'], ['sender/a', 'sender/b']))[0]).toEqual([
      'mute',
      3,
      3,
      0,
    ])
    expect(named(decided(['sender/a'], ['sender/b']))).toEqual([])
  })

  it('joins defects that the checks cannot tell apart', () => {
    expect(named(decided(['imap/idles'], ['imap/greets', 'imap/selects']))).toEqual([['deaf/asleep', 1, 1, 0]])
  })

  it('leaves out of account what was not decided', () => {
    expect(named(decided(['imap/idles']))).toEqual([['mute/deaf/asleep', 1, 1, 0]])
  })

  it('names two where each explains what the other does not', () => {
    const found = named(decided(['imap/idles', 'sender/a', 'sender/b'], ['imap/greets', 'imap/selects']))
    expect(found[0]).toEqual(['open + deaf/asleep', 3, 3, 0])
    expect(found[1]).toEqual(['open', 2, 3, 0])
  })

  it('names no second one that only says one finding again, while others stay unexplained', () => {
    const found = named(decided(['imap/idles', 'sender/a', 'sender/b', 'x/1'], ['imap/greets', 'imap/selects']))
    expect(found).toEqual([['open', 2, 4, 0]])
  })

  it('says nothing where less than half is explained', () => {
    expect(named(decided(['sender/a', 'sender/b', 'x/1', 'x/2', 'x/3']))).toEqual([])
    expect(named(decided(['sender/a', 'sender/b', 'x/1', 'x/2']))).toEqual([['open', 2, 4, 0]])
  })
})

describe('the text of the matrix', () => {
  it('reads back as it was written', () => {
    expect(readMatrix(writeMatrix(matrix))).toEqual(matrix)
    expect(matrix.map(({ fails, spares }) => [fails.length, spares.length])).toEqual([
      [3, 0],
      [1, 1],
      [1, 1],
      [2, 0],
    ])
  })
})
