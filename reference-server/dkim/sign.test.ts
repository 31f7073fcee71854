// Tests of our signatures: mailauth says what they are worth, and each wrong decision shows.
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { expect, test } from 'vitest'
import { conformingDkim, type DkimBehaviour } from '../behaviour/dkim.ts'
import { createNetwork } from '../network/network.ts'
import { memoryStorage } from '../storage/memory.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { createDkimKeys } from './keys.ts'
import { signatureFields } from './sign.ts'

const alice = 'alice1234@chat.test'
const now = Date.UTC(2026, 9, 1)

interface Judged {
  readonly fields: string
  readonly results: readonly {
    readonly result: string
    readonly algorithm: string | undefined
    readonly domain: string | undefined
    readonly bits: number | undefined
  }[]
}

/** Signs with these rules, and lets mailauth look at what comes out, changed on the way or not. */
async function judge(
  change: Partial<DkimBehaviour> = {},
  onTheWay = (message: string) => message,
  message = encryptedMessage({ from: alice }),
): Promise<Judged> {
  const rules = { ...conformingDkim, ...change }
  const network = createNetwork()
  const keys = createDkimKeys(() => rules)
  for (const algorithm of ['rsa-sha256', 'ed25519-sha256'] as const) {
    const record = await keys.record(algorithm, 'chat.test')
    if (record !== undefined) network.publish([record])
  }
  const bytes = Buffer.from(message, 'latin1')
  const fields = await signatureFields(bytes, { domain: 'chat.test', rules, keys, now })
  const sent = Buffer.from(onTheWay(`${fields}${message}`), 'latin1')
  const { results } = await dkimVerify(sent, {
    curTime: new Date(now),
    resolver: async (name: string) => {
      const texts = await network.resolver.txt(name)
      if (texts.length === 0) throw Object.assign(new Error('nothing there'), { code: 'ENOTFOUND' })
      return texts.map((text) => [text])
    },
  })
  return {
    fields,
    results: results.map((one) => ({
      result: one.status.result,
      algorithm: one.algo,
      domain: one.signingDomain,
      bits: one.modulusLength,
    })),
  }
}

test('mailauth takes our signature, with one algorithm and with two', async () => {
  expect((await judge()).results).toMatchObject([
    { result: 'pass', algorithm: 'rsa-sha256', domain: 'chat.test', bits: 2048 },
  ])
  const both = await judge({ algorithms: ['rsa-sha256', 'ed25519-sha256'] })
  expect(both.results.map(({ result, algorithm }) => `${result} ${algorithm}`).sort()).toEqual([
    'pass ed25519-sha256',
    'pass rsa-sha256',
  ])
})

test('the signature says what a relay says of it', async () => {
  const { fields } = await judge()
  const flat = fields.replace(/\r\n[ \t]+/g, '')
  expect(flat).toMatch(/^DKIM-Signature: v=1;a=rsa-sha256;c=relaxed\/simple;d=chat\.test;s=opendkim;t=1790812800;bh=/)
  expect(flat).not.toMatch(/;[lx]=/)
  const names = /;h=([^;]+);/.exec(flat)?.[1]?.split(':') ?? []
  expect(names.filter((name) => name === 'from')).toHaveLength(2)
  expect(names.filter((name) => name === 'content-type')).toHaveLength(1)
  expect(names).toEqual(expect.arrayContaining(['autocrypt', 'list-id', 'message-id', 'resent-from']))
  expect(Math.max(...fields.split('\r\n').map((line) => line.length))).toBeLessThan(100)
})

const odd: readonly (readonly [string, string])[] = [
  ['no body', 'From: a@chat.test\r\nSubject: x\r\n\r\n'],
  ['empty lines at the end', 'From: a@chat.test\r\n\r\nx\r\n\r\n\r\n'],
  ['no line end at the end', 'From: a@chat.test\r\n\r\nx \t y'],
  ['folding and blanks', 'From:\r\n\t a@chat.test  \r\nSubject : x \t  y \r\n  z\r\nTo:\r\n\r\n a \t b \r\n\r\n'],
  ['fields twice', 'From: a@chat.test\r\nTo: b@x\r\nto: c@x\r\nReferences: <1>\r\n\r\nx\r\n'],
  ['eight bits', 'From: a@chat.test\r\nSubject: \xe4\xf6\r\n\r\n\xfc\r\n.\r\n..\r\n'],
]

test.each(odd)('odd messages verify too: %s', async (_name, message) => {
  for (const head of ['relaxed', 'simple'] as const) {
    for (const body of ['relaxed', 'simple'] as const) {
      const change = { head, body, algorithms: ['rsa-sha256', 'ed25519-sha256'] as const }
      const { results } = await judge(change, undefined, message)
      expect(results.map(({ result }) => result)).toEqual(['pass', 'pass'])
    }
  }
})

test.each<[string, (message: string) => string]>([
  ['the body', (message) => message.replace('BEGIN PGP', 'BEGIN  PGP')],
  ['From', (message) => message.replace('alice1234', 'alice1235')],
  ['a second From before it', (message) => `From: <eve@chat.test>\r\n${message}`],
  ['Autocrypt added', (message) => `Autocrypt: addr=eve@chat.test\r\n${message}`],
  ['Content-Type', (message) => message.replace('multipart/encrypted', 'multipart/mixed')],
])('what was changed on the way shows: %s', async (_name, onTheWay) => {
  const { results } = await judge({}, onTheWay)
  expect(results.map(({ result }) => result)).not.toContain('pass')
})

test.each<[string, Partial<DkimBehaviour>, (judged: Judged) => void]>([
  ['no algorithm', { algorithms: [] }, ({ results }) => expect(results[0]?.result).toBe('none')],
  ['a domain above', { domain: 'test' }, ({ fields }) => expect(fields).toMatch(/d=test;/)],
  [
    'a selector without key',
    { selectors: { 'rsa-sha256': 'mail', 'ed25519-sha256': 'ed' }, published: 'nothing' },
    ({ results }) => expect(results[0]?.result).not.toBe('pass'),
  ],
  ['another key', { published: 'other' }, ({ results }) => expect(results[0]?.result).toBe('fail')],
  ['a revoked key', { published: 'revoked' }, ({ results }) => expect(results[0]?.result).not.toBe('pass')],
  ['other line ends', { bodyHash: 'other-line-ends' }, ({ results }) => expect(results[0]?.result).not.toBe('pass')],
  ['a short key', { rsaBits: 1024 }, ({ results }) => expect(results[0]?.bits).toBe(1024)],
  ['expiry', { expiresSeconds: 60 }, ({ fields }) => expect(fields).toMatch(/x=1790812860;/)],
  ['a length', { bodyLength: 10 }, ({ fields }) => expect(fields).toMatch(/l=10;/)],
])('a wrong decision shows: %s', async (_name, change, shows) => {
  shows(await judge(change))
})

test('with l= a text can be added, without From or oversigning a header can be changed', async () => {
  const more = await judge({ bodyLength: 10 }, (message) => `${message}Added\r\n`)
  expect(more.results[0]?.result).toBe('pass')
  const unsigned = { headers: ['subject'], oversigned: [] }
  expect((await judge(unsigned)).fields).not.toMatch(/h=[^;]*from/)
  const second = await judge({ oversigned: [] }, (message) => `Subject: lottery\r\n${message}`)
  expect(second.results[0]?.result).toBe('pass')
})

test('keys can be kept by the storage, too', async () => {
  const storage = memoryStorage()
  const record = await createDkimKeys(() => conformingDkim, { storage }).record('rsa-sha256', 'chat.test')
  const again = createDkimKeys(() => conformingDkim, { storage })
  expect(await again.record('rsa-sha256', 'chat.test')).toEqual(record)
})

test('keys can be kept: the record stays the same', async () => {
  const first = createDkimKeys(() => conformingDkim)
  const second = createDkimKeys(() => conformingDkim, { saved: await first.save() })
  for (const algorithm of ['rsa-sha256', 'ed25519-sha256'] as const) {
    expect(await second.record(algorithm, 'chat.test')).toEqual(await first.record(algorithm, 'chat.test'))
  }
})
