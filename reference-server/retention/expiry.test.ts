// Tests of the clean-up at its edges, one millisecond to each side, and of each decision taken wrongly.
import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createAccounts } from '../accounts.ts'
import { conforming, merge } from '../behaviour/index.ts'
import type { RetentionBehaviour } from '../behaviour/retention.ts'
import { virtualClock } from '../clock.ts'
import { createJournal } from '../journal.ts'
import type { AppendOptions } from '../mailbox/message.ts'
import { startRetention } from './retention.ts'

const hour = 3_600_000
const day = 24 * hour
const password = 'long enough'
const name = 'abcdefghi@chat.test'

const large = randomBytes(201_000)
const shrinks = Buffer.alloc(400_000, 'a')

type Rules = Partial<RetentionBehaviour>

function scene(rules: Rules = {}, limitKib = 512_000) {
  const clock = virtualClock(Date.UTC(2026, 5, 1, 12))
  const journal = createJournal(clock)
  const behaviour = () => merge(conforming(), { retention: rules, imap: { quota: { limitKib } } })
  const accounts = createAccounts({ domains: ['chat.test'], behaviour, clock, journal })
  accounts.create({ address: name, password })
  const retention = startRetention({ accounts, behaviour, clock, journal })
  const store = () => accounts.find(name)?.store ?? expect.unreachable('the account is gone')
  /** Stores something, lets so much time pass, and runs the job: is it still there? */
  const survives = async (
    ageMs: number,
    what: AppendOptions & { bytes?: Uint8Array; folder?: string; seen?: boolean; dated?: number } = {},
  ) => {
    const { bytes = Buffer.from('x'), folder = 'INBOX', seen = false, dated = 0, ...options } = what
    const mailbox = store().get(folder) ?? store().create(folder) ?? expect.unreachable()
    const message = mailbox.append(bytes, { ...options, internalDate: clock.now() - dated })
    if (seen) mailbox.claimRecent()
    await clock.advance(ageMs)
    retention.run()
    return mailbox.byUid(message.uid) !== undefined
  }
  return { clock, journal, accounts, retention, store, survives }
}

/** Without the job by itself: what one run does is looked at. */
const byHand = { jobAtMinute: null }

test('a message is removed when it is older than 20 days by a millisecond, in every folder', async () => {
  for (const folder of ['INBOX', 'DeltaChat', 'Archive.2026']) {
    expect(await scene(byHand).survives(20 * day, { folder })).toBe(true)
    expect(await scene(byHand).survives(20 * day + 1, { folder })).toBe(false)
  }
})

test('the date given with APPEND is the age of a message', async () => {
  expect(await scene(byHand).survives(0, { dated: 20 * day })).toBe(true)
  expect(await scene(byHand).survives(0, { dated: 20 * day + 1 })).toBe(false)
  expect(await scene(byHand).survives(30 * day, { dated: -11 * day })).toBe(true)
})

test('a large message that a client has seen is removed when it is older than 7 days by a millisecond', async () => {
  for (const folder of ['INBOX', 'DeltaChat']) {
    const seen = { bytes: large, folder, seen: true }
    expect(await scene(byHand).survives(7 * day, seen)).toBe(true)
    expect(await scene(byHand).survives(7 * day + 1, seen)).toBe(false)
    expect(await scene(byHand).survives(7 * day + 1, { bytes: large, folder })).toBe(true)
    expect(await scene(byHand).survives(20 * day + 1, { bytes: large, folder })).toBe(false)
  }
})

test('large is what takes more than 200,000 octets compressed', async () => {
  const stays = (bytes: Uint8Array) => scene(byHand).survives(8 * day, { bytes, seen: true })
  expect(await stays(shrinks)).toBe(true)
  // gzip adds a little to what it cannot shrink: raw it is not over the limit, compressed it is.
  const added = gzipSync(large).byteLength - large.byteLength
  const atEdge = large.subarray(0, 200_000 - added)
  expect(gzipSync(atEdge).byteLength).toBe(200_000)
  expect(await stays(atEdge)).toBe(true)
  expect(await stays(large.subarray(0, 200_001 - added))).toBe(false)
  const compressible = Buffer.alloc(10_000_000, 'a')
  expect(await stays(Buffer.concat([compressible, large]))).toBe(false)
  expect(await stays(Buffer.concat([compressible, large.subarray(20_000)]))).toBe(true)
})

test('an account is removed when the day of its last login began more than 90 days ago', async () => {
  // Created at noon: the day began 12 hours before.
  const edge = 90 * day - 12 * hour
  for (const [ms, there] of [
    [edge, true],
    [edge + 1, false],
  ] as const) {
    const { clock, accounts, retention } = scene(byHand)
    await clock.advance(ms)
    retention.run()
    expect(accounts.find(name) !== undefined).toBe(there)
  }
})

test('a login over IMAP keeps an account alive, one over SMTP does not, a wrong password neither', async () => {
  for (const [via, given, kept] of [
    ['imap', password, true],
    ['smtp', password, false],
    ['imap', 'wrong password', false],
  ] as const) {
    const { clock, accounts, retention } = scene(byHand)
    await clock.advance(50 * day)
    await accounts.authenticate(name, given, via)
    await clock.advance(50 * day)
    retention.run()
    expect(accounts.find(name) !== undefined).toBe(kept)
  }
})

test('the name of a removed account can be taken with another password, and finds nothing old', async () => {
  const { clock, accounts, retention, store } = scene(byHand)
  const old = store()
  old.inbox.append(Buffer.from('secret'), { internalDate: clock.now() + 90 * day })
  old.addDeviceToken('token of the former owner')
  expect(await accounts.authenticate(name, 'another password', 'imap')).toBeUndefined()
  await clock.advance(91 * day)
  retention.run()
  expect(old.closed).toBe(true)
  const user = await accounts.authenticate(name, 'another password', 'imap')
  expect(user?.store).not.toBe(old)
  expect(user?.store.inbox.messages).toEqual([])
  expect(user?.store.deviceTokens).toEqual([])
})

/** Fills INBOX of 1 MiB with messages of 1 % each, one an hour; answers the names of those left. */
async function filled(rules: Rules, percent: number, job: boolean) {
  const at = scene({ ...byHand, ...rules }, 1_024)
  const { clock, store, retention } = at
  for (let n = 0; n < percent; n++) {
    store().inbox.append(Buffer.alloc((1024 * 1024) / 100, n))
    if (!job) retention.stored({ address: name, store: store() })
    await clock.advance(hour)
  }
  if (job) retention.run()
  return store().inbox.messages.map(({ uid }) => uid)
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)

test('mail over 75 % of the quota makes room down to 70 %, oldest first', async () => {
  expect(await filled({}, 75, false)).toEqual(range(1, 75))
  expect(await filled({}, 76, false)).toEqual(range(7, 76))
  // From there on it fills up to 75 % again.
  expect(await filled({}, 81, false)).toEqual(range(7, 81))
  expect(await filled({}, 82, false)).toEqual(range(13, 82))
})

test('the daily job brings INBOX down to 70 % in any case', async () => {
  expect(await filled({}, 70, true)).toEqual(range(1, 70))
  expect(await filled({}, 71, true)).toEqual(range(2, 71))
})

test('what came within 24 hours stays, however full it gets', async () => {
  for (const [ms, left] of [
    [24 * hour - 1, 90],
    [24 * hour, 70],
  ] as const) {
    const { clock, store, retention } = scene(byHand, 1_024)
    const date = clock.now() - 10 * day
    // Dated back, but stored now: what counts here is when it came.
    for (let n = 0; n < 90; n++) store().inbox.append(Buffer.alloc(10_485), { internalDate: date })
    retention.stored({ address: name, store: store() })
    expect(store().inbox.messages).toHaveLength(90)
    await clock.advance(ms)
    retention.run()
    expect(store().inbox.messages).toHaveLength(left)
  }
})

test('the job runs each day at 00:02 by itself, and never at its start', async () => {
  const { clock, journal } = scene()
  const runs = () => journal.events.filter(({ text }) => text.startsWith('expired')).map(({ at }) => at)
  await clock.advance(12 * hour + 2 * 60_000 - 1)
  expect(runs()).toEqual([])
  await clock.advance(1)
  await clock.advance(3 * day - 1)
  const first = Date.UTC(2026, 5, 2, 0, 2)
  expect(runs()).toEqual([first, first + day, first + 2 * day])
})

async function jobNeverRuns(rules: Rules): Promise<boolean> {
  const { clock, journal } = scene(rules)
  await clock.advance(3 * day)
  return journal.events.every(({ text }) => !text.startsWith('expired'))
}

/** What stays there under the wrong decision though it should go, or goes though it should stay. */
const wrong: Readonly<Record<string, { rules: Rules; bites: (rules: Rules) => Promise<boolean> }>> = {
  'never deletes': { rules: { messageDays: 0 }, bites: (r) => scene(r).survives(30 * day) },
  'never deletes large mail sooner': {
    rules: { largeDays: 0 },
    bites: (r) => scene(r).survives(8 * day, { bytes: large, seen: true }),
  },
  'deletes after 19 days': { rules: { messageDays: 19 }, bites: async (r) => !(await scene(r).survives(20 * day)) },
  'deletes after 30 days': { rules: { messageDays: 30 }, bites: (r) => scene(r).survives(21 * day) },
  'counts whole days': { rules: { ageIn: 'whole-days' }, bites: (r) => scene(r).survives(21 * day - 1) },
  'deletes only what was read': { rules: { removes: 'read' }, bites: (r) => scene(r).survives(21 * day) },
  'cleans only INBOX': {
    rules: { folders: 'inbox' },
    bites: (r) => scene(r).survives(21 * day, { folder: 'DeltaChat' }),
  },
  'goes by arrival': { rules: { age: 'arrival' }, bites: (r) => scene(r).survives(0, { dated: 21 * day }) },
  'takes the raw size': {
    rules: { largeSize: 'raw' },
    bites: async (r) => !(await scene(r).survives(8 * day, { bytes: shrinks, seen: true })),
  },
  'deletes large mail that nobody has seen': {
    rules: { largeGoes: 'always' },
    bites: async (r) => !(await scene(r).survives(8 * day, { bytes: large })),
  },
  'keeps idle accounts': {
    rules: { accountDays: 0 },
    bites: async (r) => {
      const { clock, accounts } = scene(r)
      await clock.advance(100 * day)
      return accounts.find(name) !== undefined
    },
  },
  'lets SMTP keep accounts alive': {
    rules: { loginCountsOver: ['imap', 'smtp'] },
    bites: async (r) => {
      const { clock, accounts } = scene(r)
      await clock.advance(50 * day)
      await accounts.authenticate(name, password, 'smtp')
      await clock.advance(50 * day)
      return accounts.find(name) !== undefined
    },
  },
  'leaves the mail of a removed account to the next owner': {
    rules: { removedAccount: 'mail-kept', messageDays: 0 },
    bites: async (r) => {
      const { clock, accounts, store } = scene(r)
      store().inbox.append(Buffer.from('secret'))
      await clock.advance(92 * day)
      const next = await accounts.authenticate(name, 'another password', 'imap')
      return next?.store.inbox.messages.length === 1
    },
  },
  'never makes room': {
    rules: { roomAbovePercent: 0 },
    bites: async (r) => (await filled(r, 90, false)).length === 90 && (await filled(r, 90, true)).length === 90,
  },
  'makes room by the newest': {
    rules: { roomTakes: 'newest' },
    bites: async (r) => (await filled(r, 76, false)).includes(1),
  },
  'takes what came today': {
    rules: { roomSparesHours: 0 },
    bites: async (r) => {
      const { store, retention } = scene(r, 1_024)
      for (let n = 0; n < 90; n++) store().inbox.append(Buffer.alloc(10_485))
      retention.stored({ address: name, store: store() })
      return store().inbox.messages.length < 90
    },
  },
  'has no daily job': { rules: { jobAtMinute: null }, bites: jobNeverRuns },
}

test.each(Object.entries(wrong))('%s: the decision bites, and the conforming one does not', async (_title, at) => {
  expect(await at.bites(at.rules)).toBe(true)
  expect(await at.bites({})).toBe(false)
})
