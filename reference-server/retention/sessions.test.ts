// Tests of what open sessions see of the clean-up: EXPUNGE, BYE, 421; and room made by APPEND and COPY, over real sockets.
import { expect, test } from 'vitest'
import { virtualClock } from '../clock.ts'
import { rawClient } from '../imap/test-client.ts'
import { type Reference, startReference } from '../index.ts'
import { openSession } from '../test-mail/line-client.ts'

const day = 86_400_000

async function imapOf(reference: Reference, { address, password }: { address: string; password: string }) {
  const client = await rawClient({ port: reference.ports.imaps, tls: true })
  await client.command(`LOGIN "${address}" "${password}"`)
  return client
}

const date = (at: number) => {
  const [, number = '', month = '', year = '', time = ''] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(at).toUTCString()) ?? []
  return `"${number}-${month}-${year} ${time} +0000"`
}

test('an open session is told EXPUNGE when the daily job removes a message, idle or not', async () => {
  const clock = virtualClock(Date.UTC(2026, 0, 1, 12))
  await using reference = await startReference({ clock })
  const alice = reference.accounts.create()
  const [idle, quiet] = [await imapOf(reference, alice), await imapOf(reference, alice)]
  for (const age of [19, 18]) {
    await quiet.command(`APPEND INBOX ${date(clock.now() - age * day)} {5+}\r\nA: ${age}`)
  }
  for (const client of [idle, quiet]) await client.command('SELECT INBOX')
  idle.send('i IDLE\r\n')
  await idle.until(/^\+ /)
  await clock.advance(2 * day)
  expect((await idle.until(/EXPUNGE/)).at(-1)).toBe('* 1 EXPUNGE')
  expect(await quiet.command('NOOP')).toContain('* 1 EXPUNGE')
  expect((await quiet.command('UID SEARCH ALL'))[0]).toBe('* SEARCH 2')
  idle.close()
  quiet.close()
})

test('sessions of an account that is removed end: BYE and 421', async () => {
  const clock = virtualClock()
  await using reference = await startReference({ clock })
  const alice = reference.accounts.create()
  const [selected, other] = [await imapOf(reference, alice), await imapOf(reference, alice)]
  await selected.command('SELECT INBOX')
  await using smtp = await openSession(reference, alice)
  await clock.advance(91 * day)
  expect(reference.accounts.find(alice.address)).toBeUndefined()
  expect(await selected.line()).toMatch(/^\* BYE /)
  await selected.ended
  other.send('x NOOP\r\n')
  expect(await other.line()).toMatch(/^\* BYE /)
  await other.ended
  expect(await smtp.ask(`MAIL FROM:<${alice.address}>`)).toMatch(/^421 /)
  await smtp.closed
})

test('APPEND and COPY make room, too, and what they bring stays', async () => {
  const clock = virtualClock()
  await using reference = await startReference({ clock, overrides: { imap: { quota: { limitKib: 100 } } } })
  const alice = reference.accounts.create()
  const client = await imapOf(reference, alice)
  const append = () => client.command(`APPEND INBOX {10240+}\r\n${'x'.repeat(10_240)}`)
  await client.command('CREATE Kept')
  for (let n = 0; n < 7; n++) await append()
  await clock.advance(1.5 * day)
  await client.command('SELECT INBOX')
  // 70 of 100 kB are not too much, 80 are.
  expect((await append()).at(-1)).toMatch(/ OK /)
  expect((await client.command('UID SEARCH ALL'))[0]).toBe('* SEARCH 2 3 4 5 6 7 8')
  expect((await client.command('UID COPY 8 Kept')).at(-1)).toMatch(/ OK /)
  // Full, but INBOX has no more than its 70 %: other folders are left alone.
  expect((await client.command('UID SEARCH ALL'))[0]).toBe('* SEARCH 2 3 4 5 6 7 8')
  expect((await append()).at(-1)).toMatch(/ OK /)
  expect((await client.command('UID SEARCH ALL'))[0]).toBe('* SEARCH 3 4 5 6 7 8 9')
  client.close()
})
