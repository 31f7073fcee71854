// Tests of making accounts and letting owners in.
import { expect, test } from 'vitest'
import { createAccounts } from './accounts.ts'
import type { AccountsBehaviour } from './behaviour/accounts.ts'
import { conforming, merge } from './behaviour/index.ts'
import { systemClock, virtualClock } from './clock.ts'
import { createJournal } from './journal.ts'

const password = 'long enough'

function make(change: Partial<AccountsBehaviour> = {}, clock = systemClock()) {
  const behaviour = merge(conforming(), { accounts: change })
  return createAccounts({ domains: ['chat.test'], behaviour: () => behaviour, clock, journal: createJournal(clock) })
}

test('the first login makes the account, the same password comes back in, another one does not', async () => {
  const accounts = make()
  const first = await accounts.authenticate('abcdefghi@chat.test', password, 'imap')
  expect(first?.address).toBe('abcdefghi@chat.test')
  expect((await accounts.authenticate('ABCDEFGHI@chat.test', password, 'smtp'))?.store).toBe(first?.store)
  expect(await accounts.authenticate('abcdefghi@chat.test', 'another password', 'imap')).toBeUndefined()
  expect(await accounts.authenticate('abcdefghi@chat.test', password, 'imap')).toBeDefined()
})

test('names and passwords that the rules forbid make no account', async () => {
  const accounts = make()
  const names = ['short@chat.test', 'tooolonggg@chat.test', 'abc+efghi@chat.test', 'abcdefghi@other.test', 'abcdefghi']
  for (const name of names) expect(await accounts.authenticate(name, password, 'imap')).toBeUndefined()
  expect(await accounts.authenticate('abcdefghi@chat.test', 'short', 'imap')).toBeUndefined()
  expect(accounts.list()).toEqual([])
  expect(await accounts.authenticate('a.c_e-g1i@chat.test', `"\\'/ äöü`, 'imap')).toBeUndefined()
  expect(await accounts.authenticate('a.c_e-g1i@chat.test', `"\\'/ äöü€`, 'imap')).toBeDefined()
})

test('ten first logins at the same moment share one account, also when making it takes a while', async () => {
  for (const creationMs of [0, 20]) {
    const accounts = make({ creationMs })
    const users = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        accounts.authenticate('abcdefghi@chat.test', password, at % 2 === 0 ? 'imap' : 'smtp'),
      ),
    )
    expect(new Set(users.map((user) => user?.store)).size).toBe(1)
    expect(users).not.toContain(undefined)
    expect(accounts.list()).toHaveLength(1)
  }
})

test('a server that is not atomic refuses some of them or ends with several mailboxes', async () => {
  const race = async (duringCreation: 'refuse' | 'replace') => {
    const accounts = make({ creationMs: 20, duringCreation })
    return await Promise.all(
      Array.from({ length: 10 }, () => accounts.authenticate('abcdefghi@chat.test', password, 'imap')),
    )
  }
  expect((await race('refuse')).filter((user) => user === undefined)).toHaveLength(9)
  expect(new Set((await race('replace')).map((user) => user?.store)).size).toBe(10)
})

test('users with equal passwords are apart, unless the mailbox goes by the password', async () => {
  const stores = async (mailboxKey: 'address' | 'password') => {
    const accounts = make({ mailboxKey })
    const one = await accounts.authenticate('abcdefghi@chat.test', password, 'imap')
    const two = await accounts.authenticate('bcdefghij@chat.test', password, 'imap')
    return one?.store === two?.store
  }
  expect(await stores('address')).toBe(false)
  expect(await stores('password')).toBe(true)
})

test.each([
  ['first-8', 'long enoXXX'],
  ['case-insensitive', 'LONG ENOUGH'],
  ['letters-and-digits', 'longenough'],
] as const)('comparing passwords by %s lets in one that is only alike', async (passwordComparison, other) => {
  for (const comparison of ['whole', passwordComparison] as const) {
    const accounts = make({ passwordComparison: comparison })
    await accounts.authenticate('abcdefghi@chat.test', password, 'imap')
    const user = await accounts.authenticate('abcdefghi@chat.test', other, 'imap')
    expect(user === undefined).toBe(comparison === 'whole')
  }
})

test('accounts nobody used are known after their time', async () => {
  const clock = virtualClock()
  const accounts = make({}, clock)
  await accounts.authenticate('abcdefghi@chat.test', password, 'imap')
  await clock.advance(86_400_000)
  await accounts.authenticate('bcdefghij@chat.test', password, 'imap')
  expect(accounts.idleSince(clock.now() - 1000).map((user) => user.address)).toEqual(['abcdefghi@chat.test'])
})

test('without a lock all who come while an account is made get in, and the last password counts', async () => {
  const clock = virtualClock()
  const accounts = make({ creationMs: 10, duringCreation: 'overwrite' }, clock)
  const logins = ['first password', 'second password'].map((one) =>
    accounts.authenticate('abcdefghi@chat.test', one, 'imap'),
  )
  await clock.advance(10)
  const [first, second] = await Promise.all(logins)
  expect(first?.store).toBe(second?.store)
  expect(await accounts.authenticate('abcdefghi@chat.test', 'first password', 'imap')).toBeUndefined()
  expect(await accounts.authenticate('abcdefghi@chat.test', 'second password', 'imap')).toBeDefined()
})
