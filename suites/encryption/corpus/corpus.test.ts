import { describe, expect, it } from 'vitest'
import type { Sample } from '../../../harness/mail/mail.ts'
import { createMailer } from '../../../harness/mail/mailer.ts'
import { latin1 } from '../../../harness/mail/octets.ts'
import { headerValues, messageIdOf } from '../../../harness/mail/parse.ts'
import { accepted, corpus, observed, refused } from './index.ts'
import { relayAccepts } from './test-relay-filter.ts'

const alice = { address: 'alice1234@chat.test' }
const bob = { address: 'bob123456@chat.test' }
const samples: readonly (readonly [string, Sample])[] = Object.entries(corpus)

async function make(sample: Sample, seed = 1) {
  const mailer = createMailer({ seed, now: () => Date.UTC(2026, 0, 20) })
  const mail = await mailer.sample(sample, alice, sample.toSelf ? alice : bob, { messageBytes: 2_000_000 })
  return { mail, minted: mailer.minted, text: latin1(mail.bytes) }
}

const acceptsNow = async (sample: Sample, seed?: number) => {
  const { mail, text } = await make(sample, seed)
  return relayAccepts(text, mail.envelope.from, mail.envelope.to)
}

describe('every sample', () => {
  it.each(samples)('%s is a sound message of CRLF lines with its one Message-ID', async (id, sample) => {
    const { mail, minted, text } = await make(sample)
    expect(sample.id).toBe(id)
    expect(sample.why).toMatch(/^\S.{9,108}[^.]$/)
    expect(mail.description).toBe(`${id}: ${sample.why}`)
    expect(messageIdOf(mail.bytes)).toBe(mail.messageId)
    expect(minted).toEqual(new Set([mail.messageId]))
    expect(mail.envelope.from).toBe(alice.address)
    expect(text.endsWith('\r\n')).toBe(true)
    expect(/[^\r]\n|\r[^\n]|\r$/.test(text)).toBe(false)
    expect(text.split('\r\n').every((line) => line.length <= 998 && !line.startsWith('.'))).toBe(true)
    expect(/[^\t\r\n -~]/.test(text)).toBe(false)
    expect(headerValues(mail.bytes, 'From').join()).toContain(alice.address)
    if (mail.payload !== undefined) expect(Buffer.from(mail.bytes).includes(Buffer.from(mail.payload))).toBe(true)
  })
})

describe('the rule of the deployed relay', () => {
  // Twice: encrypted octets differ, and base64 padding with them.
  it.each(Object.entries(accepted) as [string, Sample][])('accepts %s', async (_id, sample) => {
    for (const seed of [1, 2, 3]) expect(await acceptsNow(sample, seed)).toBe(true)
  })

  it.each(Object.entries(refused) as [string, Sample][])('refuses %s', async (_id, sample) => {
    for (const seed of [1, 2, 3]) expect(await acceptsNow(sample, seed)).toBe(false)
  })

  it('does what the first lines of each observed sample say', async () => {
    const taken: string[] = []
    for (const sample of Object.values<Sample>(observed)) if (await acceptsNow(sample)) taken.push(sample.id)
    expect(taken.sort()).toEqual([
      'base64-part',
      'no-checksum',
      'one-part',
      'seipd-alone',
      'setup-message-to-self',
      'text-in-epilogue',
      'text-in-preamble',
      'wrong-checksum',
    ])
  })
})

it('a message near the limit stays below it by little', async () => {
  const { mail } = await make(corpus['near-size-limit'])
  expect(mail.bytes.length).toBeLessThan(2_000_000 - 60_000)
  expect(mail.bytes.length).toBeGreaterThan(2_000_000 - 70_000)
})

it('the message of middle size has about 140 kB', async () => {
  const { mail } = await make(corpus['medium-size'])
  expect(Math.abs(mail.bytes.length - 140_000)).toBeLessThan(5_000)
})
