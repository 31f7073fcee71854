// The powers of a test suite in process: what they do, and what they refuse.
import { expect, it } from 'vitest'
import { virtualClock } from '../clock.ts'
import { startReference } from '../index.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { NoSuchThing } from './no-such-thing.ts'

it('waits for mail until it is there, or until the waiting is given up', async () => {
  await using reference = await startReference()
  const { address } = reference.accounts.create()
  const two = reference.waitForMail(address, { atLeast: 2 })
  const named = reference.waitForMail(address, { messageId: '<2@x>' })
  const patience = new AbortController()
  const never = reference.waitForMail(address, { afterUid: 2, signal: patience.signal })
  reference.store(address, 'Message-ID: <1@x>\n\n')
  reference.store(address, 'Message-ID: <2@x>\n\n')
  expect((await two).messages.map(({ uid }) => uid)).toEqual([1, 2])
  expect((await named).complete).toBe(true)
  patience.abort()
  expect(await never).toEqual({ complete: false, messages: [] })
  expect(() => reference.messages('nobody@chat.test')).toThrow(NoSuchThing)
  expect(() => reference.messages(address, 'Nowhere')).toThrow(NoSuchThing)
})

it('brings in mail of another domain on a clock of its own, and takes none of ours', async () => {
  const clock = virtualClock()
  await using reference = await startReference({ clock })
  const { address } = reference.accounts.create()
  const from = 'Carol@Elsewhere.Example'
  const sent = await reference.inject({ from, to: [address], message: encryptedMessage({ from }) })
  expect(sent).toMatchObject({ accepted: true })
  // The key stays for the next one, and a name of ours needs no key.
  await reference.inject({ from, to: [address], message: encryptedMessage({ from }) })
  expect(reference.messages(address)).toHaveLength(2)
  await expect(reference.inject({ from: address, to: [address], message: 'x: y\n\n' })).rejects.toThrow(RangeError)
})

it('ends IMAP sessions that have a mailbox open when it goes back in time, and forgets later accounts', async () => {
  await using reference = await startReference()
  const alice = reference.accounts.create()
  reference.snapshot('empty')
  const told: string[] = []
  reference.accounts.find(alice.address)?.store.inbox.subscribe(({ kind }) => told.push(kind))
  reference.store(alice.address, 'a: b\n\n')
  reference.accounts.create()
  reference.restore('empty')
  expect(told).toEqual(['appended', 'gone'])
  expect(reference.accounts.list()).toHaveLength(1)
  expect(await reference.accounts.authenticate(alice.address, alice.password, 'imap')).toBeDefined()
  expect(() => reference.forget('other')).toThrow(NoSuchThing)
})
