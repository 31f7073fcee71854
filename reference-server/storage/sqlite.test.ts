import { copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAccounts } from '../accounts.ts'
import { conforming } from '../behaviour/index.ts'
import { virtualClock } from '../clock.ts'
import { rawClient } from '../imap/test-client.ts'
import { startReference } from '../index.ts'
import { createJournal } from '../journal.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import { metadataKey } from '../mailbox/store.ts'
import { openSession } from '../test-mail/line-client.ts'
import { openDataFolder } from './open.ts'
import type { Storage } from './types.ts'

const password = 'correct-horse'
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function open(options: { spareBytes?: number } = {}) {
  const clock = virtualClock()
  const storage = await openDataFolder(folder, { clock, ...options })
  return { clock, storage, accounts: accountsOn(storage, clock) }
}

function accountsOn(storage: Storage, clock = virtualClock()) {
  const behaviour = () => conforming(0)
  return createAccounts({ domains: ['chat.test'], behaviour, clock, journal: createJournal(clock), storage })
}

const texts = (mailbox: Mailbox | undefined) =>
  mailbox?.messages.map(({ uid, bytes, flags }) => [uid, Buffer.from(bytes).toString(), [...flags].join(' ')])

describe('what was settled', () => {
  it('is there at the next start', async () => {
    const first = await open()
    const alice = (await first.accounts.authenticate('alicealic@chat.test', password, 'imap'))?.store
    if (alice === undefined) throw new Error('no account')
    for (const text of ['one', 'two', 'three']) alice.inbox.append(Buffer.from(text), { internalDate: 5_000 })
    await first.storage.settled()
    alice.inbox.setFlags([1], 'add', ['\\Seen', '$Mine'])
    alice.inbox.expunge([2, 3])
    alice.inbox.claimRecent()
    alice.create('DeltaChat')?.append(Buffer.from('moved'))
    alice.create('Old')?.append(Buffer.from('gone with it'))
    alice.rename('DeltaChat', 'Chats')
    alice.delete('Old')
    alice.subscribe('Chats')
    alice.setMetadata(metadataKey('INBOX', '/private/devicetoken'), ['5000 a', '6000 b'])
    first.storage.put('queue', '1', Buffer.from('first'))
    first.storage.put('queue', '2', Buffer.from('second'))
    first.storage.put('queue', '1', undefined)
    await first.storage.settled()
    const { uidValidity, highestModseq } = alice.inbox
    const { nextValidity } = alice
    await first.storage.close()

    const second = await open()
    expect(await second.accounts.authenticate('alicealic@chat.test', 'wrong-horse', 'imap')).toBeUndefined()
    const again = (await second.accounts.authenticate('ALICEALIC@chat.test', password, 'imap'))?.store
    expect(again?.list().map(({ name }) => name)).toEqual(['INBOX', 'Chats'])
    expect(texts(again?.inbox)).toEqual([[1, 'one', '\\Seen $Mine']])
    expect(again?.inbox.messages[0]).toMatchObject({ internalDate: 5_000, size: 3 })
    expect(texts(again?.get('Chats'))).toEqual([[1, 'moved', '']])
    expect(again?.inbox).toMatchObject({ uidValidity, highestModseq, uidNext: 4, recentFrom: 4 })
    expect([again?.nextValidity, again?.usageBytes]).toEqual([nextValidity, 8])
    expect(again?.metadata.get(metadataKey('INBOX', '/private/devicetoken'))).toEqual(['5000 a', '6000 b'])
    expect(again?.subscriptions).toEqual(new Set(['INBOX', 'Chats']))
    expect(second.storage.records('queue').map(([name, value]) => [name, Buffer.from(value).toString()])).toEqual([
      ['2', 'second'],
    ])
    await second.storage.close()
  })

  it('is gone with its account, and a new one of that name finds nothing', async () => {
    const first = await open()
    const bob = await first.accounts.authenticate('bobbobbob@chat.test', password, 'imap')
    bob?.store.inbox.append(Buffer.from('old'))
    await first.storage.settled()
    first.accounts.remove('bobbobbob@chat.test')
    // A session that is still busy.
    bob?.store.inbox.append(Buffer.from('late'))
    await first.accounts.authenticate('bobbobbob@chat.test', 'another-horse', 'imap')
    await first.storage.close()
    const second = await open()
    const again = await second.accounts.authenticate('bobbobbob@chat.test', 'another-horse', 'imap')
    expect(again?.store.inbox.messages).toEqual([])
    expect(second.storage.load().stores).toHaveLength(1)
    await second.storage.close()
  })

  it('may be restored from a snapshot, and stays so', async () => {
    const first = await open()
    const store = (await first.accounts.authenticate('alicealic@chat.test', password, 'imap'))?.store
    store?.inbox.append(Buffer.from('before'), { flags: ['\\Flagged'] })
    await first.storage.settled()
    const snapshot = first.accounts.save()
    store?.inbox.expunge([1])
    await first.accounts.authenticate('bobbobbob@chat.test', password, 'imap')
    first.accounts.restore(snapshot)
    await first.storage.close()
    const second = await open()
    expect(second.accounts.list().map(({ address }) => address)).toEqual(['alicealic@chat.test'])
    expect(texts(second.accounts.find('alicealic@chat.test')?.store.inbox)).toEqual([[1, 'before', '\\Flagged']])
    await second.storage.close()
  })

  it('stays readable for a session that has not been told that it is gone', async () => {
    const first = await open()
    const store = (await first.accounts.authenticate('alicealic@chat.test', password, 'imap'))?.store
    store?.inbox.append(Buffer.from('kept'))
    await first.storage.close()
    const second = await open()
    const inbox = second.accounts.find('alicealic@chat.test')?.store.inbox
    const message = inbox?.messages[0]
    for (let session = 0; session < 2; session++) inbox?.subscribe(() => {})
    inbox?.expunge([1])
    await second.storage.settled()
    expect(Buffer.from(message?.bytes ?? []).toString()).toBe('kept')
    await second.storage.close()
  })
})

it('waits for nothing when nothing has changed', async () => {
  const { storage, accounts } = await open()
  await storage.settled()
  expect(storage.settled()).toBeUndefined()
  await accounts.authenticate('alicealic@chat.test', password, 'imap')
  expect(storage.settled()).toBeInstanceOf(Promise)
  await storage.settled()
  await accounts.authenticate('alicealic@chat.test', password, 'imap')
  expect(storage.settled()).toBeUndefined()
  await storage.close()
})

describe('a folder', () => {
  it('is private, and for one process at a time', async () => {
    const { storage } = await open()
    for (const file of ['mail.sqlite', 'mail.sqlite-wal']) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
    }
    await expect(open()).rejects.toMatchObject({ code: 'in-use' })
    await storage.close()
  })

  it('is refused when its file is broken, foreign or newer', async () => {
    const { storage } = await open()
    await storage.close()
    const { DatabaseSync } = await import('node:sqlite')
    const change = (sql: string) => {
      const db = new DatabaseSync(join(folder, 'mail.sqlite'))
      db.exec(sql)
      db.close()
    }
    await copyFile(join(folder, 'mail.sqlite'), join(folder, 'copy'))
    change('PRAGMA user_version = 99')
    await expect(open()).rejects.toMatchObject({ code: 'newer', hint: expect.stringContaining('newer one') })
    change('PRAGMA user_version = 1; PRAGMA application_id = 7')
    await expect(open()).rejects.toMatchObject({ code: 'broken', message: expect.stringContaining('another program') })
    await writeFile(join(folder, 'mail.sqlite'), 'x'.repeat(10_000))
    await expect(open()).rejects.toMatchObject({ code: 'broken', hint: expect.stringContaining('move mail.sqlite') })
    await copyFile(join(folder, 'copy'), join(folder, 'mail.sqlite'))
    await (await open()).storage.close()
  })

  it('must be one', async () => {
    await writeFile(join(folder, 'file'), '')
    const asked = openDataFolder(join(folder, 'file'), { clock: virtualClock() })
    await expect(asked).rejects.toMatchObject({ code: 'no-rights' })
  })
})

it('says 452 and NO when the disk is full, and goes on reading', async () => {
  const clock = virtualClock()
  const first = await openDataFolder(folder, { clock })
  const seeded = accountsOn(first, clock)
  const alice = seeded.create({ address: 'alicealic@chat.test', password })
  seeded.find(alice.address)?.store.inbox.append(Buffer.from('one\r\n'))
  await first.close()

  const storage = await openDataFolder(folder, { clock, spareBytes: Number.MAX_SAFE_INTEGER })
  await using reference = await startReference({ clock, storage })
  const imap = await rawClient({ port: reference.ports.imaps, tls: true })
  const ends = async (command: string) => (await imap.command(command)).at(-1)
  expect(await ends(`LOGIN alicealic@chat.test ${password}`)).toMatch(/ OK /)
  expect(await ends('SELECT INBOX')).toMatch(/ OK /)
  expect(await ends('APPEND INBOX {5}')).toMatch(/ NO \[UNAVAILABLE\]/)
  expect(await ends('CREATE More')).toMatch(/ NO \[UNAVAILABLE\]/)
  expect(await ends('STORE 1 +FLAGS (\\Deleted)')).toMatch(/ OK /)
  expect(await ends('EXPUNGE')).toMatch(/ OK /)
  imap.close()
  await using smtp = await openSession(reference, { address: 'alicealic@chat.test', password })
  expect(await smtp.ask('MAIL FROM:<alicealic@chat.test>')).toBe('452 4.3.1 Insufficient system storage')
})
