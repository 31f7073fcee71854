// Tests of the way to other servers: routes, connections, the queue on its clock, and what each wrong decision does.
import { expect, test } from 'vitest'
import { conforming } from '../behaviour/index.ts'
import { createDkimKeys } from '../dkim/keys.ts'
import { createJournal } from '../journal.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { createOutbound } from './outbound.ts'
import type { PeerOptions } from './test-peer.ts'
import { alice, bob, carol, scene } from './test-scene.ts'

test('a message goes out once, whole, signed, inside TLS, with all recipients of the domain', async () => {
  await using s = await scene()
  const text = encryptedMessage({ from: alice }).replace('Version: 1\r\n', 'Version: 1\r\n.\r\n..x\r\n\xe4\r\n')
  await s.send([bob, carol], text)
  expect(s.peer.taken).toMatchObject([{ from: alice, to: [bob, carol], secure: true, ehlo: 'chat.test', by: 'smtp' }])
  expect(s.peer.taken[0]?.text.endsWith(text)).toBe(true)
  expect(s.peer.taken[0]?.text).toMatch(/^DKIM-Signature: v=1;/)
  expect(s.outbound.queue.entries).toEqual([])
  expect(s.failures).toEqual([])
})

test('HTTPS comes first, with the same message; what it does not take goes by SMTP, for half an hour without asking', async () => {
  await using first = await scene({}, { https: () => 200 })
  const text = encryptedMessage({ from: alice })
  await first.send([bob, carol], text)
  expect(first.peer.taken).toMatchObject([
    { from: alice, to: [bob, carol], by: 'https', ehlo: 'POST /mxdeliv other.test' },
  ])
  expect(first.peer.taken[0]?.text.endsWith(text)).toBe(true)

  await using second = await scene({}, { https: () => 400 })
  for (let n = 0; n < 3; n++) await second.send()
  expect([second.peer.posts, second.peer.connections, second.peer.taken.length]).toEqual([1, 1, 3])
  await second.clock.advance(1_800_000)
  await second.send()
  expect(second.peer.posts).toBe(2)
})

test('a connection is used again, and ends when it was idle for a minute', async () => {
  await using s = await scene()
  for (let n = 0; n < 5; n++) void s.send()
  await s.outbound.queue.idle()
  await s.send()
  expect([s.peer.connections, s.peer.taken.length]).toEqual([1, 6])
  await s.clock.advance(61_000)
  await s.send()
  expect(s.peer.connections).toBe(2)
})

test('a connection that was closed while idle is no trouble', async () => {
  await using s = await scene()
  await s.send()
  s.peer.down()
  s.peer.up()
  await s.send()
  expect([s.peer.taken.length, s.outbound.queue.entries.length]).toEqual([2, 0])
})

test('messages wait for a peer that is down, in order, and arrive when it is back', async () => {
  await using s = await scene()
  s.peer.down()
  for (const n of [1, 2, 3]) await s.send([bob], encryptedMessage({ from: alice, messageId: `<${n}@x>` }))
  expect(s.outbound.queue.entries.map(({ tries }) => tries)).toEqual([1, 0, 0])
  expect(s.outbound.queue.entries[0]?.lastReply).toMatch(/^421 Failed to connect to any mail server; .*other\.test/)
  await s.clock.advance(299_000)
  s.peer.up()
  expect(s.peer.taken).toHaveLength(0)
  await s.clock.advance(1_000)
  expect(s.peer.taken.map(({ text }) => /<(\d)@x>/.exec(text)?.[1])).toEqual(['1', '2', '3'])
  expect(s.outbound.queue.entries).toEqual([])
})

test('the waits double up to the longest, and flush does not wait', async () => {
  await using s = await scene()
  s.peer.down()
  const start = s.clock.now()
  await s.send()
  const tries: number[] = []
  for (let n = 0; n < 7; n++) {
    const next = s.outbound.queue.entries[0]?.nextTry ?? 0
    tries.push((next - s.clock.now()) / 1_000)
    await s.clock.advance(next - s.clock.now())
  }
  expect(tries).toEqual([300, 600, 1_200, 2_400, 4_000, 4_000, 4_000])
  expect(s.outbound.queue.entries[0]?.since).toBe(start)
  s.peer.up()
  await s.outbound.queue.flush()
  expect(s.peer.taken).toHaveLength(1)
})

test('after two days a message goes back, with the last reason, not a moment earlier', async () => {
  // One connection for all tries: npm smtp-server takes a tenth of a second to greet.
  const patient = { outbound: { transport: { idleSeconds: 9_999 } } }
  await using s = await scene(patient, { answer: (stage) => (stage === 'data' ? '451 4.7.1 greylisted' : undefined) })
  await s.send()
  await s.clock.advance(2 * 86_400_000 - 1)
  expect(s.failures).toEqual([])
  expect(s.outbound.queue.entries[0]?.tries).toBeGreaterThan(40)
  await s.clock.advance(1)
  expect(s.failures).toMatchObject([{ recipient: bob, status: '4.4.7', sender: alice }])
  expect(s.failures[0]?.diagnostic).toMatch(/^451 4\.7\.1 greylisted \(forwarded from other\.test\)$/)
  expect(s.outbound.queue.entries).toEqual([])
})

test('each recipient gets its own fate: sent, refused, later', async () => {
  let full = true
  await using s = await scene(
    {},
    {
      answer: (stage, value) => {
        if (stage !== 'rcpt') return undefined
        if (value === 'x@other.test') return '550 5.1.1 no such user'
        return value === carol && full ? '452 4.2.2 full' : undefined
      },
    },
  )
  await s.send(['x@other.test', bob, carol])
  expect(s.peer.taken.map(({ to }) => to)).toEqual([[bob]])
  expect(s.failures).toMatchObject([
    { recipient: 'x@other.test', status: '5.1.1', diagnostic: '550 5.1.1 no such user (forwarded from other.test)' },
  ])
  expect(s.outbound.queue.entries).toMatchObject([{ recipients: [carol], tries: 1 }])
  full = false
  await s.clock.advance(300_000)
  expect(s.peer.taken.map(({ to }) => to)).toEqual([[bob], [carol]])
})

test('a deferred message holds up nobody else', async () => {
  await using s = await scene(
    {},
    { answer: (stage, value) => (stage === 'data' && value.includes('<1@x>') ? '451 4.3.0 not this' : undefined) },
  )
  for (const n of [1, 2]) await s.send([bob], encryptedMessage({ from: alice, messageId: `<${n}@x>` }))
  expect(s.peer.taken).toHaveLength(1)
  expect(s.outbound.queue.entries).toHaveLength(1)
})

test('the next exchange is asked when the first cannot be reached, not when it refuses', async () => {
  await using s = await scene({}, { host: 'mx1.other.test', preference: 10 })
  const second = await s.addPeer({ host: 'mx2.other.test', preference: 20 })
  await s.send()
  expect([s.peer.taken.length, second.taken.length]).toEqual([1, 0])
  s.peer.down()
  await s.send()
  expect([s.peer.taken.length, second.taken.length]).toEqual([1, 1])

  await using refusing = await scene({}, { host: 'mx1.other.test', answer: () => '554 5.7.1 no' })
  const other = await refusing.addPeer({ host: 'mx2.other.test', preference: 20 })
  await refusing.send()
  expect(other.taken).toEqual([])
  expect(refusing.failures[0]?.diagnostic).toBe('554 5.7.1 no (forwarded from mx1.other.test)')
})

test('domains that do not exist, want no mail, or have no address give the mail back; trouble with names does not', async () => {
  await using s = await scene()
  s.network.publish([{ name: 'null.test', type: 'MX', exchange: '.', preference: 0 }])
  s.network.publish([{ name: 'text.test', type: 'TXT', text: 'hello' }])
  s.network.fail('broken.test')
  await s.send(['a@nowhere.test', 'b@null.test', 'c@text.test', 'd@broken.test', 'e@[not-an-address]'])
  expect(s.failures.map(({ recipient, status, diagnostic }) => `${recipient} ${status} ${diagnostic}`).sort()).toEqual([
    'a@nowhere.test 5.1.2 512 Domain nowhere.test does not exist',
    'b@null.test 5.1.10 556 5.1.10 Permanent failure: Recipient address has null MX',
    'c@text.test 5.4.4 550 5.4.4 Domain text.test has no mail exchange and no address',
    'e@[not-an-address] 5.1.2 501 5.1.2 Bad address literal [not-an-address]',
  ])
  expect(s.outbound.queue.entries).toMatchObject([{ lastReply: '421 DNS resolution failed for broken.test' }])
})

test('without MX the address of the domain counts, and a literal is an address', async () => {
  await using implicit = await scene({}, { mx: false })
  await implicit.send()
  expect(implicit.peer.taken).toHaveLength(1)
  await using literal = await scene({}, { host: '127.0.0.1', trusted: false, tls: { issuer: 'self' } })
  await literal.send(['bob@[127.0.0.1]'])
  expect(literal.peer.taken).toMatchObject([{ to: ['bob@[127.0.0.1]'], secure: true }])
})

test.each<[string, PeerOptions, RegExp]>([
  ['of a stranger', { trusted: false }, /certificate/],
  ['signed by itself', { tls: { issuer: 'self' } }, /self.signed/],
  ['of another name', { tls: { names: ['elsewhere.test'] } }, /altnames/],
  ['that is over', { tls: { validUntilDays: -1, validFromDays: -9 } }, /expired/],
])('a certificate %s is not good enough, by SMTP and by HTTPS', async (_name, options, reason) => {
  await using s = await scene({}, { ...options, https: () => 200 })
  await s.send()
  expect(s.peer.taken).toEqual([])
  expect(s.outbound.queue.entries[0]?.lastReply).toMatch(reason)
})

test('a domain that begins with _ shows any certificate; a server without STARTTLS gets nothing', async () => {
  await using s = await scene({}, { domain: '_other.test', trusted: false, tls: { issuer: 'self' } })
  await s.send(['bob@_other.test'])
  expect(s.peer.taken).toMatchObject([{ secure: true }])
  await using clear = await scene({}, { startTls: false })
  await clear.send()
  expect(clear.peer.taken).toEqual([])
  expect(clear.outbound.queue.entries[0]?.lastReply).toMatch(/STARTTLS is not offered/)
})

test('what waits is kept by the storage, and goes on in the next life', async () => {
  await using s = await scene()
  s.peer.down()
  await s.send([bob, carol])
  await s.send()
  await s.outbound.close()
  s.peer.up()
  const behaviour = conforming()
  const again = createOutbound({
    domains: ['chat.test'],
    behaviour: () => behaviour,
    clock: s.clock,
    journal: createJournal(s.clock),
    network: s.network,
    keys: createDkimKeys(() => behaviour.dkim),
    storage: s.storage,
    returned: () => {},
  })
  await again.queue.idle()
  expect(s.peer.taken.map(({ to }) => to)).toEqual([[bob, carol], [bob]])
  expect(s.storage.records('queue')).toEqual([])
  await again.close()
})

test('a queue that is full gives back what is too much', async () => {
  await using s = await scene({ outbound: { queue: { entries: 2 } } })
  s.peer.down()
  for (let n = 0; n < 3; n++) await s.send()
  expect(s.outbound.queue.entries).toHaveLength(2)
  expect(s.failures).toMatchObject([{ status: '4.3.1' }])
})

test('several connections to one destination share the work, several destinations wait for a worker', async () => {
  await using s = await scene({ outbound: { queue: { connections: 3 } } })
  for (let n = 0; n < 9; n++) void s.send()
  await s.outbound.queue.idle()
  expect([s.peer.connections, s.peer.taken.length]).toEqual([3, 9])
  await using one = await scene({ outbound: { queue: { workers: 1 } } })
  const other = await one.addPeer({ domain: 'third.test' })
  for (let n = 0; n < 3; n++) void one.send([bob, 'x@third.test'])
  await one.outbound.queue.idle()
  expect([one.peer.taken.length, other.taken.length]).toEqual([3, 3])
})

test('a queue that pauses ends what it has begun, and nothing more', async () => {
  await using s = await scene()
  for (let n = 0; n < 3; n++) void s.send()
  await s.outbound.queue.pause()
  expect(s.peer.taken.length + s.outbound.queue.entries.length).toBe(3)
  await s.send()
  expect(s.outbound.queue.entries.length).toBeGreaterThan(0)
})
