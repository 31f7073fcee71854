import { expect, it } from 'vitest'
import { createAccounts } from '../accounts.ts'
import { conforming } from '../behaviour/index.ts'
import { virtualClock } from '../clock.ts'
import { createJournal } from '../journal.ts'

function make() {
  const clock = virtualClock()
  return createAccounts({
    domains: ['chat.test'],
    behaviour: () => conforming(0),
    clock,
    journal: createJournal(clock),
  })
}

it('puts accounts, mailboxes, flags and tokens back as they were at the snapshot', async () => {
  const accounts = make()
  const alice = await accounts.authenticate('alicealic@chat.test', 'correct-horse', 'imap')
  const store = alice?.store
  if (store === undefined) throw new Error('no account')
  store.inbox.append(Buffer.from('one\r\n'), { flags: ['\\Seen'], internalDate: 1_000 })
  store.inbox.append(Buffer.from('two\r\n'))
  store.inbox.expunge([2])
  store.create('DeltaChat')
  store.subscribe('DeltaChat')
  store.addDeviceToken('token')
  const { uidValidity } = store.inbox
  const saved = accounts.save()

  const told: string[] = []
  store.inbox.subscribe((change) => told.push(change.kind))
  store.inbox.append(Buffer.from('later\r\n'))
  store.inbox.setFlags([1], 'remove', ['\\Seen'])
  await accounts.authenticate('bobbobbob@chat.test', 'correct-horse', 'imap')
  accounts.restore(saved)

  expect(told).toEqual(['appended', 'flags', 'gone'])
  expect(accounts.list().map(({ address }) => address)).toEqual(['alicealic@chat.test'])
  expect(await accounts.authenticate('alicealic@chat.test', 'wrong-horse', 'imap')).toBeUndefined()
  const again = (await accounts.authenticate('alicealic@chat.test', 'correct-horse', 'imap'))?.store
  expect(again?.list().map(({ name }) => name)).toEqual(['INBOX', 'DeltaChat'])
  expect(again?.inbox).toMatchObject({ uidValidity, uidNext: 3 })
  const [message] = again?.inbox.messages ?? []
  expect(message).toMatchObject({ uid: 1, internalDate: 1_000, flags: new Set(['\\Seen']) })
  expect(Buffer.from(message?.bytes ?? []).toString()).toBe('one\r\n')
  expect(again?.usageBytes).toBe(5)
  expect(again?.subscriptions).toContain('DeltaChat')
  expect(again?.deviceTokens).toEqual(['token'])
  // A mailbox made now has a UIDVALIDITY that none had before.
  expect(again?.create('New')?.uidValidity).toBeGreaterThan(uidValidity + 1)
})
