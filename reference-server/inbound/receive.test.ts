// Tests of what comes in and what does not, over real sockets; and that each wrong decision shows in reply and mailbox.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'
import { type Reference, startReference } from '../index.ts'
import type { DnsRecord } from '../network/network.ts'
import { armour, encryptedMessage, encryptedPackets } from '../test-mail/encrypted-message.ts'
import { clear, report, securejoinRequest, setupMessage, signedBy } from '../test-mail/inbound-mail.ts'
import { openRelay, submit } from '../test-mail/line-client.ts'
import { keyRecord } from '../test-mail/signed-message.ts'

const author = 'someone@ext.test'
const unsignedReply = '554 5.7.1 No DKIM signature found'
const invalidReply = '554 5.7.1 No valid DKIM signature found'
const clearReply = '523 Encryption Needed: Invalid Unencrypted Mail'

interface Attempt {
  readonly reply: string
  /** Messages in the mailbox of the recipient afterwards, as stored. */
  readonly stored: readonly string[]
}

const records = ['ext.test', 'sub.ext.test', 'mail.ext.test', 'other.test', '_ext.test'].map((name) => keyRecord(name))
/** Domains with nobody at home: what is sent there waits. */
const absent = ['fwd.test', 'away.test'].map((name): DnsRecord => ({ name, type: 'A', address: '192.0.2.9' }))

/** Hands one message over to a fresh account; or to `to`. */
async function attempt(server: Reference, mail: string, { from = author, to = '' } = {}): Promise<Attempt> {
  const bob = server.accounts.create()
  await using client = await openRelay(server)
  const reply = await submit(client, from, [to || bob.address], mail)
  const stored = server.accounts.find(bob.address)?.store.inbox.messages ?? []
  return { reply, stored: stored.map(({ bytes }) => Buffer.from(bytes).toString('latin1')) }
}

async function withRules(inbound: DeepPartial<Behaviour['inbound']>): Promise<Reference> {
  const server = await startReference({ overrides: { inbound } })
  server.network.publish([...records, ...absent])
  return server
}

let reference: Reference
beforeAll(async () => {
  reference = await withRules({})
})
afterAll(() => reference.close())

const encrypted = (from = author) => encryptedMessage({ from })
const versionLine = (from: string) => {
  const payload = armour(encryptedPackets()).replace('MESSAGE-----\r\n\r\n', 'MESSAGE-----\r\nVersion: x 1.0\r\n\r\n')
  return encryptedMessage({ from, payload })
}
const signed = (mail: string) => signedBy('ext.test', mail)
/** A second From field, above the one that is signed. */
const secondFrom = `From: <victim@ext.test>\r\n${signed(encrypted())}`
const twoAuthors = (first: string, second: string) =>
  signed(encrypted().replace(`From: <${author}>`, `From: <${first}>, <${second}>`))

describe('comes in', () => {
  test.each([
    ['encrypted', signed(encrypted())],
    ['with a Version line in its armour', signed(versionLine(author))],
    ['a request to join, of a contact', signed(securejoinRequest(author))],
    ['a request to join, of a group', signed(securejoinRequest(author, 'vg-request'))],
    ['a report of a mail system', signed(report())],
    ['unsigned, from an address literal', encrypted('x@[192.0.2.1]')],
    ['unsigned, from an address literal of IPv6', encrypted('x@[IPv6:2001:db8::1]')],
    ['signed, from an underscore domain', signedBy('_ext.test', encrypted('x@_ext.test'))],
    ['of two authors, signed for the first', twoAuthors(author, 'x@other.test')],
  ])('%s', async (_name, mail) => {
    const { reply, stored } = await attempt(reference, mail)
    expect(reply).toBe('250 OK')
    expect(stored).toHaveLength(1)
  })
})

describe('stays out', () => {
  test.each([
    ['unsigned', encrypted(), unsignedReply],
    ['unsigned, as one of our users', encrypted('alice1234@chat.test'), unsignedReply],
    ['unsigned, from an underscore domain', encrypted('x@_ext.test'), unsignedReply],
    ['signed by another domain', signedBy('other.test', encrypted()), invalidReply],
    ['signed by a subdomain', signedBy('mail.ext.test', encrypted()), invalidReply],
    ['signed by a parent', signed(encrypted('x@sub.ext.test')), invalidReply],
    ['signed, but not for the first author', twoAuthors('x@other.test', author), invalidReply],
    ['signed for the sender of the envelope', signed(encrypted('x@other.test')), invalidReply],
    [
      'changed on the way',
      signed(encrypted()).replace('Chat-Version', 'X').replace('--edge--', '--edge--x'),
      invalidReply,
    ],
    ['in clear', signed(clear(author)), clearReply],
    ['in clear and unsigned', clear(author), clearReply],
    ['a setup message', signed(setupMessage(author)), clearReply],
    ['a later step of joining', signed(securejoinRequest(author, 'vc-auth-required')), clearReply],
    ['a request to join that says more', signed(securejoinRequest(author, 'vc-request', 'hi')), clearReply],
    ['a report without signature', report(), unsignedReply],
    ['a report of a person', signed(report({ from: author })), clearReply],
    ['a report not said to be automatic', signed(report({ autoSubmitted: null })), clearReply],
    ['a text of a mail system', signed(report({ type: 'multipart/mixed' })), clearReply],
    ['a second From field', secondFrom, '500 Invalid FROM header'],
    ['no From field', signed(encrypted().replace(/^From: .*\r\n/, '')), '500 Invalid FROM header'],
    ['a From field without address', signed(encrypted().replace(`<${author}>`, 'Someone')), '500 Invalid FROM header'],
    ['a bare LF', signed(encrypted()).replace('Version: 1\r\n', 'Version: 1\n'), '500 Invalid DATA'],
    ['a bare CR', signed(encrypted()).replace('Version: 1', 'Version: 1\r'), '500 Invalid DATA'],
  ])('%s', async (_name, mail, expected) => {
    const { reply, stored } = await attempt(reference, mail)
    expect(reply).toBe(expected)
    expect(stored).toEqual([])
  })

  test.each([
    ['a head that never ends', `X-Long: ${'x'.repeat(200_000)}\r\n${signed(encrypted())}`, /^552/],
    ['a field that never ends', `X-Long: x\r\n${' x\r\n'.repeat(20_000)}${signed(encrypted())}`, /^552/],
    ['more fields than are read', `${'X: y\r\n'.repeat(5_000)}${signed(encrypted())}`, /^552/],
    [
      'authors without end',
      signed(encrypted().replace(`<${author}>`, `<${author}>${', <a@b.test>'.repeat(5_000)}`)),
      /^500/,
    ],
    ['colons without end', signed(encrypted().replace('From: ', `From: ${':'.repeat(100_000)}`)), /^500/],
    ['a signature without end', signed(encrypted()).replace('v=1;', `v=1;${';'.repeat(100_000)}`), /^554/],
  ])('%s', async (_name, mail, refusal) => {
    const { reply, stored } = await attempt(reference, mail)
    expect(reply).toMatch(refusal)
    expect(stored).toEqual([])
  })

  test('and a return path without end harms nobody', async () => {
    const { reply, stored } = await attempt(reference, `Return-Path: ${':'.repeat(100_000)}\r\n${signed(encrypted())}`)
    expect(reply).toBe('250 OK')
    expect(stored[0]).toMatch(/^Return-Path: <someone@ext\.test>\r\n/)
    expect(stored[0]).not.toContain(':::')
  })
})

describe('envelope', () => {
  test('a forwarded message loses its sender, so that nobody gets a bounce', async () => {
    const { reply, stored } = await attempt(reference, signed(encrypted()), { from: 'SRS0=x=ext.test=a@fwd.test' })
    expect(reply).toBe('250 OK')
    expect(stored[0]).toMatch(/^Return-Path: <>\r\n/)
    const before = reference.queue.entries.length
    const to = 'nobody123@chat.test'
    expect((await attempt(reference, signed(encrypted()), { from: 'a@fwd.test', to })).reply).toBe('250 OK')
    expect(reference.queue.entries).toHaveLength(before)
  })

  test('the null sender is welcome, and an unknown user of it is no reason to answer', async () => {
    expect((await attempt(reference, signed(report()), { from: '' })).reply).toBe('250 OK')
    const before = reference.queue.entries.length
    expect((await attempt(reference, signed(report()), { from: '', to: 'nobody123@chat.test' })).reply).toBe('250 OK')
    expect(reference.queue.entries).toHaveLength(before)
  })
})

describe('wrong decisions take in', () => {
  test.each<[string, DeepPartial<Behaviour['inbound']>, string]>([
    ['unsigned mail', { dkim: { required: false } }, encrypted()],
    ['a foreign signature', { dkim: { alignment: 'none' } }, signedBy('other.test', encrypted())],
    ['a signature for the envelope', { dkim: { aligns: 'envelope-sender' } }, signed(encrypted('x@other.test'))],
    ['underscore domains', { dkim: { underscoreDomains: 'pass' } }, encrypted('x@_ext.test')],
    ['mail in clear', { encryption: { enforced: false } }, signed(clear(author))],
    ['any report', { bounces: 'any-report' }, signed(report({ from: author, autoSubmitted: null }))],
    ['a text of a daemon', { bounces: 'any-mailer-daemon' }, signed(report({ type: 'multipart/mixed' }))],
    ['setup messages', { encryption: { setupMessage: 'to-anybody' } }, signed(setupMessage(author))],
    ['a second From field', { severalFroms: 'last' }, secondFrom],
    ['the last author', { author: 'last' }, twoAuthors('x@other.test', author)],
    ['bare LF', { bareLineEnds: 'kept' }, signed(encrypted()).replace('Version: 1\r\n', 'Version: 1\n')],
  ])('%s', async (_name, rules, mail) => {
    expect((await attempt(reference, mail)).reply).not.toBe('250 OK')
    await using server = await withRules(rules)
    const { reply, stored } = await attempt(server, mail)
    expect(reply).toBe('250 OK')
    expect(stored).toHaveLength(1)
  })

  test('what was refused', async () => {
    await using server = await withRules({ deliversRefused: true })
    const { reply, stored } = await attempt(server, encrypted())
    expect(reply).toBe(unsignedReply)
    expect(stored).toHaveLength(1)
  })

  test('mail for everybody', async () => {
    await using server = await withRules({ relaysFor: 'everybody' })
    expect((await attempt(server, signed(encrypted()), { to: 'x@away.test' })).reply).toBe('250 OK')
    expect(server.queue.entries.map(({ recipients }) => recipients)).toEqual([['x@away.test']])
  })
})

describe('wrong decisions keep out', () => {
  test.each<[string, DeepPartial<Behaviour['inbound']>, string, { from?: string }, RegExp]>([
    ['requests to join', { encryption: { securejoinSteps: [] } }, signed(securejoinRequest(author)), {}, /^523/],
    ['bounces', { bounces: 'none' }, signed(report()), {}, /^523/],
    ['Version lines', { encryption: { allowsArmourVersion: false } }, signed(versionLine(author)), {}, /^523/],
    ['the null sender', { refusesSenders: ['null'] }, signed(report()), { from: '' }, /^550/],
    ['forwarded mail', { refusesSenders: ['not-author'] }, signed(encrypted()), { from: 'a@fwd.test' }, /^500/],
    ['literals', { dkim: { literals: 'refuse' } }, encrypted('x@[192.0.2.1]'), {}, /^500/],
    ['literals of others', { dkim: { literals: 'match-client' } }, encrypted('x@[192.0.2.1]'), {}, /^500/],
    ['who fails SPF', { demands: ['spf'] }, signed(encrypted()), {}, /^550/],
    ['who has no name', { demands: ['helo-address'] }, signed(encrypted()), {}, /^450/],
    ['strangers at first', { demands: ['greylist'] }, signed(encrypted()), {}, /^450/],
  ])('%s', async (_name, rules, mail, options, refusal) => {
    await using server = await withRules(rules)
    const { reply, stored } = await attempt(server, mail, options)
    expect(reply).toMatch(refusal)
    expect(stored).toEqual([])
  })

  test('or ask for the signature first', async () => {
    await using server = await withRules({ order: 'dkim-first' })
    expect((await attempt(server, clear(author))).reply).toBe(unsignedReply)
    expect((await attempt(server, signed(clear(author)))).reply).toBe(clearReply)
  })

  test('or tell who exists by the reply to mail in clear', async () => {
    const to = 'nobody123@chat.test'
    expect((await attempt(reference, clear(author), { to })).reply).toBe(clearReply)
    await using server = await withRules({ clearForUnknown: true })
    expect((await attempt(server, clear(author))).reply).toBe(clearReply)
    expect((await attempt(server, clear(author), { to })).reply).toBe(unsignedReply)
  })

  test.each<['defer' | 'refuse' | 'pass', string]>([
    ['defer', '451 4.7.5 DKIM key could not be looked up'],
    ['refuse', invalidReply],
    ['pass', '250 OK'],
  ])('or %s when the name server fails', async (onTrouble, expected) => {
    await using server = await withRules({ dkim: { onTrouble } })
    server.network.fail('mail._domainkey.ext.test')
    expect((await attempt(server, signed(encrypted()))).reply).toBe(expected)
  })

  test('a sender keeps its return path where it is not the author', async () => {
    await using server = await withRules({ foreignEnvelope: 'kept' })
    const { stored } = await attempt(server, signed(encrypted()), { from: 'a@fwd.test' })
    expect(stored[0]).toMatch(/^Return-Path: <a@fwd\.test>/)
  })

  test('SPF lets in who may send; a greylisted client may come again', async () => {
    await using server = await withRules({ demands: ['spf', 'greylist'], greylistSeconds: 60 })
    server.network.publish([{ name: 'ext.test', type: 'TXT', text: 'v=spf1 ip4:127.0.0.1 -all' }])
    const bob = server.accounts.create()
    await using client = await openRelay(server)
    expect(await submit(client, author, [bob.address], signed(encrypted()))).toMatch(/^450/)
    await server.clock.advance(61_000)
    expect(await submit(client, author, [bob.address], signed(encrypted()))).toBe('250 OK')
  })
})
