// Tests of delivery: each way to lose, double, damage or delay a message, and the bounces.
import { expect, test } from 'vitest'
import { createAccounts } from '../accounts.ts'
import { type Behaviour, conforming, type DeepPartial, merge } from '../behaviour/index.ts'
import { virtualClock } from '../clock.ts'
import { parseEntity } from '../filter/mime.ts'
import { createJournal } from '../journal.ts'
import type { Outgoing } from '../outbound/types.ts'
import { encryptedMessage } from '../test-mail/encrypted-message.ts'
import { createDelivery } from './deliver.ts'

const alice = 'alice1234@chat.test'
const bob = 'bobby1234@chat.test'
const carol = 'carol1234@chat.test'

function make(change: DeepPartial<Behaviour> = {}) {
  const behaviour = merge<Behaviour>(conforming(), change)
  const clock = virtualClock()
  const base = { domains: ['chat.test'], behaviour: () => behaviour, clock, journal: createJournal(clock) }
  const accounts = createAccounts(base)
  for (const address of [alice, bob, carol]) accounts.create({ address, password: 'some password' })
  const sent: Outgoing[] = []
  const delivery = createDelivery({ ...base, accounts, outbound: { enqueue: (message) => sent.push(message) } })
  const texts = (address: string) =>
    (accounts.find(address)?.store.inbox.messages ?? []).map((message) => Buffer.from(message.bytes).toString('latin1'))
  const submit = (recipients: readonly string[] = [bob], text = encryptedMessage({ from: alice }), sender = alice) =>
    delivery.submit({
      message: parseEntity(Buffer.from(text, 'latin1')),
      sender,
      recipients,
      client: { address: '192.0.2.7', heloName: 'my.phone.example', login: alice, upgraded: false },
    })
  return { clock, delivery, sent, submit, texts }
}

const numbered = (n: number) => encryptedMessage({ from: alice, messageId: `<${n}@x>` })
const order = (texts: readonly string[]) => texts.map((text) => /^Message-ID: <(\d+)@x>/m.exec(text)?.[1])

test('a good server keeps every byte, gives away nothing, and needs no time', () => {
  const { submit, texts } = make()
  const message = numbered(1).replace('Version: 1\r\n', 'Version: 1\r\n.\r\n\tx \xe4\r\n')
  submit([bob, bob.toUpperCase()], message)
  expect(texts(bob)).toHaveLength(1)
  expect(texts(bob)[0]?.endsWith(message)).toBe(true)
  expect(texts(bob)[0]).not.toMatch(/192\.0\.2\.7|my\.phone/)
})

test.each<[string, DeepPartial<Behaviour>, number]>([
  ['loses every second', { delivery: { losesEvery: 2 } }, 2],
  ['doubles every second', { delivery: { duplicatesEvery: 2 } }, 6],
  ['drops the large', { delivery: { dropsOverBytes: 10 } }, 0],
])('a server that %s', (_name, change, expected) => {
  const { submit, texts } = make(change)
  for (let n = 0; n < 4; n++) submit([bob], numbered(n))
  expect(texts(bob)).toHaveLength(expected)
})

test('a server that leaks gives a copy to somebody else', () => {
  const { submit, texts } = make({ delivery: { leaksEvery: 2 } })
  for (let n = 0; n < 4; n++) submit([bob], numbered(n))
  expect(texts(bob)).toHaveLength(4)
  expect(texts(carol)).toHaveLength(2)
})

test('a server that corrupts changes one octet of a body', () => {
  const { submit, texts } = make({ delivery: { corruptsEvery: 2 } })
  const message = numbered(1)
  for (let n = 0; n < 2; n++) submit([bob], message)
  const [intact, changed] = texts(bob).map((text) => text.slice(-message.length))
  expect(intact).toBe(message)
  expect([...(changed ?? '')].filter((character, at) => character !== message[at])).toHaveLength(1)
})

test('a server that takes them one at a time falls behind, and loses nothing', async () => {
  const { submit, texts, clock } = make({ delivery: { oneAtATimeMs: 100 } })
  for (let n = 0; n < 5; n++) submit([bob], numbered(n))
  await clock.advance(250)
  expect(order(texts(bob))).toEqual(['0', '1'])
  await clock.advance(250)
  expect(order(texts(bob))).toEqual(['0', '1', '2', '3', '4'])
})

test('a late server delivers when its time has come', async () => {
  const { submit, texts, clock } = make({ delivery: { delayMs: 1_500 } })
  submit()
  await clock.advance(1_000)
  expect(texts(bob)).toHaveLength(0)
  await clock.advance(1_000)
  expect(texts(bob)).toHaveLength(1)
})

test('a server that swaps pairs still delivers a single one', async () => {
  const { submit, texts, clock } = make({ delivery: { reordersPairs: true } })
  for (const n of [1, 2, 3]) submit([bob], numbered(n))
  await clock.advance(300)
  expect(order(texts(bob))).toEqual(['2', '1', '3'])
})

test('some recipients are forgotten, mail to oneself is lost, a known Message-ID counts as done', () => {
  const first = make({ delivery: { recipients: 'first' } })
  first.submit([alice, bob])
  expect([first.texts(alice).length, first.texts(bob).length]).toEqual([1, 0])
  const self = make({ delivery: { selfMail: 'only-alone' } })
  self.submit([alice, bob])
  self.submit([alice])
  expect([self.texts(alice).length, self.texts(bob).length]).toEqual([1, 1])
  const once = make({ delivery: { deduplicatesByMessageId: true } })
  once.submit([alice], numbered(1))
  once.submit([bob], numbered(1))
  expect(once.texts(bob)).toHaveLength(0)
})

test.each<[string, DeepPartial<Behaviour>, RegExp]>([
  ['long lines broken', { delivery: { foldsLinesAt: 40 } }, /^[^\r\n]{40}\r\n/m],
  ['8-bit stripped', { delivery: { strips8Bit: true } }, /x \?\r\n/],
  ['blanks trimmed', { delivery: { trimsTrailingWhitespace: true } }, /^blank\r\n/m],
  ['bare line feeds', { delivery: { lineEnds: 'lf' } }, /blank {2}\n/],
  ['a footer', { delivery: { appendsFooter: 'Sent by us' } }, /Sent by us\r\n$/],
  ['a new Message-ID', { delivery: { messageId: 'replaced' } }, /^Message-ID: <[0-9a-f-]{36}@chat\.test>/m],
  ['a header with the address', { privacy: { addressHeader: 'X-Client' } }, /^X-Client: 192\.0\.2\.7\r$/m],
  ['Received', { privacy: { received: 'with-address' } }, /^Received: from my\.phone\.example/m],
  ['the subject', { privacy: { subject: null } }, /^Subject: The plan\r$/m],
  ['User-Agent', { privacy: { removesHeaders: [] } }, /^User-Agent: phone\r$/m],
  ['Bcc', { privacy: { keepsBcc: true } }, /^Bcc: carol@chat\.test\r$/m],
])('a careless server shows in the stored message: %s', (_name, change, mark) => {
  const message = encryptedMessage({
    from: alice,
    subject: 'The plan',
    headers: ['User-Agent: phone', 'Bcc: carol@chat.test'],
  }).replace('Version: 1\r\n', 'Version: 1\r\nx \xe4\r\nblank  \r\n')
  for (const behaviour of [{}, change]) {
    const { submit, texts } = make(behaviour)
    submit([bob], message)
    if (behaviour === change) expect(texts(bob)[0]).toMatch(mark)
    else expect(texts(bob)[0]).not.toMatch(mark)
  }
})

test('an unknown user bounces to a sender here, a full mailbox too, and plus addresses find their owner', () => {
  const { submit, texts } = make()
  submit(['nobody123@chat.test'])
  expect(texts(alice)[0]).toMatch(/^Auto-Submitted: auto-replied\r$/m)
  expect(texts(alice)[0]).toContain('Final-Recipient: rfc822; nobody123@chat.test')
  submit([`${bob.replace('@', '+tag@')}`])
  expect(texts(bob)).toHaveLength(1)
  const full = make({ imap: { quota: { limitKib: 5 } } })
  for (let n = 0; n < 5; n++) full.submit([bob])
  expect(full.texts(alice).some((text) => text.includes('552 5.2.2'))).toBe(true)
})

test('the null sender gets no bounce', () => {
  const { submit, texts } = make()
  submit(['nobody123@chat.test'], encryptedMessage({ from: alice }), '')
  expect(texts(alice)).toEqual([])
})

test('mail for elsewhere goes to the queue, once for all its recipients', () => {
  const { submit, sent } = make()
  submit(['carol@other.test', 'x@y.invalid'])
  expect(sent.map((message) => message.recipients)).toEqual([['carol@other.test', 'x@y.invalid']])
})

test('mail of another server keeps what its sender wrote, and loses the traces of its way', () => {
  const { delivery, texts } = make()
  const traces = 'Received: from a by b\r\nDKIM-Signature: v=1\r\nUser-Agent: mutt\r\nSubject: hello\r\n'
  const text = traces + encryptedMessage({ from: 'carol@other.test' }).replace(/^Subject:.*\r\n/m, '')
  delivery.receive({
    message: parseEntity(Buffer.from(text, 'latin1')),
    sender: 'carol@other.test',
    recipients: [bob],
  })
  expect(texts(bob)[0]).toMatch(/^User-Agent: mutt\r\nSubject: hello\r\n/m)
  expect(texts(bob)[0]).not.toMatch(/^(Received|DKIM-Signature):/m)
})

test('an unknown recipient of another server gives a bounce on its way back, none for the null sender', () => {
  const { delivery, sent } = make()
  const message = parseEntity(Buffer.from(encryptedMessage({ from: 'carol@other.test' }), 'latin1'))
  for (const sender of ['carol@other.test', '']) {
    delivery.receive({ message, sender, recipients: ['nobody123@chat.test'] })
  }
  expect(sent.map(({ sender, recipients }) => [sender, recipients])).toEqual([['', ['carol@other.test']]])
})

test('header clean-up may reach into parts, or into any line that looks like a field', () => {
  const text = numbered(1).replace('Version: 1\r\n', 'Version: 1\r\nReceived: in a text\r\n')
  const message = text.replace(
    /(--[^\r\n]+\r\n)(Content-Type: application\/octet-stream)/i,
    '$1User-Agent: Mailer\r\n$2',
  )
  const left = (cleansPartHeaders: 'never' | 'parts' | 'every-line') => {
    const { submit, texts } = make({ delivery: { cleansPartHeaders } })
    submit([bob], message)
    const [stored = ''] = texts(bob)
    return [stored.includes('User-Agent: Mailer'), stored.includes('Received: in a text')]
  }
  expect(left('never')).toEqual([true, true])
  expect(left('parts')).toEqual([false, true])
  expect(left('every-line')).toEqual([false, false])
})
