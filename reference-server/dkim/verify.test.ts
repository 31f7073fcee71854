// Tests of signature verification: what counts, what does not, and what each wrong decision lets through. The signatures are
// made by a hand that is neither the verifying library nor the server's own signer.
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { conformingDkimVerification, type DkimVerificationBehaviour } from '../behaviour/dkim-verification.ts'
import { parseEntity } from '../filter/mime.ts'
import { createNetwork } from '../network/network.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { edKey, keyRecord, rsaKey, type SignatureShape, signMessage } from '../test-mail/signed-message.ts'
import { verifyDkim } from './verify.ts'

const now = Date.UTC(2026, 5, 1)
const seconds = now / 1_000
const author = 'someone@ext.test'
const message = encryptedMessage({ from: author })
const otherKey = { ...rsaKey, key: generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey }

const network = createNetwork()
network.publish([
  keyRecord('ext.test'),
  keyRecord('ext.test', { selector: 'ed', signer: edKey }),
  keyRecord('ext.test', { selector: 'revoked', text: 'v=DKIM1; k=rsa; p=' }),
  keyRecord('ext.test', { selector: 'reports', text: `${textOf(keyRecord('ext.test'))}; s=tlsrpt` }),
  keyRecord('ext.test', { selector: 'garbage', text: 'v=DKIM1; k=rsa; p=!!!' }),
  keyRecord('mail.ext.test'),
  keyRecord('sub.ext.test'),
  keyRecord('other.test'),
  keyRecord('xn--bcher-kva.test'),
])

function textOf(record: ReturnType<typeof keyRecord>): string {
  return record.type === 'TXT' ? record.text : ''
}

const own: SignatureShape = { domain: 'ext.test' }
const signed = (shape: Partial<SignatureShape> = {}, text = message) => signMessage(text, { ...own, ...shape })

function verify(
  text: string,
  rules: Partial<DkimVerificationBehaviour> = {},
  domain = 'ext.test',
  look: Pick<typeof network, 'look'> = network,
) {
  const all = { ...conformingDkimVerification, ...rules }
  return verifyDkim(parseEntity(Buffer.from(text, 'latin1')), domain, all, { network: look, now })
}

const tamperedBody = signed().replace('--edge--', '--edge--\r\nmore')
const withLength = signed({ length: 20 }).replace('--edge--', '--edge--\r\nmore')
const fromChanged = signed({ fields: ['to', 'subject', 'date', 'content-type'] })

describe('good', () => {
  test.each([
    ['rsa-sha256', signed()],
    ['ed25519-sha256', signed({ signer: edKey, selector: 'ed' })],
    ['not expired yet', signed({ tags: [`t=${seconds - 10}`, `x=${seconds + 60}`] })],
    ['domain in capitals', signed({ domain: 'EXT.TEST' })],
    ['a foreign one above it', signMessage(signed(), { domain: 'other.test' })],
    ['a bad one above it', signMessage(signed(), { ...own, signer: otherKey })],
    ['a good one above a foreign one', signed({}, signMessage(message, { domain: 'other.test' }))],
    ['trace fields added later', `Received: from x by y\r\n${signed()}`],
    ['folded and padded fields', signed().replace('Subject: [...]', 'SUBJECT:   [...]  ')],
  ])('%s', async (_name, text) => {
    expect(await verify(text)).toBe('good')
  })

  test('a domain of other letters, as UTF-8 and as ASCII', async () => {
    const text = signMessage(message, { domain: 'xn--bcher-kva.test' })
    expect(await verify(text, {}, 'bücher.test')).toBe('good')
  })
})

describe('not good', () => {
  test.each([
    ['none', message, 'unsigned'],
    ['body changed', tamperedBody, 'broken'],
    ['a line removed from the body', signed().replace('Version: 1\r\n', ''), 'broken'],
    ['From changed', signed().replace('From: <someone@', 'From: <somebody@'), 'broken'],
    ['Subject changed', signed().replace('Subject: [...]', 'Subject: hi'), 'broken'],
    ['expired', signed({ tags: [`t=${seconds - 60}`, `x=${seconds - 10}`] }), 'broken'],
    ['expired, without t=', signed({ tags: [`x=${seconds - 10}`] }), 'broken'],
    ['of another key', signed({ signer: otherKey }), 'broken'],
    ['ed25519 by an RSA key record', signed({ signer: edKey }), 'broken'],
    ['unknown selector', signed({ selector: 'nobody' }), 'noKey'],
    ['revoked key', signed({ selector: 'revoked' }), 'noKey'],
    ['key of another service', signed({ selector: 'reports' }), 'noKey'],
    ['key that is none', signed({ selector: 'garbage' }), 'noKey'],
    ['part of the body', withLength, 'broken'],
    ['From not signed', fromChanged, 'broken'],
    ['rsa-sha1', signed({ signer: { ...rsaKey, algorithm: 'rsa-sha1' } }), 'broken'],
    ['another domain', signMessage(message, { domain: 'other.test' }), 'unaligned'],
    ['subdomain of the author', signMessage(message, { domain: 'mail.ext.test' }), 'unaligned'],
    ['nonsense', `DKIM-Signature: v=1; nonsense\r\n${message}`, 'broken'],
    ['empty', `DKIM-Signature:\r\n${message}`, 'broken'],
    ['without d=', signed().replace('d=ext.test; ', ''), 'broken'],
    ['unknown algorithm', signed().replace('a=rsa-sha256', 'a=rot13'), 'broken'],
  ])('%s', async (_name, text, verdict) => {
    expect(await verify(text)).toBe(verdict)
  })

  test('parent of the author', async () => {
    const text = signMessage(encryptedMessage({ from: 'x@sub.ext.test' }), own)
    expect(await verify(text, {}, 'sub.ext.test')).toBe('unaligned')
  })

  test('a name server that fails leaves it open; a second, good signature settles it', async () => {
    const failing = createNetwork()
    failing.publish([keyRecord('ext.test', { selector: 'ed', signer: edKey })])
    const look: typeof failing.look = async (name, type) =>
      name.startsWith('mail.') ? { status: 'trouble', records: [] } : await failing.look(name, type)
    expect(await verify(signed(), {}, 'ext.test', { look })).toBe('trouble')
    expect(await verify(signMessage(message, { domain: 'other.test' }), {}, 'ext.test', { look })).toBe('unaligned')
    const both = signed({}, signed({ signer: edKey, selector: 'ed' }))
    expect(await verify(both, {}, 'ext.test', { look })).toBe('good')
  })

  test('more signatures than a message may have cost no look-ups', async () => {
    let looked = 0
    const look: typeof network.look = async (name, type) => {
      looked += 1
      return await network.look(name, type)
    }
    const flood = `${'DKIM-Signature: v=1; a=rsa-sha256; d=ext.test; s=mail; h=from; bh=x; b=x\r\n'.repeat(1_500)}${signed()}`
    expect(await verify(flood, {}, 'ext.test', { look })).toBe('broken')
    expect(looked).toBeLessThanOrEqual(conformingDkimVerification.mostSignatures)
  })
})

describe('wrong decisions let through', () => {
  test.each<[string, string, Partial<DkimVerificationBehaviour>, string?]>([
    ['a changed body', tamperedBody, { overlooks: ['body'] }],
    ['a changed field', signed().replace('Subject: [...]', 'Subject: hi'), { overlooks: ['signature'] }],
    ['an expired one', signed({ tags: [`x=${seconds - 10}`] }), { overlooks: ['expired'] }],
    ['a revoked key', signed({ selector: 'revoked' }), { overlooks: ['key'] }],
    ['an unknown selector', signed({ selector: 'nobody' }), { overlooks: ['key'] }],
    ['a part of the body', withLength, { overlooks: ['length'] }],
    ['a From that is not signed', fromChanged, { overlooks: ['from-unsigned'] }],
    ['rsa-sha1', signed({ signer: { ...rsaKey, algorithm: 'rsa-sha1' } }), { overlooks: ['algorithm'] }],
    ['a foreign one', signMessage(message, { domain: 'other.test' }), { alignment: 'none' }],
    ['a subdomain', signMessage(message, { domain: 'mail.ext.test' }), { alignment: 'subdomain' }],
    ['a parent', signMessage(message, own), { alignment: 'parent' }, 'sub.ext.test'],
    ['a claim', signed({ signer: otherKey }), { verifies: 'presence' }],
  ])('%s', async (_name, text, rules, domain = 'ext.test') => {
    expect(await verify(text, {}, domain)).not.toBe('good')
    expect(await verify(text, rules, domain)).toBe('good')
  })

  test.each<[string, string, Partial<DkimVerificationBehaviour>]>([
    ['the second of two', signMessage(signed(), { domain: 'other.test' }), { signatures: 'first' }],
    ['one good, one broken', signMessage(signed(), { ...own, signer: otherKey }), { signatures: 'every' }],
    ['ed25519', signed({ signer: edKey, selector: 'ed' }), { algorithms: ['rsa-sha256'] }],
    ['a key of 1024 bits', signed(), { leastKeyBits: 2_048 }],
  ])('or keep out: %s', async (_name, text, rules) => {
    expect(await verify(text)).toBe('good')
    expect(await verify(text, rules)).not.toBe('good')
  })
})
