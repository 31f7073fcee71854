import { decrypt, generateKey, readMessage } from 'openpgp'
import { describe, expect, it } from 'vitest'
import type { Mail } from './mail.ts'
import { createMailer } from './mailer.ts'
import { latin1 } from './octets.ts'
import { writePackets } from './packets.ts'
import { headerFields, headerValues, messageIdOf, splitMessage } from './parse.ts'
import { dearmoured, walkPackets } from './test-readers.ts'

const now = () => Date.UTC(2026, 0, 20, 12)
const alice = { address: 'alice1234@chat.test' }
const bob = { address: 'bob123456@chat.test' }

describe('an encrypted message', () => {
  it('has the outer header fields of core and no others', async () => {
    const mail = await createMailer({ seed: 1, now }).encrypted(alice, bob)
    const fields = headerFields(mail.bytes)
    expect(fields.map((field) => field.name)).toEqual([
      'From',
      'To',
      'Subject',
      'Date',
      'Message-ID',
      'MIME-Version',
      'Chat-Version',
      'Content-Type',
    ])
    expect(headerValues(mail.bytes, 'from')).toEqual(['<alice1234@chat.test>'])
    expect(headerValues(mail.bytes, 'to')).toEqual(['"hidden-recipients": ;'])
    expect(headerValues(mail.bytes, 'subject')).toEqual(['[...]'])
    expect(headerValues(mail.bytes, 'content-type')[0]).toMatch(
      /^multipart\/encrypted; protocol="application\/pgp-encrypted";\tboundary="[0-9a-f]{32}"$/,
    )
    expect(mail.envelope).toEqual({ from: alice.address, to: [bob.address] })
  })

  it('is dated at most six days back', async () => {
    const mailer = createMailer({ seed: 2, now })
    const dates = Array.from({ length: 50 }, () => {
      const { bytes } = mailer.compose(alice, bob, { contentType: 'text/plain', body: 'x\r\n' })
      return Date.parse(headerValues(bytes, 'date')[0] ?? '')
    })
    expect(Math.max(...dates)).toBeLessThanOrEqual(now())
    expect(Math.min(...dates)).toBeGreaterThanOrEqual(now() - 6 * 86_400_000 - 1000)
    expect(Math.max(...dates) - Math.min(...dates)).toBeGreaterThan(2 * 86_400_000)
  })

  it('has exactly two parts, 7bit, with the version line and one armoured block', async () => {
    const mail = await createMailer({ seed: 3, now }).encrypted(alice, bob)
    const boundary = /boundary="([^"]+)"/.exec(headerValues(mail.bytes, 'content-type')[0] ?? '')?.[1]
    const parts = latin1(splitMessage(mail.bytes).body).split(`--${boundary}`)
    expect(parts).toHaveLength(4)
    expect(parts[0]).toBe('')
    expect(parts[1]).toBe(
      '\r\nContent-Type: application/pgp-encrypted; charset="utf-8"\r\nContent-Transfer-Encoding: 7bit\r\n\r\nVersion: 1\r\n\r\n',
    )
    expect(parts[2]).toMatch(
      /^\r\nContent-Type: application\/octet-stream; charset="utf-8"\r\nContent-Transfer-Encoding: 7bit\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\n/,
    )
    expect(parts[2]).toMatch(/\r\n=[A-Za-z0-9+/]{4}\r\n-----END PGP MESSAGE-----\r\n\r\n$/)
    expect(parts[3]).toBe('--\r\n')
    expect(latin1(mail.bytes)).toContain(latin1(mail.payload ?? new Uint8Array()))
  })

  it.each([3, 300, 20_000, 140_000])(
    'is PKESK v6 for each key and one SEIPD v2, definite lengths, with %i octets',
    async (size) => {
      const mail = await createMailer({ seed: 4, now }).encrypted(alice, [bob, 'carol1234@chat.test'], { size })
      const packets = walkPackets(dearmoured(mail.payload))
      expect(packets.map(({ type, version }) => [type, version])).toEqual([
        [1, 6],
        [1, 6],
        [1, 6],
        [18, 2],
      ])
      expect(packets.every((packet) => packet.form === 'definite')).toBe(true)
      expect(packets.slice(0, 3).map((packet) => packet.body.length)).toEqual([71, 71, 71]) // as core's
      expect(packets.slice(0, 3).every((packet) => packet.body[1] === 0)).toBe(true) // key IDs hidden
    },
  )

  it('is PKESK v3 and SEIPD v1 in the older profile', async () => {
    const mail = await createMailer({ seed: 4, now }).encrypted(alice, bob, { profile: 'v1' })
    expect(walkPackets(dearmoured(mail.payload)).map(({ type, version }) => [type, version])).toEqual([
      [1, 3],
      [1, 3],
      [18, 1],
    ])
  })

  it('cannot be read with a key made elsewhere', async () => {
    const mail = await createMailer({ seed: 5, now }).encrypted(alice, bob)
    const { privateKey } = await generateKey({ userIDs: [{ name: 'x' }], format: 'object' })
    const message = await readMessage({ binaryMessage: dearmoured(mail.payload) })
    await expect(decrypt({ message, decryptionKeys: privateKey })).rejects.toThrow()
    expect(latin1(mail.bytes)).not.toContain('Hello')
  })

  it('goes to itself and to odd domains', async () => {
    const mailer = createMailer({ seed: 6, now })
    for (const domain of ['[127.0.0.1]', '_chat.test', '[IPv6:::1]']) {
      const mail = await mailer.encrypted(`me1234567@${domain}`, `me1234567@${domain}`)
      expect(walkPackets(dearmoured(mail.payload)).map(({ type }) => type)).toEqual([1, 18])
    }
  })

  it('takes other header fields, places and envelopes', async () => {
    const mail = await createMailer({ seed: 7, now }).encrypted(alice, bob, {
      headers: { 'User-Agent': 'x', From: ['<a@b>', '<c@d>'], subject: 'Hi' },
      omitHeaders: ['Chat-Version'],
      headerOrder: ['Content-Type', '*', 'From'],
      envelopeFrom: 'other@chat.test',
      envelopeTo: [bob, 'z@chat.test'],
    })
    expect(headerFields(mail.bytes).map((field) => `${field.name}`)).toEqual([
      'Content-Type',
      'User-Agent',
      'To',
      'Subject',
      'Date',
      'Message-ID',
      'MIME-Version',
      'From',
      'From',
    ])
    expect(headerValues(mail.bytes, 'Subject')).toEqual(['Hi'])
    expect(mail.envelope).toEqual({ from: 'other@chat.test', to: [bob.address, 'z@chat.test'] })
  })
})

describe('a mailer', () => {
  it('repeats itself with the same seed, but for the OpenPGP octets', async () => {
    const make = async () => {
      const mailer = createMailer({ seed: 8, now })
      const mails = await Promise.all([mailer.encrypted(alice, bob, { size: 500 }), mailer.encrypted(bob, alice)])
      return [...mails, mailer.cleartext(alice, bob)]
    }
    const [first, second] = [await make(), await make()]
    const headers = (mails: readonly Mail[]) => mails.map((mail) => latin1(splitMessage(mail.bytes).header))
    expect(headers(first)).toEqual(headers(second))
    // A signature loses an octet when a number in it begins with zeros.
    first.forEach((mail, at) => {
      expect(Math.abs(mail.bytes.length - (second[at]?.bytes.length ?? 0))).toBeLessThan(16)
    })
    expect(createMailer({ seed: 9, now }).cleartext(alice, bob).messageId).not.toBe(
      createMailer({ seed: 8, now }).cleartext(alice, bob).messageId,
    )
  })

  it('remembers every Message-ID it made', async () => {
    const mailer = createMailer({ seed: 10, now })
    const mails = [
      await mailer.encrypted(alice, bob),
      mailer.cleartext(alice, bob),
      mailer.raw(alice, bob, { headers: ['From: a@b'], body: 'x' }),
      mailer.raw(alice, bob, { headers: ['From: a@b', 'Message-ID: <own@x>'], body: 'x' }),
    ]
    expect([...mailer.minted]).toEqual(mails.map((mail) => mail.messageId))
    expect(mails.map((mail) => messageIdOf(mail.bytes))).toEqual(mails.map((mail) => mail.messageId))
    expect(mails[0]?.messageId).toMatch(
      /^<[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}@localhost>$/,
    )
    expect(mails[3]?.messageId).toBe('<own@x>')
  })

  it('writes cleartext with plain fields and 8bit where needed', () => {
    const mail = createMailer({ seed: 11, now }).cleartext(alice, [bob, 'c@d.test'], { text: 'Grüße' })
    expect(headerValues(mail.bytes, 'To')).toEqual(['bob123456@chat.test, c@d.test'])
    expect(headerValues(mail.bytes, 'Content-Transfer-Encoding')).toEqual(['8bit'])
    expect(headerValues(mail.bytes, 'Date')).toEqual(['Tue, 20 Jan 2026 12:00:00 +0000'])
  })

  it('gives password packets that the password opens', async () => {
    const mailer = createMailer({ seed: 12, now })
    const packets = await mailer.passwordPackets(alice, { password: 'secret', text: 'inside' })
    expect(packets.map((packet) => [packet.type, packet.body[0]])).toEqual([
      [3, 6],
      [18, 2],
    ])
    const message = await readMessage({ binaryMessage: writePackets(packets) })
    const { data } = await decrypt({ message, passwords: ['secret'] })
    expect(data).toContain('inside')
  })
})
