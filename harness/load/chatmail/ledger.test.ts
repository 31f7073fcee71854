// The oracle by itself: every way in which a message can go astray, and the messages that it is told of.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Ledger } from './ledger.ts'
import { isIntact, messageId, readLabel, writeMessage } from './message.ts'

describe('the ledger of a receiver', () => {
  const ledgerWith = (...accepted: readonly number[]) => {
    const ledger = new Ledger(4)
    for (const number of accepted) {
      ledger.sent(number, 100 + number, 101 + number)
      ledger.accepted(number)
    }
    return ledger
  }

  test('knows what is missing until it has arrived', () => {
    const ledger = ledgerWith(0, 1)
    expect(ledger.missing).toBe(2)
    expect(ledger.arrived({ to: 4, number: 0 }, true)).toEqual({
      what: 'delivered',
      due: 100,
      began: 101,
      reordered: false,
    })
    expect(ledger.missing).toBe(1)
    expect(ledger.giveUp()).toBe(1)
    expect(ledger.missing).toBe(0)
  })

  test('tells doubled, leaked, damaged, late and overtaken ones apart', () => {
    const ledger = ledgerWith(0, 1, 2, 3)
    expect(ledger.arrived({ to: 4, number: 1 }, true)).toMatchObject({ what: 'delivered' })
    expect(ledger.arrived({ to: 4, number: 1 }, true)).toEqual({ what: 'duplicate' })
    expect(ledger.arrived({ to: 5, number: 2 }, true)).toEqual({ what: 'leaked' })
    expect(ledger.arrived({ to: 4, number: 9 }, true)).toEqual({ what: 'leaked' })
    expect(ledger.arrived({ to: 4, number: 0 }, false)).toMatchObject({ what: 'corrupted', reordered: true })
    expect(ledger.giveUp()).toBe(2)
    expect(ledger.arrived({ to: 4, number: 2 }, true)).toEqual({ what: 'late' })
    expect(ledger.giveUp()).toBe(0)
  })

  test('takes a message that arrives before the answer to it, and expects none that was refused', () => {
    const ledger = new Ledger(4)
    ledger.sent(0, 1, 1)
    expect(ledger.arrived({ to: 4, number: 0 }, true)).toMatchObject({ what: 'delivered' })
    ledger.accepted(0)
    ledger.sent(1, 2, 2)
    ledger.refused(1)
    expect(ledger.missing).toBe(0)
    expect(ledger.giveUp()).toBe(0)
  })

  test('stays small in a long run, and still knows a copy of long ago', () => {
    const ledger = new Ledger(4)
    for (let number = 0; number < 5_000; number++) {
      ledger.sent(number, 0, 0)
      ledger.accepted(number)
      ledger.arrived({ to: 4, number }, true)
      if (number % 10 === 9) expect(ledger.giveUp()).toBe(0)
    }
    expect(ledger.arrived({ to: 4, number: 7 }, true)).toEqual({ what: 'duplicate' })
  })

  test('in whatever order messages come, each accepted one is delivered or given up', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50)), fc.array(fc.nat(50)), (accepted, arriving) => {
        const ledger = ledgerWith(...accepted)
        const delivered = arriving.filter((number) => ledger.arrived({ to: 4, number }, true).what === 'delivered')
        expect(delivered.length + ledger.giveUp()).toBe(accepted.length)
      }),
    )
  })
})

describe('a message of a run', () => {
  const payload = Buffer.from('the payload')
  const body = Buffer.concat([Buffer.from('--part\r\n\r\n'), payload, Buffer.from('\r\n--part--\r\n')])
  const pool = { fields: 'MIME-Version: 1.0\r\nContent-Type: text/plain\r\n', body, payload }
  const written = writeMessage(
    { from: 'a@x.test', date: 'today', messageId: messageId('run', { to: 7, upTo: 7, number: 12 }) },
    pool,
  )

  test('says whose it is, wherever a server puts its own fields', () => {
    const received = Buffer.concat([Buffer.from('Return-Path: <a@x.test>\r\nReceived: x\r\n\ty\r\n'), written])
    const label = readLabel('run', received)
    expect(label).toMatchObject({ to: 7, number: 12 })
    expect(isIntact(received, label?.body ?? 0, payload)).toBe(true)
  })

  test('of another run, or of somebody else, is none of ours', () => {
    expect(readLabel('other', written)).toBeUndefined()
    expect(readLabel('run', Buffer.from('Subject: <load.run.\r\n\r\n<load.run.1.2@localhost>'))).toBeUndefined()
  })

  test('is not intact with an octet of its payload changed or missing, whatever stands around it', () => {
    const { body: from = 0 } = readLabel('run', written) ?? {}
    const changed = Buffer.from(written)
    changed[written.length - 18] = 0x21
    expect(isIntact(changed, from, payload)).toBe(false)
    expect(isIntact(written.subarray(0, -15), from, payload)).toBe(false)
    expect(isIntact(Buffer.concat([written.subarray(0, -2), Buffer.from('\r\n\r\n')]), from, payload)).toBe(true)
    expect(isIntact(written, from + 20, payload)).toBe(false)
  })
})
