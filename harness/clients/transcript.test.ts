import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Transcript } from './transcript.ts'

const texts = (transcript: Transcript) => transcript.lines.map(({ text }) => text)

test('a full transcript keeps its first and last lines and says how many are missing', () => {
  const transcript = new Transcript({ maxLines: 10 })
  const tap = transcript.tap()
  for (let i = 1; i <= 100; i++) tap.note(`line ${i}`)
  const kept = texts(transcript)
  expect(kept.slice(0, 5)).toEqual([1, 2, 3, 4, 5].map((i) => `line ${i}`))
  expect(kept.at(-1)).toBe('line 100')
  expect(kept[5]).toBe(`${100 - (kept.length - 1)} lines left out`)
  expect(kept.length).toBeLessThanOrEqual(16)
})

test('connections are numbered and times only grow', () => {
  const transcript = new Transcript()
  const [first, second] = [transcript.tap(), transcript.tap()]
  first.sent('A\r\nB\r\n')
  second.received('C')
  expect(transcript.lines.map(({ connection, direction, text }) => [connection, direction, text])).toEqual([
    [1, '>', 'A'],
    [1, '>', 'B'],
    [2, '<', 'C'],
  ])
})

test('a hidden secret shows in no spelling: plain, quoted, or anywhere inside base64', () => {
  const secret = fc.string({ unit: 'grapheme', minLength: 7, maxLength: 30 }).filter((text) => text.trim().length >= 7)
  fc.assert(
    fc.property(secret, fc.uint8Array({ maxLength: 8 }), fc.uint8Array({ maxLength: 8 }), (hidden, before, after) => {
      const transcript = new Transcript()
      const tap = transcript.tap()
      tap.hide(hidden)
      const bytes = Buffer.concat([before, Buffer.from(hidden), after])
      tap.received(`* OK you said ${hidden} just now`)
      tap.received(`* OK you said "${hidden.replace(/[\\"]/g, '\\$&')}" just now`)
      tap.received(`* OK ${bytes.toString('base64')}`)
      const [plain = '', quoted = '', encoded = ''] = texts(transcript)
      expect(plain).toBe('* OK you said *** just now')
      expect(quoted).toBe('* OK you said "***" just now')
      const exposed = Buffer.from(encoded.slice(5).split('***').join(''), 'base64')
      expect(exposed.includes(Buffer.from(hidden))).toBe(false)
      expect(encoded).toContain('***')
    }),
  )
})

test('commands that carry secrets are redacted without being told the secret', () => {
  const transcript = new Transcript()
  const tap = transcript.tap()
  tap.sent('AUTH PLAIN AGEAYg==')
  tap.received('535 no')
  tap.sent('a1 LOGIN "a \\" b" "pw pw"')
  tap.sent('a1 login bob pw')
  tap.sent('a2 AUTHENTICATE PLAIN')
  tap.received('+ ')
  tap.sent('AGEAYg==')
  tap.received('a2 OK in')
  tap.sent('a3 SETMETADATA INBOX (/private/devicetoken "tok-1")')
  tap.sent('a3 SETMETADATA INBOX (/private/devicetoken NIL)')
  tap.received('* METADATA "" (/shared/vendor/deltachat/turn "t.test:3478:1795:pw")')
  tap.received('* METADATA INBOX (/private/devicetoken {5}')
  tap.receivedLiteral(Buffer.from('tok-1'))
  tap.received('* METADATA "" (/shared/comment {5}')
  tap.receivedLiteral(Buffer.from('hello'))
  tap.received('Set-Cookie: session=1')
  expect(texts(transcript)).toEqual([
    'AUTH PLAIN ***',
    '535 no',
    'a1 LOGIN "a \\" b" ***',
    'a1 login bob ***',
    'a2 AUTHENTICATE PLAIN',
    '+ ',
    '***',
    'a2 OK in',
    'a3 SETMETADATA INBOX (/private/devicetoken ***)',
    'a3 SETMETADATA INBOX (/private/devicetoken NIL)',
    '* METADATA "" (/shared/vendor/deltachat/turn "t.test:3478:1795:***")',
    '* METADATA INBOX (/private/devicetoken {5}',
    '***',
    '* METADATA "" (/shared/comment {5}',
    'hello',
    'Set-Cookie: ***',
  ])
})

test('our own address is hidden, but neither loopback nor the address we talk to', () => {
  const transcript = new Transcript()
  const tap = transcript.tap()
  tap.hideOwnAddress('::ffff:192.0.2.7', '198.51.100.1')
  tap.hideOwnAddress('127.0.0.1', '127.0.0.1')
  tap.hideOwnAddress('203.0.113.9', '203.0.113.9')
  tap.received('554 <unknown[192.0.2.7]>: rejected by 127.0.0.1 and 203.0.113.9')
  tap.received('192.0.2.7. 192.0.2.7:25 192.0.2.77 1192.0.2.7 192.0.2.7.1')
  expect(texts(transcript)).toEqual([
    '554 <unknown[<our address>]>: rejected by 127.0.0.1 and 203.0.113.9',
    '<our address>. <our address>:25 192.0.2.77 1192.0.2.7 192.0.2.7.1',
  ])
})

test('long lines and large messages leave only their beginning', () => {
  const transcript = new Transcript()
  const tap = transcript.tap()
  tap.received('x'.repeat(5000))
  tap.sentMessage(Buffer.from(`${'H: v\r\n'.repeat(70)}\r\n${'body\r\n'.repeat(1000)}`))
  tap.sentMessage(Buffer.from('no header at all'))
  const kept = texts(transcript)
  expect(kept[0]).toBe(`${'x'.repeat(1000)}<4000 more chars>`)
  expect(kept).toContain('<10 more header lines>')
  expect(kept).toContain('<6000 octets of body>')
  expect(kept.at(-1)).toBe('<16 octets>')
})
