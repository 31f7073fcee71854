// Tests of limits over real connections: how many may be open, how many accounts are made, how large, to how many.
import { expect, test } from 'vitest'
import { createAccounts } from './accounts.ts'
import type { AccountsBehaviour } from './behaviour/accounts.ts'
import { conforming, merge } from './behaviour/index.ts'
import { virtualClock } from './clock.ts'
import { rawClient } from './imap/test-client.ts'
import { startReference } from './index.ts'
import { createJournal } from './journal.ts'
import { machine, type Resources, shortage } from './resources.ts'
import { encryptedMessage } from './test-mail/encrypted-message.ts'
import { openLines, openSession, submit } from './test-mail/line-client.ts'

const password = 'long enough'

function makeAccounts(rules: Partial<AccountsBehaviour>, resources?: Resources) {
  const clock = virtualClock()
  const journal = createJournal(clock)
  const behaviour = merge(conforming(), { accounts: rules })
  const made = { domains: ['chat.test'], behaviour: () => behaviour, clock, journal }
  return { journal, accounts: createAccounts(resources === undefined ? made : { ...made, resources }) }
}

test('closed registration lets in who is here, and nobody new', async () => {
  const { accounts, journal } = makeAccounts({ registration: 'closed' })
  accounts.create({ address: 'abcdefghi@chat.test', password })
  expect(await accounts.authenticate('abcdefghi@chat.test', password, 'imap')).toBeDefined()
  expect(await accounts.authenticate('newcomer1@chat.test', password, 'imap')).toBeUndefined()
  expect(await accounts.authenticate('newcomer1@chat.test', password, 'smtp')).toBeUndefined()
  expect(journal.events.map(({ text }) => text)).toContain('registration rejected: closed')
})

test('a short machine makes no accounts, strictly beyond the limit; what cannot be read is not short', async () => {
  const limits = { mostLoad: 5, leastMemoryMb: 200, leastDiskMb: 1_024 }
  const left = { load: () => 5, memoryMb: () => 200, diskMb: () => 1_024 }
  expect(shortage(limits, left)).toBeUndefined()
  expect(shortage(limits, { ...left, load: () => 5.01 })).toMatch(/^load/)
  expect(shortage(limits, { ...left, memoryMb: () => 199 })).toMatch(/memory/)
  expect(shortage(limits, { ...left, diskMb: () => 1_023 })).toMatch(/disk/)
  const unreadable = () => undefined
  expect(shortage(limits, { load: unreadable, memoryMb: unreadable, diskMb: unreadable })).toBeUndefined()
  expect(shortage({ mostLoad: 0, leastMemoryMb: 0, leastDiskMb: 0 }, { ...left, load: () => 99 })).toBeUndefined()

  const { accounts, journal } = makeAccounts({ resources: limits }, { ...left, load: () => 6 })
  accounts.create({ address: 'abcdefghi@chat.test', password })
  expect(await accounts.authenticate('abcdefghi@chat.test', password, 'imap')).toBeDefined()
  expect(await accounts.authenticate('newcomer1@chat.test', password, 'imap')).toBeUndefined()
  expect(journal.events.map(({ text }) => text)).toContain('registration rejected: load 6 is over 5')
  // A name or password that breaks the rules is refused before anybody looks at the machine.
  expect(await accounts.authenticate('no', password, 'imap')).toBeUndefined()
  expect(journal.events.filter(({ text }) => text.startsWith('registration rejected'))).toHaveLength(1)
})

test('the machine can be read', () => {
  for (const value of [machine.load(), machine.memoryMb(), machine.diskMb()]) expect(value).toBeGreaterThanOrEqual(0)
})

/** The server learns of the end of a connection a little after the client. */
async function freePlace(found: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 100; n++) if (await found()) return
  expect.unreachable('no place became free')
}

test('IMAP connections over the limit are told so and closed; the others go on', async () => {
  for (const limits of [{ connections: 2 }, { connectionsPerClient: 2 }]) {
    await using reference = await startReference({ overrides: { imap: { limits } } })
    const { imaps: port, imap: clear } = reference.ports
    const [first, second] = [await rawClient({ port, tls: true }), await rawClient({ port, tls: true })]
    const third = await rawClient({ port, tls: true, greeting: false })
    expect(await third.line()).toMatch(/^\* BYE /)
    await third.ended
    expect((await first.command('NOOP')).at(-1)).toMatch(/OK/)
    // Each port has its own count, and a place that is left is free.
    ;(await rawClient({ port: clear, tls: false })).close()
    second.send('x LOGOUT\r\n')
    await second.ended
    await freePlace(async () => {
      const again = await rawClient({ port, tls: true, greeting: false })
      const greeting = await again.line()
      again.close()
      return /^\* OK/.test(greeting)
    })
    first.close()
  }
})

test('submission connections over the limit get 421; the others go on', async () => {
  for (const limits of [{ connections: 2 }, { connectionsPerClient: 2 }]) {
    await using reference = await startReference({ overrides: { limits } })
    for (const service of ['submissions', 'submission'] as const) {
      await using first = await openLines(reference, service)
      const second = await openLines(reference, service)
      await using third = await openLines(reference, service)
      await third.closed
      expect(third.greeting).toMatch(/^421 4\.7\.0 .*too many connections/)
      expect(await first.ask('NOOP')).toMatch(/^250/)
      await second.ask('QUIT')
      await second.closed
      await freePlace(async () => {
        await using again = await openLines(reference, service)
        return /^220/.test(again.greeting)
      })
    }
  }
})

test('a message just below the size limit goes through and arrives whole; one octet more does not', async () => {
  await using reference = await startReference()
  const limit = reference.behaviour.limits.messageBytes
  const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
  const empty = encryptedMessage({ from: alice.address, payload: armoured(0) })
  // Base64 goes in quadruples, the rest into the subject.
  const room = limit - empty.length
  const payload = armoured(Math.floor(room / 66) * 66)
  const subject = (fill: number) => encryptedMessage({ from: alice.address, payload, subject: 'x'.repeat(fill) })
  const fill = limit - subject(0).length
  await using client = await openSession(reference, alice)
  const message = subject(fill)
  expect(message.length).toBe(limit)
  expect(await submit(client, alice.address, [bob.address], message)).toMatch(/^250/)
  expect(await submit(client, alice.address, [bob.address], subject(fill + 1))).toMatch(/^552/)
  const [stored] = reference.accounts.find(bob.address)?.store.inbox.messages ?? []
  const imap = await rawClient({ port: reference.ports.imaps, tls: true })
  await imap.command(`LOGIN "${bob.address}" "${bob.password}"`)
  await imap.command('SELECT INBOX')
  const body = message.slice(message.indexOf('\r\n\r\n') + 4)
  const piece = 500_000
  for (let at = 0; at < body.length; at += piece) {
    const [fetched = ''] = await imap.command(`UID FETCH 1 (BODY.PEEK[TEXT]<${at}.${piece}>)`)
    expect(fetched.includes(`}\r\n${body.slice(at, at + piece)})`)).toBe(true)
  }
  expect(stored?.size).toBeGreaterThan(limit - 1_000)
  imap.close()
}, 20_000)

test('a message has up to 1,000 recipients, and all get it', async () => {
  await using reference = await startReference()
  const alice = reference.accounts.create()
  const everybody = Array.from({ length: 1_000 }, () => reference.accounts.create().address)
  await using client = await openSession(reference, alice)
  await client.ask(`MAIL FROM:<${alice.address}>`)
  client.write(everybody.map((address) => `RCPT TO:<${address}>\r\n`).join(''))
  for (const _ of everybody) expect(await client.reply()).toMatch(/^250/)
  expect(await client.ask('RCPT TO:<onetoomny@chat.test>')).toBe('452 4.5.3 Error: too many recipients')
  await client.ask('DATA')
  client.write(encryptedMessage({ from: alice.address }))
  expect(await client.ask('.')).toMatch(/^250/)
  const counts = everybody.map((address) => reference.accounts.find(address)?.store.inbox.messages.length)
  expect(new Set(counts)).toEqual(new Set([1]))
})

/** An encrypted message of so many octets of lines of 64 characters, in which the filter finds nothing to say. */
function armoured(octets: number): string {
  const lines = Math.floor(octets / 66)
  const data = Buffer.alloc(Math.max(lines, 1) * 48)
  data.set([0xc0 | 18, 255])
  data.writeUInt32BE(data.length - 6, 2)
  const body = data.toString('base64').replace(/.{64}/g, '$&\r\n')
  return `-----BEGIN PGP MESSAGE-----\r\n\r\n${body}-----END PGP MESSAGE-----\r\n`
}
