// Two reference servers exchange mail over real sockets: by HTTPS, by SMTP, through trouble, and with signed bounces.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Credentials } from './accounts.ts'
import type { Behaviour, DeepPartial } from './behaviour/index.ts'
import { virtualClock } from './clock.ts'
import type { Fault } from './faults.ts'
import { type Reference, startReference } from './index.ts'
import { createNetwork } from './network/network.ts'
import { encryptedMessage } from './test-mail/encrypted-message.ts'
import { openSession, submit } from './test-mail/line-client.ts'

interface Pair extends AsyncDisposable {
  readonly here: Reference
  readonly there: Reference
  readonly alice: Credentials
  readonly bob: Credentials
}

/** Alice is here, Bob there; `overrides` and `faults` are those of the server there. */
async function openPair(overrides: DeepPartial<Behaviour> = {}, faults: readonly Fault[] = []): Promise<Pair> {
  const shared = { network: createNetwork(), clock: virtualClock(Date.now()) }
  const here = await startReference({ ...shared, domains: ['here.test'] })
  const there = await startReference({ ...shared, domains: ['there.test'], overrides, faults })
  return {
    here,
    there,
    alice: here.accounts.create(),
    bob: there.accounts.create(),
    async [Symbol.asyncDispose]() {
      await here.close()
      await there.close()
    },
  }
}

async function send(from: Reference, author: Credentials, to: string): Promise<string> {
  const id = `<${randomUUID()}@localhost>`
  await using client = await openSession(from, author)
  const mail = encryptedMessage({ from: author.address, messageId: id })
  expect(await submit(client, author.address, [to], mail)).toMatch(/^250/)
  return id
}

const stored = (server: Reference, { address }: Credentials) =>
  (server.accounts.find(address)?.store.inbox.messages ?? []).map(({ bytes }) => Buffer.from(bytes).toString('latin1'))

const onlySmtp = { inbound: { mxdeliv: { served: false } } }

test.each<[string, DeepPartial<Behaviour>, string]>([
  ['HTTPS', {}, 'mxdeliv'],
  ['SMTP', onlySmtp, 'smtp'],
])('a message and its answer go by %s', async (_way, rules) => {
  await using pair = await openPair(rules)
  const { here, there, alice, bob } = pair
  const question = await send(here, alice, bob.address)
  await expect.poll(() => stored(there, bob)).toHaveLength(1)
  const answer = await send(there, bob, alice.address)
  await expect.poll(() => stored(here, alice)).toHaveLength(1)
  const [asked = ''] = stored(there, bob)
  expect(asked).toContain(question)
  expect(asked).toContain(`Return-Path: <${alice.address}>`)
  expect(asked).not.toMatch(/^(DKIM-Signature|Received|Authentication-Results):/m)
  expect(stored(here, alice)[0]).toContain(answer)
})

test.each([
  ['HTTPS', {}],
  ['SMTP', onlySmtp],
])('mail to nobody comes back by %s, in a report that is signed', async (_way, rules) => {
  await using pair = await openPair(rules)
  const { here, alice } = pair
  await send(here, alice, 'nobody123@there.test')
  await expect.poll(() => stored(here, alice)).toHaveLength(1)
  const [report = ''] = stored(here, alice)
  expect(report).toMatch(/^From: MAILER-DAEMON@there\.test/m)
  expect(report).toMatch(/^Return-Path: <>/)
  expect(report).toContain('550 5.1.1 <nobody123@there.test>')
})

test('trouble at every stage delays a message and neither loses nor doubles it', async () => {
  const points = ['mx:ehlo', 'mx:starttls', 'mx:mail', 'mx:rcpt', 'mx:data', 'mx:body', 'mx:message'] as const
  const faults = points.flatMap((at): Fault[] => [
    { at, kind: 'reply', times: 1, text: '451 4.3.0 Later' },
    { at, kind: 'drop', times: 1 },
  ])
  await using pair = await openPair(onlySmtp, faults)
  const { here, there, alice, bob } = pair
  const id = await send(here, alice, bob.address)
  for (let tries = 0; tries < faults.length + 2; tries++) {
    await here.queue.idle()
    await here.queue.flush()
  }
  await expect.poll(() => stored(there, bob)).toHaveLength(1)
  expect(stored(there, bob)[0]).toContain(id)
  expect(stored(here, alice)).toEqual([])
})

test('a key that cannot be looked up delays a message', async () => {
  await using pair = await openPair()
  const { here, there, alice, bob } = pair
  const recover = here.network.fail('opendkim._domainkey.here.test', 'TXT')
  await send(here, alice, bob.address)
  await here.queue.idle()
  expect(stored(there, bob)).toEqual([])
  recover()
  await here.queue.flush()
  await expect.poll(() => stored(there, bob)).toHaveLength(1)
})

test.each<[string, DeepPartial<Behaviour>]>([
  ['unsigned', { dkim: { signs: false } }],
  ['signed for another name', { dkim: { domain: 'mail.{domain}' } }],
  ['signed by a key that is not in the zone', { dkim: { published: 'other' } }],
  ['signed for a while that is over', { dkim: { expiresSeconds: -60 } }],
  ['signed for another body', { dkim: { bodyHash: 'other-line-ends' } }],
])('a message that leaves %s comes back with the reason', async (_name, rules) => {
  await using pair = await openPair(rules)
  const { here, there, alice, bob } = pair
  await send(there, bob, alice.address)
  await expect.poll(() => stored(there, bob)).toHaveLength(1)
  expect(stored(there, bob)[0]).toMatch(/554 5\.7\.1 No (valid )?DKIM signature found/)
  expect(stored(here, alice)).toEqual([])
})
