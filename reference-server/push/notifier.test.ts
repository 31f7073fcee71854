// Tests of pushes: a real message over a real session, real requests to a service on loopback, and the clock moved by hand.
import { expect, test } from 'vitest'
import { conforming } from '../behaviour/index.ts'
import type { PushBehaviour } from '../behaviour/push.ts'
import { createCertificates } from '../certificates.ts'
import { virtualClock } from '../clock.ts'
import { rawClient } from '../imap/test-client.ts'
import { type Reference, startReference } from '../index.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { openSession, submit } from '../test-mail/line-client.ts'
import { journalled, openSink } from './test-sink.ts'

const second = 1_000
const ended = /^(notified|gave up|a device of|would notify)/

async function scene(answer: Parameters<typeof openSink>[0], push: Partial<PushBehaviour> = {}) {
  const sink = await openSink(answer)
  const clock = virtualClock()
  const reference = await startReference({ clock, push: { url: sink.url }, overrides: { push } })
  const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
  const storeOf = (address: string) => reference.accounts.find(address)?.store ?? expect.unreachable()
  storeOf(bob.address).addDeviceToken('bob phone')
  return {
    ...{ sink, clock, reference, alice, bob, storeOf },
    ...{ journal: reference.journal, tokens: () => storeOf(bob.address).deviceTokens },
    async [Symbol.asyncDispose]() {
      await reference[Symbol.asyncDispose]()
      await sink[Symbol.asyncDispose]()
    },
  }
}

async function send(reference: Reference, from: { address: string; password: string }, to: string, header?: string) {
  await using client = await openSession(reference, from)
  expect(await submit(client, from.address, [to], encryptedMessage({ from: header ?? from.address }))).toMatch(/^250/)
}

test('mail of somebody else wakes every device of its owner, with the token as the whole body', async () => {
  await using at = await scene(() => 200)
  at.storeOf(at.bob.address).addDeviceToken('bob tablet \xe4')
  at.storeOf(at.alice.address).addDeviceToken('alice')
  await send(at.reference, at.alice, at.bob.address)
  await journalled(at.journal, ended, 2)
  expect([...at.sink.posted].sort()).toEqual(['bob phone', 'bob tablet \xe4'])
  await at.clock.advance(6 * 3_600 * second)
  expect(at.sink.posted).toHaveLength(2)
  expect(JSON.stringify(at.journal.events)).not.toMatch(/bob (phone|tablet)/)
})

test('mail from oneself wakes nobody, whatever the case of the address', async () => {
  await using at = await scene(() => 200)
  await send(at.reference, at.bob, at.bob.address, at.bob.address.toUpperCase())
  await send(at.reference, at.alice, at.bob.address)
  await journalled(at.journal, ended, 1)
  expect(at.sink.posted).toEqual(['bob phone'])
})

test('a bounce wakes, too', async () => {
  await using at = await scene(() => 200)
  await send(at.reference, at.bob, 'nobodyhre@chat.test')
  await journalled(at.journal, ended, 1)
  expect(at.sink.posted).toEqual(['bob phone'])
})

test('410 forgets the token, and no other', async () => {
  await using at = await scene((body) => (body === 'bob phone' ? 410 : 200))
  at.storeOf(at.bob.address).addDeviceToken('bob tablet')
  await send(at.reference, at.alice, at.bob.address)
  await journalled(at.journal, ended, 2)
  expect(at.tokens()).toEqual(['bob tablet'])
  await send(at.reference, at.alice, at.bob.address)
  await journalled(at.journal, ended, 3)
  expect(at.sink.posted.filter((body) => body === 'bob phone')).toHaveLength(1)
})

test('any other answer is tried again after 8, 64, 512 and 4096 seconds, then never', async () => {
  await using at = await scene((_body, nth) => [500, 404, 302, 201, 503][nth - 1])
  await send(at.reference, at.alice, at.bob.address)
  for (const [tries, delay] of [8, 64, 512, 4_096].entries()) {
    await journalled(at.journal, /^notifying .* failed/, tries + 1)
    await at.clock.advance(delay * second - 1)
    expect(at.sink.posted).toHaveLength(tries + 1)
    await at.clock.advance(1)
  }
  await journalled(at.journal, /after 5 tries/, 1)
  await at.clock.advance(5 * 3_600 * second)
  expect(at.sink.posted).toHaveLength(5)
  expect(at.tokens()).toEqual(['bob phone'])
})

test('a service that comes back gets what waited', async () => {
  await using at = await scene((_body, nth) => (nth < 3 ? 500 : 200))
  await send(at.reference, at.alice, at.bob.address)
  await journalled(at.journal, /failed/, 1)
  await at.clock.advance(8 * second)
  await journalled(at.journal, /failed/, 2)
  await at.clock.advance(64 * second)
  await journalled(at.journal, /^notified/, 1)
  expect(at.sink.posted).toHaveLength(3)
})

test('a service that is silent for 60 seconds counts as failed; what is 5 hours late is dropped', async () => {
  await using at = await scene(() => undefined, { lifetimeSeconds: 60 + 8 + 59 })
  await send(at.reference, at.alice, at.bob.address)
  await at.clock.advance(60 * second - 1)
  expect(at.journal.events.filter(({ text }) => /failed/.test(text))).toEqual([])
  await at.clock.advance(1)
  await journalled(at.journal, /failed: no answer/, 1)
  await at.clock.advance(8 * second)
  await at.clock.advance(60 * second)
  await journalled(at.journal, /too late/, 1)
})

test('a service that nobody runs, or that hangs, holds up neither delivery nor the end of the server', async () => {
  const sink = await openSink(() => undefined)
  const reference = await startReference({ push: { url: sink.url }, clock: virtualClock() })
  const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
  const store = reference.accounts.find(bob.address)?.store
  for (let n = 0; n < 20; n++) store?.addDeviceToken(`${n}`)
  await send(reference, alice, bob.address)
  expect(store?.inbox.messages).toHaveLength(1)
  await reference.close()
  await sink[Symbol.asyncDispose]()
})

test('so many first tries run at once, and so many later ones', async () => {
  for (const [push, before, after] of [
    [{ firstTriesAtOnce: 2 }, 0, 2],
    [{ firstTriesAtOnce: 4, retriesAtOnce: 1 }, 4, 5],
  ] as const) {
    await using at = await scene(() => undefined, push)
    for (let n = 0; n < 3; n++) at.storeOf(at.bob.address).addDeviceToken(`device ${n}`)
    await send(at.reference, at.alice, at.bob.address)
    if (before > 0) {
      await at.sink.received(before)
      await at.clock.advance(60 * second)
      await journalled(at.journal, /failed/, before)
      await at.clock.advance(8 * second)
    }
    await at.sink.received(after)
    await at.clock.advance(60 * second)
    // Others begin only now that these have failed.
    await at.sink.received(after + 1)
    expect(at.journal.events.filter(({ text }) => /failed/.test(text))).toHaveLength(after)
  }
})

test('no more than 10,000 notifications wait', async () => {
  await using at = await scene(() => undefined)
  const setAt = at.clock.now()
  at.storeOf(at.bob.address).setDeviceTokens(Array.from({ length: 10_003 }, (_, n) => ({ token: `${n}`, setAt })))
  await send(at.reference, at.alice, at.bob.address)
  expect(at.journal.events.filter(({ text }) => /too many notifications/.test(text))).toHaveLength(3)
})

test('over https the service has to show a certificate that is trusted', async () => {
  const [own, other] = await Promise.all([1, 2].map(() => createCertificates(['localhost'], conforming().tls)))
  await using sink = await openSink(() => 200, own && { cert: own.certificate, key: own.key })
  for (const [trust, outcome] of [
    [own?.ca ?? '', /^notified/],
    [other?.ca ?? '', /failed: no answer/],
  ] as const) {
    await using reference = await startReference({ push: { url: sink.url, ca: trust } })
    const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
    reference.accounts.find(bob.address)?.store.addDeviceToken('bob phone')
    await send(reference, alice, bob.address)
    await journalled(reference.journal, outcome, 1)
  }
  expect(sink.posted).toEqual(['bob phone'])
})

test('without a service the journal says who would have been notified; another address is refused', async () => {
  await using reference = await startReference()
  const [alice, bob] = [reference.accounts.create(), reference.accounts.create()]
  reference.accounts.find(bob.address)?.store.addDeviceToken('bob phone')
  await send(reference, alice, bob.address)
  expect(reference.journal.events.map(({ text }) => text)).toContain(`would notify 1 devices of ${bob.address}`)
  await expect(startReference({ push: { url: 'file:///etc/passwd' } })).rejects.toThrow(/neither https nor http/)
})

async function imapOf(reference: Reference, { address, password }: { address: string; password: string }) {
  const client = await rawClient({ port: reference.ports.imaps, tls: true })
  await client.command(`LOGIN "${address}" "${password}"`)
  return client
}

const shown = (lines: readonly string[]) => /\{\d+\}\r\n([^)]*)\)/.exec(lines.join('\r\n'))?.[1] ?? ''

test('tokens set over IMAP are kept for 90 days from when they were last set, in their order, for their owner only', async () => {
  await using at = await scene(() => 200)
  const [bob, alice] = [await imapOf(at.reference, at.bob), await imapOf(at.reference, at.alice)]
  const get = 'GETMETADATA INBOX /private/devicetoken'
  await bob.command('SETMETADATA INBOX (/private/devicetoken "second")')
  await at.clock.advance(50 * 86_400 * second)
  // The connection stayed; the clean-up of idle accounts is not due yet.
  await bob.command('SETMETADATA INBOX (/private/devicetoken "bob phone")')
  await bob.command('SETMETADATA INBOX (/private/devicetoken NIL)')
  expect(shown(await bob.command(get))).toBe('bob phone second')
  expect(shown(await alice.command(get))).toBe('')
  await at.clock.advance(40 * 86_400 * second - 1)
  expect(shown(await bob.command(get))).toBe('bob phone second')
  await at.clock.advance(1)
  expect(shown(await bob.command(get))).toBe('bob phone')
  bob.close()
  alice.close()
})

test('setting messagenew wakes the own devices; other private keys stay refused', async () => {
  await using at = await scene(() => 200)
  const bob = await imapOf(at.reference, at.bob)
  expect((await bob.command('SETMETADATA INBOX (/private/messagenew "1")')).at(-1)).toMatch(/^\S+ OK/)
  await journalled(at.journal, /^notified/, 1)
  expect(at.sink.posted).toEqual(['bob phone'])
  expect((await bob.command('SETMETADATA INBOX (/private/other "1")')).at(-1)).toMatch(/^\S+ NO/)
  expect((await bob.command('SETMETADATA "" (/private/messagenew "1")')).at(-1)).toMatch(/^\S+ NO/)
  bob.close()
})

/** Each wrong decision, and what comes of it. */
const wrong: Readonly<
  Record<string, { push: Partial<PushBehaviour>; sees: (at: Awaited<ReturnType<typeof scene>>) => Promise<unknown> }>
> = {
  'no pushes': {
    push: { notifies: 'nobody' },
    sees: async (at) => {
      await send(at.reference, at.alice, at.bob.address)
      expect(at.reference.journal.events.filter(({ area }) => area === 'push')).toEqual([])
    },
  },
  'pushes for own mail': {
    push: { notifies: 'every' },
    sees: async (at) => {
      await send(at.reference, at.bob, at.bob.address)
      await journalled(at.journal, /^notified/, 1)
    },
  },
  'tokens of others': {
    push: { wakes: 'everyone' },
    sees: async (at) => {
      at.storeOf(at.alice.address).addDeviceToken('alice phone')
      await send(at.reference, at.alice, at.bob.address)
      await journalled(at.journal, /^notified/, 2)
      expect(at.sink.posted).toContain('alice phone')
    },
  },
  'one device only': {
    push: { wakes: 'first-device' },
    sees: async (at) => {
      at.storeOf(at.bob.address).addDeviceToken('bob tablet')
      await send(at.reference, at.alice, at.bob.address)
      await journalled(at.journal, /^notified/, 1)
      expect(at.sink.posted).toEqual(['bob phone'])
    },
  },
}

test.each(Object.entries(wrong))('%s: the decision bites', async (_title, { push, sees }) => {
  await using at = await scene(() => 200, push)
  await sees(at)
})

test('a server that ignores 410 keeps the token', async () => {
  await using at = await scene(() => 410, { goneTokens: 'kept' })
  await send(at.reference, at.alice, at.bob.address)
  await journalled(at.journal, ended, 1)
  expect(at.tokens()).toEqual(['bob phone'])
})

test('a server that never tries again, or again at once, can be had', async () => {
  for (const [delaysSeconds, tries] of [
    [[0], 1],
    [Array<number>(30).fill(0), 30],
  ] as const) {
    await using at = await scene(() => 500, { delaysSeconds })
    await send(at.reference, at.alice, at.bob.address)
    await journalled(at.journal, /gave up/, 1)
    expect(at.sink.posted).toHaveLength(tries)
  }
})

test('tokens that are never refreshed, or never forgotten, can be had', async () => {
  const day = 86_400 * second
  for (const [push, after] of [
    [{}, 60],
    [{ refreshesTokens: false }, 40],
    [{ tokenDays: 0 }, 1_000],
  ] as const) {
    const clock = virtualClock()
    await using reference = await startReference({ clock, overrides: { push, retention: { accountDays: 0 } } })
    const { address } = reference.accounts.create()
    const store = reference.accounts.find(address)?.store ?? expect.unreachable()
    store.addDeviceToken('phone')
    await clock.advance(50 * day)
    store.addDeviceToken('phone')
    await clock.advance(after * day - 1)
    expect(store.deviceTokens).toEqual(['phone'])
    await clock.advance(31 * day)
    expect(store.deviceTokens).toEqual('tokenDays' in push ? ['phone'] : [])
  }
})
