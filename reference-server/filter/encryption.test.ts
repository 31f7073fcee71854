// Tests of the encryption filter: each rule alone, and each switch that takes it away.
import { describe, expect, test } from 'vitest'
import { conformingEncryption, type EncryptionBehaviour } from '../behaviour/encryption.ts'
import { conforming } from '../behaviour/index.ts'
import { armour, encryptedMessage, encryptedPackets, packet, plainMessage } from '../test-mail/encrypted-message.ts'
import { judge, type Refusal } from './judge.ts'
import { parseEntity } from './mime.ts'

const alice = 'alice1234@chat.test'
const bob = 'bobby1234@chat.test'

function decide(
  message: string,
  rules: Partial<EncryptionBehaviour> = {},
  recipients: readonly string[] = [bob],
): Refusal['cause'] | 'passes' {
  const bytes = Buffer.from(message, 'latin1')
  const behaviour = { ...conforming(), encryption: { ...conformingEncryption, ...rules } }
  const submitted = {
    message: parseEntity(bytes),
    size: bytes.length,
    sender: alice,
    recipients,
    domains: ['chat.test'],
  }
  return judge(submitted, behaviour)?.cause ?? 'passes'
}

const withPackets = (...packets: Buffer[]) => encryptedMessage({ from: alice, payload: armour(Buffer.concat(packets)) })
const bytes = (version: number, size = 60) => Buffer.concat([Buffer.from([version]), Buffer.alloc(size, 0xaa)])
const pkesk3 = packet(1, bytes(3))
const pkesk6 = packet(1, bytes(6))
const skesk6 = packet(3, bytes(6))
const seipd1 = packet(18, bytes(1, 300))
const seipd2 = packet(18, bytes(2, 300))
const partial = Buffer.concat([Buffer.from([0xd2, 0xe9]), bytes(2, 511), Buffer.from([5, 1, 2, 3, 4, 5])])
const legacy = Buffer.concat([Buffer.from([0x84, 61]), bytes(3), seipd1])
const good = encryptedMessage({ from: alice })

describe('what is encrypted passes', () => {
  test.each([
    ['PKESK v6 and SEIPD v2', withPackets(pkesk6, pkesk6, seipd2)],
    ['PKESK v3 and SEIPD v1', withPackets(pkesk3, seipd1)],
    ['SKESK v6 alone before the data', withPackets(skesk6, seipd2)],
    ['no session key at all', withPackets(seipd2)],
    ['partial lengths', withPackets(pkesk6, partial)],
    ['the legacy packet format', withPackets(legacy)],
    ['200 session keys', withPackets(...Array.from({ length: 200 }, () => pkesk6), seipd2)],
    ['a message of 140 kB', encryptedMessage({ from: alice, payload: armour(encryptedPackets(100_000)) })],
    ['upper-case types', good.replace('multipart/encrypted', 'MULTIPART/Encrypted')],
    ['no Chat-Version', good.replace('Chat-Version: 1.0\r\n', '')],
    [
      'Content-Type first',
      `${/Content-Type: multipart[\s\S]*?edge"\r\n/.exec(good)?.[0]}${good.replace(/Content-Type: multipart[\s\S]*?edge"\r\n/, '')}`,
    ],
    ['text around the parts', good.replace('\r\n\r\n--edge', '\r\n\r\nHello\r\n--edge')],
    ['no blank line after BEGIN', good.replace('MESSAGE-----\r\n\r\n', 'MESSAGE-----\r\n')],
  ])('%s', (_name, message) => expect(decide(message)).toBe('passes'))
})

const literal = packet(11, Buffer.from('b\0\0\0\0\0Hello'))
const signature = packet(2, bytes(4))
const inPlain = plainMessage(alice, armour(encryptedPackets()).split('\r\n'))
const nested = good.replace('Content-Type: application/octet-stream', 'Content-Type: multipart/mixed; boundary=x')
const third = good.replace('--edge--', '--edge\r\nContent-Type: text/plain\r\n\r\nHello\r\n--edge--')
const payloadOf = (change: (text: string) => string) =>
  encryptedMessage({ from: alice, payload: change(armour(Buffer.concat([pkesk6, seipd2]))) })

describe('what is not encrypted is refused, unless the rule is off', () => {
  test.each<[string, string, Partial<EncryptionBehaviour>]>([
    ['plain text', plainMessage(alice), { enforced: false }],
    ['armour in plain text', inPlain, { looksAt: 'armour-anywhere' }],
    ['armour in plain text, by another hole', inPlain, { requiresMultipartEncrypted: false }],
    ['a literal packet', withPackets(literal), { walksPackets: false }],
    ['a literal packet, by tag', withPackets(pkesk6, literal), { dataTags: [18, 11] }],
    ['only a signature', withPackets(signature), { dataTags: [18, 2] }],
    ['SED', withPackets(pkesk3, packet(9, bytes(1))), { dataTags: [18, 9] }],
    ['a packet after the data', withPackets(pkesk6, seipd2, literal), { allowsTrailingPackets: true }],
    ['a marker before the data', withPackets(packet(10, Buffer.from('PGP')), seipd2), { sessionKeyTags: [1, 3, 10] }],
    ['a packet that claims too much', withPackets(pkesk6, seipd2.subarray(0, 100)), { requiresExactEnd: false }],
    ['first packet good, then garbage', withPackets(pkesk6, Buffer.from('garbage')), { looksAtFirstPacketOnly: true }],
    ['no base64', payloadOf((text) => text.replace(/^w/m, '!')), { requiresStrictBase64: false, walksPackets: false }],
    ['no payload', payloadOf(() => armour(Buffer.alloc(0))), { allowsEmptyPayload: true }],
    ['no armour', payloadOf(() => 'Hello\r\n'), { requiresArmour: false }],
    ['text before the armour', payloadOf((text) => `Hello\r\n${text}`), { requiresArmourAtEdges: false }],
    [
      'an armour header',
      payloadOf((text) => text.replace('-\r\n', '-\r\nVersion: 1\r\n')),
      { allowsArmourHeaders: true },
    ],
    ['a third part', third, { allowsExtraParts: true }],
    ['a nested multipart', nested, { allowsNestedMultipart: true, requiresOctetStream: false }],
    ['version two', good.replace('Version: 1\r\n\r\n--', 'Version: 2\r\n\r\n--'), { requiresVersionOne: false }],
    [
      'another first part',
      good.replace('application/pgp-encrypted; c', 'text/plain; c'),
      { requiresVersionPart: false },
    ],
    ['a text payload', good.replace('application/octet-stream', 'text/plain'), { requiresOctetStream: false }],
    ['one part', `${good.slice(0, good.lastIndexOf('--edge\r\n'))}--edge--\r\n`, { requiresTwoParts: false }],
    ['only the type', good.slice(0, good.indexOf('--edge')), { looksAt: 'content-type' }],
    ['only the subject', plainMessage(alice).replace('Subject: plain', 'Subject: [...]'), { looksAt: 'subject' }],
    ['plain text, large', plainMessage(alice, ['x'.repeat(900)]), { skipsOverBytes: 500 }],
    ['plain text to somebody here', plainMessage(alice), { exempt: ['local'] }],
  ])('%s', (_name, message, hole) => {
    expect(decide(message)).toBe('encryption')
    expect(decide(message, hole)).toBe('passes')
  })

  test('exemptions go by the recipients', () => {
    const message = plainMessage(alice)
    expect(decide(message, { exempt: ['self'] }, [alice])).toBe('passes')
    expect(decide(message, { exempt: ['self'] }, [bob])).toBe('encryption')
    expect(decide(message, { exempt: ['foreign'] }, ['x@other.test'])).toBe('passes')
    expect(decide(message, { exempt: ['local'] }, [bob, 'x@other.test'])).toBe('encryption')
    expect(decide(message, { exempt: ['local'], judgedRecipients: 'first' }, [bob, 'x@other.test'])).toBe('passes')
    expect(decide(message, { exempt: ['several'] }, [bob, 'x@other.test'])).toBe('passes')
  })
})

describe('a filter that is too strict refuses good mail', () => {
  test.each<[string, string, Partial<EncryptionBehaviour>]>([
    ['everything', good, { refusesEncrypted: true }],
    ['no Chat-Version', good.replace('Chat-Version: 1.0\r\n', ''), { requiresChatVersion: true }],
    ['hidden recipients', good, { requiresToAddress: true }],
    ['an old date', good, { requiresRecentDate: true }],
    [
      'Content-Type not last',
      good.replace('MIME-Version: 1.0\r\n', '').replace('"edge"\r\n', '"edge"\r\nMIME-Version: 1.0\r\n'),
      { requiresContentTypeLast: true },
    ],
    ['SKESK only', withPackets(skesk6, seipd2), { requiresPublicKeySession: true }],
    ['SKESK', withPackets(skesk6, seipd2), { sessionKeyTags: [1] }],
    ['version 6', withPackets(pkesk6, seipd2), { sessionKeyVersions: [3] }],
    ['SEIPD v2', withPackets(pkesk3, seipd2), { dataVersions: [1] }],
    ['many keys', withPackets(pkesk6, pkesk6, pkesk6, seipd2), { mostSessionKeys: 2 }],
    ['partial lengths', withPackets(pkesk6, partial), { allowsPartialLengths: false }],
    ['legacy format', withPackets(legacy), { allowsLegacyFormat: false }],
    ['a checksum', good, { refusesCrcLine: true }],
    ['large ones', good, { refusesOverBytes: 500 }],
  ])('%s', (_name, message, strictness) => {
    expect(decide(message)).toBe('passes')
    expect(decide(message, strictness)).toBe('encryption')
  })
})

describe('exceptions', () => {
  const request = (body: string, step = 'vc-request') =>
    [
      `From: <${alice}>`,
      `Secure-Join: ${step}`,
      'Content-Type: multipart/mixed; boundary=edge',
      '',
      '--edge',
      'Content-Type: text/plain; charset=utf-8',
      '',
      body,
      '--edge--',
      '',
    ].join('\r\n')
  const setup = [
    `From: <${alice}>`,
    'Subject: Autocrypt Setup Message',
    'Content-Type: multipart/mixed; boundary=edge',
    '',
    '--edge',
    '',
    'A key',
    '--edge--',
    '',
  ].join('\r\n')
  const receipt = setup.replace('multipart/mixed;', 'multipart/report; report-type=disposition-notification;')

  test('the first step of an invitation passes in clear, with its exact body only', () => {
    expect(decide(request('Secure-Join: vc-request'))).toBe('passes')
    expect(decide(request('secure-join: vg-request', 'vg-request'))).toBe('passes')
    expect(decide(request('Secure-Join: vc-request. Buy this!'))).toBe('encryption')
    expect(decide(request('Secure-Join: vc-request. Buy this!'), { securejoinBodyExact: false })).toBe('passes')
    expect(decide(request('Secure-Join: vc-auth-required', 'vc-auth-required'))).toBe('encryption')
    expect(decide(request('Secure-Join: vc-request'), { securejoinSteps: [] })).toBe('encryption')
  })

  test('a setup message passes to oneself only', () => {
    expect(decide(setup, {}, [alice])).toBe('passes')
    expect(decide(setup, {}, [bob])).toBe('encryption')
    expect(decide(setup, { setupMessage: 'to-anybody' }, [bob])).toBe('passes')
    expect(decide(setup, { setupMessage: 'never' }, [alice])).toBe('encryption')
  })

  test('a read receipt in clear is refused', () => {
    expect(decide(receipt)).toBe('encryption')
    expect(decide(receipt, { allowsReceipts: true })).toBe('passes')
  })

  test('as madmail judges: any step of an invitation, and the words for encrypted mail anywhere', () => {
    const lax = { securejoinSteps: ['vc-*'], securejoinBodyExact: false, securejoinBodyBegins: true }
    expect(decide(request('Secure-Join: vc-auth-required', 'vc-auth-required'), lax)).toBe('passes')
    expect(decide(request('Buy this!', 'vc-auth-required'), lax)).toBe('encryption')
    const words = plainMessage(alice, ['The type would be application/pgp-encrypted.'])
    expect(decide(words)).toBe('encryption')
    expect(decide(words, { looksAt: 'pgp-encrypted-anywhere' })).toBe('passes')
    expect(decide(plainMessage(alice), { looksAt: 'pgp-encrypted-anywhere' })).toBe('encryption')
  })

  test('the BEGIN line may need an empty line at once', () => {
    const close = good.replace('-----BEGIN PGP MESSAGE-----\r\n\r\n', '-----BEGIN PGP MESSAGE-----\r\n')
    expect(decide(close)).toBe('passes')
    expect(decide(close, { requiresEmptyLineAfterBegin: true })).toBe('encryption')
    expect(decide(good, { requiresEmptyLineAfterBegin: true })).toBe('passes')
  })
})
