import { describe, expect, it } from 'vitest'
import { type ForgeryId, foreignSender, forge, forgeries } from './forged.ts'
import { createMailer } from './mailer.ts'
import { type MalformedId, malform, malformed } from './malformed.ts'
import { latin1 } from './octets.ts'
import { oddTexts } from './odd-texts.ts'
import { headerValues, messageIdOf, splitMessage } from './parse.ts'
import { setupMessage } from './setup-message.ts'

const alice = { address: 'alice1234@chat.test' }
const bob = { address: 'bob123456@chat.test' }
const carol = { address: 'carol1234@chat.test' }

describe('forgeries', () => {
  const ids = Object.keys(forgeries) as ForgeryId[]

  it.each(ids)('%s keeps the envelope right', async (id) => {
    const mail = await forge(createMailer({ seed: 1 }), id, alice, bob, carol)
    expect(mail.envelope).toEqual({ from: alice.address, to: [bob.address] })
    expect(mail.description).toBe(`${id}: ${forgeries[id].why}`)
    const lines = headerValues(mail.bytes, 'From')
    if (forgeries[id].expect === 'accepted') expect(lines.join().toLowerCase()).toContain(`<${alice.address}>`)
    const first = /<([^>]*)>/.exec(lines[0] ?? '')?.[1]
    if (forgeries[id].expect === 'refused') expect([undefined, carol.address, foreignSender]).toContain(first)
  })

  it('write no From, two, or one as told', async () => {
    const mailer = createMailer({ seed: 1 })
    const counts = await Promise.all(
      (['no-from', 'first-from-foreign', 'other-local-user'] as const).map(async (id) =>
        headerValues((await forge(mailer, id, alice, bob)).bytes, 'From'),
      ),
    )
    expect(counts).toEqual([[], ['<someone@example.org>', '<alice1234@chat.test>'], ['<bob123456@chat.test>']])
  })
})

describe('malformed messages', () => {
  it.each(Object.keys(malformed) as MalformedId[])('%s has its fault, its Message-ID and a final CRLF', async (id) => {
    const mailer = createMailer({ seed: 2 })
    const mail = await malform(mailer, id, alice, bob)
    expect(latin1(mail.bytes).endsWith('\r\n')).toBe(true)
    expect(latin1(mail.bytes).match(/^message-id:/gim)).toHaveLength(1)
    expect(mailer.minted).toEqual(new Set([mail.messageId]))
    if (id !== 'many-fields') expect(messageIdOf(mail.bytes)).toBe(mail.messageId)
  })

  it('have the octets they promise', async () => {
    const text = async (id: MalformedId) => latin1((await malform(createMailer({ seed: 3 }), id, alice, bob)).bytes)
    expect(await text('bare-lf')).toMatch(/[^\r]\n/)
    expect(await text('bare-cr')).toMatch(/\r[^\n]/)
    expect(await text('nul')).toContain('a\0b')
    expect(await text('eight-bit')).toContain('\u00e9\u00ff')
    expect(await text('eight-bit-header')).toMatch(/^X-Note: caf\u00e9\r\n/)
    expect(await text('line-of-2000')).toMatch(/\r\nx{2000}\r\n/)
  })
})

describe('a setup message', () => {
  it('goes to oneself with the exact Subject and carries any text', () => {
    for (const [, { text }] of Object.entries(oddTexts)) {
      const mail = setupMessage(createMailer({ seed: 4 }), alice, { text })
      expect(mail.envelope.to).toEqual([alice.address])
      expect(headerValues(mail.bytes, 'Subject')).toEqual(['Autocrypt Setup Message'])
      expect(headerValues(mail.bytes, 'Content-Type')[0]).toMatch(/^multipart\/mixed;/)
      expect(Buffer.from(splitMessage(mail.bytes).body).includes(Buffer.from(text))).toBe(true)
      expect(mail.payload).toEqual(text)
    }
  })

  it('holds odd texts of legal lines', () => {
    for (const { text } of Object.values(oddTexts)) {
      const lines = latin1(text).split('\r\n')
      expect(lines.at(-1)).toBe('')
      expect(lines.every((line) => line.length <= 998 && !/[\r\n\0]/.test(line))).toBe(true)
    }
  })
})
