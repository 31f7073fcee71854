import { describe, expect, test } from 'vitest'
import { WireError } from '../host/wire-error.ts'
import { openImap } from './imap.ts'
import { type Line, scriptedPeer } from './test-scripted-peer.ts'
import { Transcript } from './transcript.ts'

const greeting = '* OK [CAPABILITY IMAP4rev1 SASL-IR ID ENABLE IDLE LITERAL+ AUTH=PLAIN] ready.\r\n'

/** Greets, then answers each command by its verb; `@` in an answer is the tag. */
function answering(answers: Record<string, string>, hello = greeting) {
  return scriptedPeer(async (line: Line) => {
    line.send(hello)
    for (;;) {
      const [, tag = '', verb = ''] = await line.hear(/^(\S+) ((?:UID )?\S+)[^\n]*\r\n/)
      line.send((answers[verb.toUpperCase()] ?? '@ OK done\r\n').replaceAll('@', tag))
    }
  })
}

describe('an IMAP session', () => {
  test('reads greeting and capabilities, logs in with quoted strings, and learns the capabilities of the reply', async () => {
    await using peer = await answering({ LOGIN: '@ OK [CAPABILITY IMAP4rev1 IDLE XCHATMAIL] Logged in\r\n' })
    await using client = await openImap(peer.options('imap'))
    expect(client.greeting).toMatchObject({ type: 'OK', text: 'ready.' })
    expect(client.capabilities.has('AUTH=PLAIN')).toBe(true)
    expect(await client.login('a"b@x.test', 'p\\w')).toMatchObject({ status: 'OK', text: 'Logged in' })
    expect(peer.heard()).toBe('a1 LOGIN "a\\"b@x.test" "p\\\\w"\r\n')
    expect([...client.capabilities]).toEqual(['IMAP4rev1', 'IDLE', 'XCHATMAIL'].map((each) => each.toUpperCase()))
  })

  test('gives a refusal as a value', async () => {
    await using peer = await answering({ LOGIN: '* BAD [ALERT] Hm.\r\n@ NO [AUTHENTICATIONFAILED] No.\r\n' })
    await using client = await openImap(peer.options('imap'))
    const reply = await client.login('a', 'wrong')
    expect(reply).toMatchObject({ status: 'NO', code: 'AUTHENTICATIONFAILED', text: 'No.', untagged: [] })
    expect(client.events()).toMatchObject([{ type: 'BAD', code: 'ALERT' }])
  })

  test('takes what was recorded of a SELECT apart', async () => {
    const recorded =
      '* OK [CLOSED] Previous mailbox closed.\r\n* FLAGS (\\Answered \\Seen)\r\n' +
      '* OK [PERMANENTFLAGS (\\Seen \\*)] Flags permitted.\r\n* 3 EXISTS\r\n* 1 RECENT\r\n' +
      '* OK [UIDVALIDITY 1795225542] UIDs valid\r\n* OK [UIDNEXT 7] Predicted next UID\r\n' +
      '* OK [HIGHESTMODSEQ 5] Highest\r\n@ OK [READ-WRITE] Select completed (0.001 + 0.000 secs).\r\n'
    await using peer = await answering({ SELECT: recorded })
    await using client = await openImap(peer.options('imap'))
    expect(await client.select()).toMatchObject({
      ok: true,
      exists: 3,
      recent: 1,
      uidNext: 7,
      uidValidity: 1795225542,
      highestModseq: 5,
      flags: ['\\Answered', '\\Seen'],
      permanentFlags: ['\\Seen', '\\*'],
      readOnly: false,
    })
    expect(client.exists).toBe(3)
    expect(client.events()).toEqual([])
  })

  test('fetches sections, whether literal, quoted or NIL, and keeps an EXISTS between them as an event', async () => {
    const answer =
      '* 1 FETCH (UID 4 FLAGS (\\Recent) RFC822.SIZE 3116 INTERNALDATE "21-Nov-2026 01:45:42 +0000" BODY[] {7}\r\nab)\r\nc\n)\r\n' +
      '* 9 EXISTS\r\n* 2 FETCH (FLAGS (\\Seen))\r\n' +
      '* 3 FETCH (BODY[TEXT]<0> "a\\"b" UID 6 BODY[HEADER.FIELDS ("DATE" To)] NIL MODSEQ (12))\r\n@ OK done\r\n'
    await using peer = await answering({ 'UID FETCH': answer })
    await using client = await openImap(peer.options('imap'))
    const { reply, messages } = await client.uidFetch('1:*', '(UID BODY.PEEK[])')
    expect(reply.status).toBe('OK')
    expect(messages.map(({ seq, uid }) => [seq, uid])).toEqual([
      [1, 4],
      [3, 6],
    ])
    expect(messages[0]).toMatchObject({
      size: 3116,
      flags: ['\\Recent'],
      internalDate: new Date('2026-11-21T01:45:42Z'),
    })
    expect(Buffer.from(messages[0]?.sections.get('') ?? []).toString()).toBe('ab)\r\nc\n')
    expect(Buffer.from(messages[1]?.sections.get('TEXT<0>') ?? []).toString()).toBe('a"b')
    expect(messages[1]?.sections.get('HEADER.FIELDS (DATE TO)')).toBeNull()
    expect(messages[1]?.modseq).toBe(12)
    expect(client.exists).toBe(9)
    expect(client.events()).toMatchObject([{ type: 'EXISTS', number: 9 }])
  })

  test('waits for each + before a synchronising literal, and not at all with LITERAL+', async () => {
    await using peer = await scriptedPeer(async (line) => {
      line.send(greeting)
      await line.hear(/\{5\}\r\n/)
      line.send('+ go on\r\n')
      await line.hear(/hello\r\n/)
      line.send('a1 OK [APPENDUID 1 2] done\r\n')
      await line.hear(/\{5\+\}\r\nhello\r\n/)
      line.send('a2 OK done\r\n')
    })
    await using client = await openImap(peer.options('imap'))
    const bytes = Buffer.from('hello')
    const date = new Date('2026-11-01T01:45:42Z')
    expect(await client.append('INBOX', bytes, { literal: 'sync', flags: ['\\Seen'], date })).toMatchObject({
      code: 'APPENDUID',
      codeArguments: '1 2',
    })
    expect((await client.append('INBOX', bytes)).status).toBe('OK')
    expect(peer.heard()).toBe(
      'a1 APPEND "INBOX" (\\Seen) " 1-Nov-2026 01:45:42 +0000" {5}\r\nhello\r\na2 APPEND "INBOX" {5+}\r\nhello\r\n',
    )
  })

  test('a literal that is refused is not sent', async () => {
    await using peer = await answering({ APPEND: '@ NO [OVERQUOTA] Quota exceeded\r\n' })
    await using client = await openImap(peer.options('imap'))
    const reply = await client.append('INBOX', Buffer.from('hello'), { literal: 'sync' })
    expect(reply).toMatchObject({ status: 'NO', code: 'OVERQUOTA' })
    expect((await client.noop()).status).toBe('OK')
    expect(peer.heard()).not.toContain('hello')
  })

  test('IDLE gives what comes before, during and after it, each once', async () => {
    await using peer = await scriptedPeer(async (line) => {
      line.send(greeting)
      await line.hear(/NOOP\r\n/)
      line.send('* 1 EXISTS\r\na1 OK done\r\n')
      await line.hear(/IDLE\r\n/)
      line.send('* 2 EXISTS\r\n+ idling\r\n* 3 EXISTS\r\n* 1 RECENT\r\n')
      await line.hear(/DONE\r\n/)
      line.send('* 4 EXISTS\r\na2 OK Idle completed\r\n')
      await line.hear(/NOOP\r\n/)
      line.send('a3 OK done\r\n')
    })
    await using client = await openImap(peer.options('imap'))
    await client.noop()
    const idle = await client.idle()
    const seen: (number | undefined)[] = []
    for (let i = 0; i < 4; i++) seen.push((await idle.next(300))?.number)
    expect(seen).toEqual([1, 2, 3, 1])
    expect(await idle.next(20)).toBeUndefined()
    await expect(client.noop()).rejects.toThrow('IDLE is running')
    expect((await idle.done()).status).toBe('OK')
    expect(client.events()).toMatchObject([{ number: 4, type: 'EXISTS' }])
    expect((await client.noop()).status).toBe('OK')
  })

  test('a refused IDLE is a WireError with the status, and the session goes on', async () => {
    await using peer = await answering({ IDLE: '@ BAD no\r\n' })
    await using client = await openImap(peer.options('imap'))
    await expect(client.idle()).rejects.toMatchObject({ code: 'protocol', stage: 'IDLE', detail: 'BAD' })
    expect((await client.noop()).status).toBe('OK')
  })

  test('METADATA, QUOTA, STATUS, LIST, NAMESPACE, SEARCH and ID come as values', async () => {
    await using peer = await answering({
      GETMETADATA:
        '* METADATA "" (/shared/comment {15}\r\nChatmail server /Shared/Admin "mailto:x" /private/devicetoken NIL)\r\n@ OK\r\n',
      GETQUOTAROOT:
        '* QUOTAROOT INBOX "User quota"\r\n* QUOTA "User quota" (STORAGE 1 512000)\r\n@ OK Getquotaroot completed\r\n',
      STATUS: '* STATUS INBOX (MESSAGES 1 UIDNEXT 2)\r\n@ OK\r\n',
      LIST: '* LIST (\\HasNoChildren) "." INBOX\r\n* LIST () NIL "a b"\r\n@ OK\r\n',
      NAMESPACE: '* NAMESPACE (("INBOX." ".")) NIL (("#shared." ".")("shared." "."))\r\n@ OK\r\n',
      'UID SEARCH': '* SEARCH 2 4\r\n@ OK\r\n',
      ID: '* ID ("name" "Dovecot")\r\n@ OK\r\n',
    })
    await using client = await openImap(peer.options('imap'))
    expect((await client.getMetadata('', ['/shared/comment', '/shared/admin'])).values).toEqual(
      new Map([
        ['/shared/comment', 'Chatmail server'],
        ['/shared/admin', 'mailto:x'],
        ['/private/devicetoken', null],
      ]),
    )
    expect(await client.quotaRoot('INBOX')).toMatchObject({
      roots: ['User quota'],
      resources: [{ root: 'User quota', name: 'STORAGE', usage: 1, limit: 512000 }],
    })
    expect((await client.status('INBOX', 'MESSAGES UIDNEXT')).values.get('UIDNEXT')).toBe(2)
    expect((await client.list()).mailboxes).toEqual([
      { flags: ['\\HasNoChildren'], delimiter: '.', name: 'INBOX' },
      { flags: [], delimiter: null, name: 'a b' },
    ])
    expect((await client.namespace()).personal).toBe('INBOX.')
    expect((await client.uidSearch('ALL')).uids).toEqual([2, 4])
    expect((await client.id(null)).fields.get('name')).toBe('Dovecot')
  })

  test('commands given at once run one after the other', async () => {
    await using peer = await answering({})
    await using client = await openImap(peer.options('imap'))
    const replies = await Promise.all([client.noop(), client.capability(), client.noop()])
    expect(replies.map(({ status }) => status)).toEqual(['OK', 'OK', 'OK'])
  })

  test('a raw write keeps its tagged reply as an event', async () => {
    await using peer = await answering({ BOGUS: '@ BAD what?\r\n' })
    await using client = await openImap(peer.options('imap'))
    client.write('x7 BOGUS\r\n')
    expect(await client.waitFor(({ tag }) => tag === 'x7', 300)).toMatchObject({ type: 'BAD', text: 'what?' })
    client.write('x8 BOGUS\r\n')
    expect(await client.readLine(300)).toBe('x8 BAD what?')
  })

  test('a greeting of BYE is told as such, and raw sessions still see it', async () => {
    await using peer = await scriptedPeer((line) => line.send('* BYE too many\r\n'))
    await expect(openImap(peer.options('imap'))).rejects.toMatchObject({
      code: 'protocol',
      stage: 'greeting',
      detail: 'BYE',
    })
    await using client = await openImap({ ...peer.options('imap'), raw: true })
    expect(client.greeting).toMatchObject({ type: 'BYE', text: 'too many' })
  })

  test('the transcript shows the conversation and no secret', async () => {
    const transcript = new Transcript()
    await using peer = await answering({
      LOGIN: '@ OK hello, your password is secret-123\r\n',
      GETMETADATA: '* METADATA "" (/shared/vendor/deltachat/turn {28}\r\nt.test:3478:179531:turnsecret)\r\n@ OK\r\n',
      'UID FETCH': '* 1 FETCH (UID 1 BODY[] {26}\r\nSubject: [...]\r\n\r\nsecrets!)\r\n@ OK\r\n',
    })
    const client = await openImap(peer.options('imap', { transcript }))
    await client.login('u@x.test', 'secret-123')
    await client.authenticatePlain('u@x.test', 'secret-123')
    await client.setMetadata('INBOX', '/private/devicetoken', 'token-9')
    await client.getMetadata('', ['/shared/vendor/deltachat/turn'])
    await client.uidFetch('1', '(UID BODY.PEEK[])')
    client.close()
    const text = transcript.lines.map((line) => `${line.direction} ${line.text}`).join('\n')
    expect(text).not.toMatch(/secret|token-9|c2VjcmV0/)
    expect(text).toContain('> a1 LOGIN "u@x.test" ***')
    expect(text).toContain('< t.test:3478:179531:***')
    expect(text).toContain('< Subject: [...]\n< <8 octets of body>')
  })
})

describe('an IMAP peer that misbehaves', () => {
  const hostile: [string, (line: Line) => void, string][] = [
    ['says nothing', () => {}, 'timeout'],
    ['closes', (line) => line.socket.end(), 'closed'],
    ['resets', (line) => line.socket.resetAndDestroy(), 'reset'],
    ['sends garbage', (line) => line.send('\x00\xff\x01 what\r\n'), 'protocol'],
    ['sends a line without end', (line) => line.send('x'.repeat(3 << 20)), 'too-long'],
    ['announces a literal of a gigabyte', (line) => line.send('* 1 FETCH (BODY[] {1000000000}\r\n'), 'too-long'],
    ['sends an unclosed list', (line) => line.send('* 1 FETCH (BODY[] "x"\r\na1 OK\r\n'), 'protocol'],
    ['drips an octet at a time', (line) => void setInterval(() => line.send('x'), 20).unref(), 'timeout'],
    ['floods', (line) => flood(line, '* 1 EXISTS\r\n'.repeat(5000)), 'too-long'],
  ]

  test.each(hostile)('%s: the command ends in time with a typed error', async (_, act, code) => {
    await using peer = await scriptedPeer(async (line) => {
      line.send(greeting)
      await line.hear(/\r\n/)
      act(line)
    })
    await using client = await openImap(peer.options('imap'))
    const failure = await client.noop().then(
      () => undefined,
      (error) => error,
    )
    expect(failure).toBeInstanceOf(WireError)
    expect(failure).toMatchObject({ code, stage: 'NOOP' })
    expect(client.closed).toBe(true)
    await expect(client.noop()).rejects.toBe(failure)
  })

  test('one that closes while we idle ends the wait, after what it said before', async () => {
    await using peer = await scriptedPeer(async (line) => {
      line.send(greeting)
      await line.hear(/IDLE\r\n/)
      line.send('+ idling\r\n* BYE going down\r\n')
      line.socket.end()
    })
    await using client = await openImap(peer.options('imap'))
    const idle = await client.idle()
    expect(await idle.next(300)).toMatchObject({ type: 'BYE' })
    await expect(idle.next(300)).rejects.toMatchObject({ code: 'closed', stage: 'IDLE' })
    await expect(idle.done()).rejects.toMatchObject({ code: 'closed' })
  })

  test('the abort signal ends whatever is waited for', async () => {
    const control = new AbortController()
    await using peer = await scriptedPeer(async (line) => {
      line.send(greeting)
      await line.hear(/NOOP/)
      control.abort()
    })
    await using client = await openImap(peer.options('imap', { signal: control.signal }))
    const waiting = client.noop()
    await expect(waiting).rejects.toMatchObject({ code: 'aborted', stage: 'NOOP' })
  })
})

/** Sends it over and over until the client has had enough. */
function flood(line: Line, text: string): void {
  let left = 200
  const more = () => {
    if (line.socket.destroyed || left-- === 0) return
    line.socket.write(text, more)
  }
  more()
}
