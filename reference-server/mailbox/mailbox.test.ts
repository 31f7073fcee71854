// UIDs, flags, change events and sizes of the mail store.
import { expect, test } from 'vitest'
import { conformingStorage, type MailboxChange } from './message.ts'
import { MailStore } from './store.ts'

const clock = { now: () => Date.UTC(2026, 0, 1) }
const octets = (text: string) => Buffer.from(text)

test('UIDs rise and are never given twice, whatever is expunged', () => {
  const { inbox } = new MailStore({ clock })
  const uids = [inbox.append(octets('a')), inbox.append(octets('b'))].map(({ uid }) => uid)
  expect(inbox.expunge([2])).toEqual([2])
  expect([...uids, inbox.append(octets('c')).uid]).toEqual([1, 2, 3])
  expect(inbox.messages.map(({ uid }) => uid)).toEqual([1, 3])
  expect(inbox.byUid(2)).toBeUndefined()
  expect(inbox.uidNext).toBe(4)
})

test('a broken store gives the highest UID again', () => {
  const store = new MailStore({ clock, storage: () => ({ ...conformingStorage, uidReuse: 'after-expunge' }) })
  store.inbox.append(octets('a'))
  store.inbox.expunge([1])
  expect(store.inbox.append(octets('b')).uid).toBe(1)
})

test('listeners hear of mail, flags and expunges, with their origin', () => {
  const { inbox } = new MailStore({ clock })
  const heard: [MailboxChange['kind'], unknown][] = []
  const stop = inbox.subscribe((change, origin) => heard.push([change.kind, origin]))
  inbox.append(octets('a'))
  inbox.setFlags([1], 'add', ['\\Seen'], 'me')
  inbox.setFlags([1], 'add', ['\\Seen'], 'me')
  inbox.expunge([1])
  stop()
  inbox.append(octets('b'))
  expect(heard).toEqual([
    ['appended', undefined],
    ['flags', 'me'],
    ['expunged', undefined],
  ])
})

test('flags are added, removed and replaced, and the mod-sequence rises with each change', () => {
  const { inbox } = new MailStore({ clock })
  const message = inbox.append(octets('a'), { flags: ['\\Seen'] })
  inbox.setFlags([1], 'add', ['\\Flagged'])
  expect([...message.flags]).toEqual(['\\Seen', '\\Flagged'])
  inbox.setFlags([1], 'remove', ['\\Seen'])
  expect([...message.flags]).toEqual(['\\Flagged'])
  inbox.setFlags([1, 9], 'replace', ['$Odd'])
  expect([...message.flags]).toEqual(['$Odd'])
  expect(message.modseq).toBe(inbox.highestModseq)
  expect(message.modseq).toBe(5)
})

test('usage counts all mailboxes and falls when mail or a mailbox goes', () => {
  const store = new MailStore({ clock })
  store.inbox.append(octets('12345'))
  store.create('Archive')?.append(octets('123'))
  expect(store.usageBytes).toBe(8)
  store.inbox.expunge([1])
  expect(store.usageBytes).toBe(3)
  expect(store.delete('Archive')).toBe(true)
  expect(store.usageBytes).toBe(0)
})

test('mailboxes have names, UIDVALIDITY of their own, and INBOX stays', () => {
  const store = new MailStore({ clock, seed: 7 })
  const first = store.create('Archive')
  expect(store.create('Archive')).toBeUndefined()
  expect(store.create('inbox')).toBeUndefined()
  expect(store.get('Inbox')).toBe(store.inbox)
  expect(store.delete('INBOX')).toBe(false)
  store.create('Archive.2025')
  expect(store.rename('Archive', 'Old')).toBe(true)
  expect(store.list().map(({ name }) => name)).toEqual(['INBOX', 'Old', 'Old.2025'])
  expect(store.rename('Old', 'Old.deeper')).toBe(false)
  store.delete('Old')
  expect(store.create('Archive')?.uidValidity).not.toBe(first?.uidValidity)
})

test('a new mail is recent for the first that asks', () => {
  const { inbox } = new MailStore({ clock })
  inbox.append(octets('a'))
  expect(inbox.claimRecent()).toBe(1)
  inbox.append(octets('b'))
  expect(inbox.recentFrom).toBe(2)
})
