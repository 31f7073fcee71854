// Conversations over real sockets: login, selecting, fetching, changing, idling, as recorded from a real relay.
import { afterEach, expect, test } from 'vitest'
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'
import { virtualClock } from '../clock.ts'
import { type Reference, type ReferenceOptions, startReference } from '../index.ts'
import { type RawClient, rawClient } from './test-client.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function reference(
  imap: DeepPartial<Behaviour['imap']> = {},
  options: ReferenceOptions = {},
): Promise<Reference> {
  const started = await startReference({ overrides: { imap }, ...options })
  closers.push(() => started.close())
  return started
}

async function client(server: Reference, login = true): Promise<RawClient> {
  const raw = await rawClient({ port: server.ports.imaps, tls: true })
  closers.push(() => raw.close())
  if (login) await raw.command('LOGIN "alice1234@chat.test" "password-1"')
  return raw
}

function deliver(server: Reference, text = mail()) {
  const store = server.accounts.find('alice1234@chat.test')?.store
  return store?.inbox.append(Buffer.from(text, 'latin1'))
}

function mail(subject = 'Hello', body = 'One\r\nTwo\r\n'): string {
  return `From: Bob <bob123456@chat.test>\r\nTo: "hidden-recipients": ;\r\nSubject: ${subject}\r\nMessage-ID: <1@chat.test>\r\n\r\n${body}`
}

test('the first login makes the account and says what is offered', async () => {
  const server = await reference()
  const raw = await client(server, false)
  const [line] = await raw.command('LOGIN "alice1234@chat.test" "password-1"')
  expect(line).toMatch(/^t1 OK \[CAPABILITY IMAP4rev1 .*XCHATMAIL.*\] Logged in$/)
  expect((await raw.command('CAPABILITY'))[0]).toContain('IDLE')
})

test('SELECT answers as the recorded relay does', async () => {
  const server = await reference()
  const raw = await client(server)
  const lines = await raw.command('SELECT "INBOX"')
  expect(lines.map((line) => line.replace(/UIDVALIDITY \d+/, 'UIDVALIDITY n'))).toEqual([
    '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
    '* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] Flags permitted.',
    '* 0 EXISTS',
    '* 0 RECENT',
    '* OK [UIDVALIDITY n] UIDs valid',
    '* OK [UIDNEXT 1] Predicted next UID',
    't2 OK [READ-WRITE] Select completed (0.001 + 0.000 secs).',
  ])
})

test('what core does to receive and delete a message works', async () => {
  const server = await reference()
  const raw = await client(server)
  await raw.command('SELECT "INBOX"')
  raw.send('i IDLE\r\n')
  expect(await raw.line()).toBe('+ idling')
  deliver(server)
  expect([await raw.line(), await raw.line()]).toEqual(['* 1 EXISTS', '* 1 RECENT'])
  raw.send('DONE\r\n')
  expect(await raw.line()).toMatch(/^i OK Idle completed/)
  const header = await raw.command('UID FETCH 1:500 (UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID FROM)])')
  const fields = 'From: Bob <bob123456@chat.test>\r\nMessage-ID: <1@chat.test>\r\n\r\n'
  expect(header[0]).toBe(
    `* 1 FETCH (UID 1 RFC822.SIZE ${mail().length} BODY[HEADER.FIELDS (MESSAGE-ID FROM)] {${fields.length}}\r\n${fields})`,
  )
  const body = await raw.command('UID FETCH 1 (FLAGS BODY.PEEK[])')
  expect(body[0]).toBe(`* 1 FETCH (UID 1 FLAGS (\\Recent) BODY[] {${mail().length}}\r\n${mail()})`)
  expect((await raw.command('UID STORE 1 +FLAGS (\\Deleted)'))[0]).toBe('* 1 FETCH (UID 1 FLAGS (\\Deleted \\Recent))')
  expect(await raw.command('CLOSE')).toHaveLength(1)
  const again = await raw.command('SELECT "INBOX"')
  expect(again).toContain('* 0 EXISTS')
  expect(again).toContain('* OK [UIDNEXT 2] Predicted next UID')
})

test('every idling session of an account is told of mail, expunges and flags', async () => {
  const server = await reference()
  const [one, two, three] = [await client(server), await client(server), await client(server)]
  for (const raw of [one, two, three]) await raw.command('SELECT INBOX')
  for (const raw of [two, three]) {
    raw.send('i IDLE\r\n')
    await raw.until(/^\+/)
  }
  deliver(server)
  for (const raw of [two, three]) expect(await raw.until(/RECENT/)).toContain('* 1 EXISTS')
  expect(await one.command('NOOP')).toContain('* 1 EXISTS')
  await one.command('STORE 1 +FLAGS (\\Seen)')
  for (const raw of [two, three]) expect(await raw.line()).toContain('* 1 FETCH (UID 1 FLAGS (\\Seen')
  await one.command('STORE 1 +FLAGS.SILENT (\\Deleted)')
  expect(await one.command('EXPUNGE')).toContain('* 1 EXPUNGE')
  for (const raw of [two, three]) expect(await raw.until(/EXPUNGE/)).toContain('* 1 EXPUNGE')
})

test('literals of both kinds are taken in any position, and odd passwords too', async () => {
  const server = await reference()
  const raw = await client(server, false)
  raw.send('a LOGIN {19}\r\n')
  expect(await raw.line()).toBe('+ OK')
  raw.send('alice1234@chat.test {11+}\r\npass"word\\1\r\n')
  expect(await raw.line()).toMatch(/^a OK/)
  const again = await client(server, false)
  expect((await again.command('LOGIN alice1234@chat.test "pass\\"word\\\\1"')).at(-1)).toMatch(/OK/)
  const third = await client(server, false)
  const plain = Buffer.from('\0alice1234@chat.test\0pass"word\\1').toString('base64')
  expect((await third.command(`AUTHENTICATE PLAIN ${plain}`)).at(-1)).toMatch(/OK/)
  const fourth = await client(server, false)
  fourth.send('a AUTHENTICATE PLAIN\r\n')
  expect(await fourth.line()).toBe('+ ')
  fourth.send(`${plain}\r\n`)
  expect(await fourth.line()).toMatch(/^a OK/)
})

test('wrong passwords, unknown mechanisms and commands before login are refused as recorded', async () => {
  const server = await reference()
  await client(server)
  const raw = await client(server, false)
  expect(await raw.command('LOGIN alice1234@chat.test wrong-password')).toEqual([
    't1 NO [AUTHENTICATIONFAILED] Authentication failed.',
  ])
  expect((await raw.command('AUTHENTICATE CRAM-MD5'))[0]).toMatch(/NO \[ALERT\]/)
  expect((await raw.command('SELECT INBOX'))[0]).toMatch(/BAD Error in IMAP command received by server/)
  expect((await raw.command('GETMETADATA "" /shared/admin'))[0]).toMatch(/BAD/)
  expect((await raw.command('BOGUS'))[0]).toMatch(/BAD/)
  expect((await raw.command('LOGIN alice1234@chat.test password-1'))[0]).toMatch(/OK/)
})

test('METADATA answers as the recorded relay does', async () => {
  const server = await reference()
  const raw = await client(server)
  expect((await raw.command('GETMETADATA INBOX /private/devicetoken'))[0]).toBe(
    '* METADATA INBOX (/private/devicetoken {0}\r\n)',
  )
  await raw.command('SETMETADATA INBOX (/private/devicetoken "tok-1")')
  await raw.command('SETMETADATA INBOX (/private/devicetoken {5+}\r\ntok-2)')
  await raw.command('SETMETADATA INBOX (/private/devicetoken "tok-1")')
  await raw.command('SETMETADATA INBOX (/private/devicetoken NIL)')
  expect((await raw.command('GETMETADATA INBOX (/private/devicetoken /shared/vendor/deltachat/irohrelay)'))[0]).toBe(
    '* METADATA INBOX (/private/devicetoken {11}\r\ntok-1 tok-2 /shared/vendor/deltachat/irohrelay NIL)',
  )
  expect((await raw.command('GETMETADATA "" (/shared/comment /shared/vendor/deltachat/irohrelay)'))[0]).toBe(
    '* METADATA "" (/shared/comment NIL /shared/vendor/deltachat/irohrelay {17}\r\nhttps://chat.test)',
  )
  expect((await raw.command('SETMETADATA INBOX (/private/other "x")'))[0]).toMatch(/NO \[SERVERBUG\]/)
  expect((await raw.command('SETMETADATA "" (/shared/comment "x")'))[0]).toMatch(/NO \[CANNOT\]/)
  expect((await raw.command('GETMETADATA "" /private/devicetoken'))[0]).toBe('* METADATA "" (/private/devicetoken NIL)')
  expect(await raw.command('GETMETADATA (DEPTH infinity) "" /shared')).toHaveLength(2)
  expect((await raw.command('GETMETADATA "" (MAXSIZE 3) /shared/vendor/deltachat/irohrelay')).at(-1)).toMatch(
    /OK \[METADATA LONGENTRIES 17\]/,
  )
})

test('APPEND over quota is refused before the literal is sent', async () => {
  const server = await reference({ quota: { limitKib: 1 } })
  const raw = await client(server)
  raw.send('a APPEND INBOX (\\Seen) {2000}\r\n')
  expect(await raw.line()).toMatch(/^a NO \[OVERQUOTA\]/)
  raw.send(`b APPEND INBOX {2000+}\r\n${'x'.repeat(2000)}\r\n`)
  expect(await raw.line()).toMatch(/^b NO \[OVERQUOTA\]/)
  raw.send('c APPEND INBOX {4}\r\n')
  expect(await raw.line()).toBe('+ OK')
  raw.send('a\r\nb\r\n')
  expect(await raw.line()).toMatch(/^c OK \[APPENDUID \d+ 1\]/)
})

test('APPEND keeps date and flags, MOVE tells both UIDs', async () => {
  const server = await reference()
  const raw = await client(server)
  await raw.command('CREATE Trash')
  const text = mail()
  raw.send(`a APPEND INBOX (\\Seen $Odd) "01-Feb-2020 03:04:05 +0100" {${text.length}+}\r\n${text}\r\n`)
  expect(await raw.line()).toMatch(/^a OK \[APPENDUID \d+ 1\]/)
  await raw.command('SELECT INBOX')
  const [fetched] = await raw.command('FETCH 1 (FLAGS INTERNALDATE)')
  expect(fetched).toBe('* 1 FETCH (FLAGS (\\Seen $Odd \\Recent) INTERNALDATE " 1-Feb-2020 02:04:05 +0000")')
  const moved = await raw.command('UID MOVE 1 Trash')
  expect(moved[0]).toMatch(/^\* OK \[COPYUID \d+ 1 1\]/)
  expect(moved.slice(1, 3)).toEqual(['* 1 EXPUNGE', '* 0 RECENT'])
  expect((await raw.command('LIST "" "*"')).slice(0, 2)).toEqual([
    '* LIST (\\HasNoChildren) "." INBOX',
    '* LIST (\\HasNoChildren \\Trash) "." Trash',
  ])
  expect((await raw.command('UID COPY 1 Nowhere')).at(-1)).toMatch(/NO \[TRYCREATE\]/)
})

test('where users make mailboxes below INBOX only, NAMESPACE tells so', async () => {
  const raw = await client(await reference({ namespace: { personal: 'below-inbox' } }))
  expect(await raw.command('NAMESPACE')).toContain('* NAMESPACE (("INBOX." ".")) NIL NIL')
  expect((await raw.command('CREATE Trash')).at(-1)).toMatch(/ NO /)
  expect((await raw.command('CREATE INBOX.Trash')).at(-1)).toMatch(/ OK /)
  expect((await raw.command('RENAME INBOX.Trash Trash')).at(-1)).toMatch(/ NO /)
})

test('STARTTLS forgets what came with it, unless it is broken', async () => {
  for (const injected of ['discarded', 'executed'] as const) {
    const server = await reference({ starttls: { injected } })
    const plain = await rawClient({ port: server.ports.imap, tls: false })
    closers.push(() => plain.close())
    expect((await plain.command('LOGIN alice1234@chat.test password-1')).at(-1)).toMatch(/NO \[PRIVACYREQUIRED\]/)
    plain.send('s STARTTLS\r\nx NOOP\r\n')
    expect(await plain.line()).toMatch(/^s OK/)
    plain.socket.removeAllListeners('data')
    const { connect } = await import('node:tls')
    const secured = connect({ socket: plain.socket, rejectUnauthorized: false })
    const raw = await rawClient({ port: 0, tls: true, socket: secured })
    const lines = await raw.command('CAPABILITY', 'c')
    expect(lines.some((line) => line.startsWith('x OK'))).toBe(injected === 'executed')
    expect(lines.at(-2)).toContain('AUTH=PLAIN')
    expect(lines.at(-2)).not.toContain('STARTTLS')
  }
})

test('CONDSTORE: flag changes raise the mod-sequence, and conditions on it hold', async () => {
  const server = await reference()
  const raw = await client(server)
  deliver(server)
  deliver(server)
  expect(await raw.command('ENABLE CONDSTORE QRESYNC')).toContain('* ENABLED CONDSTORE')
  expect((await raw.command('SELECT INBOX')).some((line) => line.includes('HIGHESTMODSEQ 3'))).toBe(true)
  expect((await raw.command('UID STORE 1 +FLAGS (\\Seen)'))[0]).toBe(
    '* 1 FETCH (UID 1 MODSEQ (4) FLAGS (\\Seen \\Recent))',
  )
  expect(await raw.command('UID FETCH 1:* (FLAGS) (CHANGEDSINCE 3)')).toHaveLength(2)
  expect((await raw.command('UID STORE 1:2 (UNCHANGEDSINCE 3) +FLAGS.SILENT (\\Flagged)')).at(-1)).toMatch(
    /OK \[MODIFIED 1\]/,
  )
  expect((await raw.command('SEARCH MODSEQ 5'))[0]).toBe('* SEARCH 2 (MODSEQ 5)')
})

test('sections, partials and structure of a MIME message are told', async () => {
  const server = await reference()
  const raw = await client(server)
  const inner = 'Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n'
  const second = 'Content-Type: application/octet-stream; name="a.asc"\r\n\r\n-----BEGIN\r\n'
  deliver(
    server,
    `From: a@b\r\nContent-Type: multipart/encrypted; boundary="x"\r\n\r\n--x\r\n${inner}\r\n--x\r\n${second}\r\n--x--\r\n`,
  )
  await raw.command('SELECT INBOX')
  expect((await raw.command('FETCH 1 (BODY.PEEK[1] BODY.PEEK[2.MIME] BODY.PEEK[1]<2.4> BODY.PEEK[9])'))[0]).toBe(
    `* 1 FETCH (BODY[1] {12}\r\nVersion: 1\r\n BODY[2.MIME] {56}\r\nContent-Type: application/octet-stream; name="a.asc"\r\n\r\n BODY[1]<2> {4}\r\nrsio BODY[9] NIL)`,
  )
  expect((await raw.command('FETCH 1 BODYSTRUCTURE'))[0]).toBe(
    '* 1 FETCH (BODYSTRUCTURE (("application" "pgp-encrypted" NIL NIL NIL "7bit" 12 NIL NIL NIL NIL)("application" "octet-stream" ("name" "a.asc") NIL NIL "7bit" 12 NIL NIL NIL NIL) "encrypted" ("boundary" "x") NIL NIL NIL))',
  )
  expect((await raw.command('FETCH 1 ENVELOPE'))[0]).toContain('((NIL NIL "a" "b"))')
  expect((await raw.command('FETCH 1 BODY[TEXT]'))[0]).toMatch(/FLAGS \(\\Seen \\Recent\)\)$/)
})

test('SEARCH finds by flags, header, date, set and their combinations', async () => {
  const server = await reference()
  const raw = await client(server)
  for (const subject of ['one', 'two', 'three']) deliver(server, mail(subject))
  await raw.command('SELECT INBOX')
  await raw.command('STORE 2 +FLAGS (\\Seen)')
  const found = async (keys: string) => (await raw.command(`SEARCH ${keys}`))[0]
  expect(await found('ALL')).toBe('* SEARCH 1 2 3')
  expect(await found('UNSEEN SUBJECT "th"')).toBe('* SEARCH 3')
  expect(await found('OR SEEN (SUBJECT one)')).toBe('* SEARCH 1 2')
  expect(await found('NOT 2:*')).toBe('* SEARCH 1')
  expect(await found('HEADER Message-ID <1@chat.test> UID 3')).toBe('* SEARCH 3')
  expect(await found('BODY nothing')).toBe('* SEARCH')
  expect(await found('SINCE 1-Jan-2020 BEFORE 1-Jan-2100 LARGER 10')).toBe('* SEARCH 1 2 3')
  expect(await found('FOO')).toMatch(/BAD/)
})

test('COMPRESS works both ways, and tags may start again behind it', async () => {
  const server = await reference()
  const raw = await client(server)
  expect((await raw.command('COMPRESS DEFLATE', 'A0001'))[0]).toMatch(/^A0001 OK/)
  const { createDeflateRaw, createInflateRaw, constants } = await import('node:zlib')
  const deflate = createDeflateRaw()
  const inflate = createInflateRaw()
  deflate.on('data', (chunk) => raw.socket.write(chunk))
  raw.socket.removeAllListeners('data')
  let text = ''
  const answered = new Promise<void>((resolve) => {
    inflate.on('data', (chunk) => {
      text += chunk
      if (text.includes('A0002 OK')) resolve()
    })
  })
  raw.socket.pipe(inflate)
  deflate.write('A0001 SELECT INBOX\r\nA0002 NOOP\r\n')
  deflate.flush(constants.Z_SYNC_FLUSH)
  await answered
  expect(text).toContain('A0001 OK')
})

test('hostile input is answered or ends the session, and the next client is served', async () => {
  const server = await reference()
  const raw = await client(server, false)
  raw.send(`a LOGIN ${'x'.repeat(100_000)}\r\n`)
  expect(await raw.line()).toMatch(/^a BAD/)
  raw.send('b LOGIN {999999999}\r\n')
  expect(await raw.line()).toMatch(/^b BAD/)
  expect((await raw.command(`LIST ${'('.repeat(5000)}`))[0]).toMatch(/BAD/)
  raw.send('\x00\x01 )(*&\r\n')
  expect(await raw.line()).toMatch(/^\* BAD/)
  for (let i = 0; i < 30; i++) raw.send('x NONSENSE\r\n')
  await raw.until(/^\* BYE/)
  await raw.ended
  const endless = await client(server, false)
  for (let i = 0; i < 40; i++) endless.send('y'.repeat(65_536))
  await endless.until(/^\* BYE/)
  const cut = await client(server)
  cut.send('a APPEND INBOX {1000}\r\n')
  await cut.line()
  cut.close()
  expect((await (await client(server)).command('STATUS INBOX (MESSAGES)'))[0]).toBe('* STATUS INBOX (MESSAGES 0)')
})

test('broken servers: each decision shows', async () => {
  const mute = await reference({ idle: { notifies: 'never' }, close: { expunges: false }, fetch: { size: 'absent' } })
  const raw = await client(mute)
  await raw.command('SELECT INBOX')
  raw.send('i IDLE\r\n')
  await raw.line()
  deliver(mute)
  raw.send('DONE\r\n')
  expect(await raw.line()).toMatch(/^i OK/)
  expect(await raw.command('NOOP')).toContain('* 1 EXISTS')
  expect((await raw.command('UID FETCH 1 (RFC822.SIZE)'))[0]).toBe('* 1 FETCH (UID 1)')
  await raw.command('STORE 1 +FLAGS (\\Deleted)')
  await raw.command('CLOSE')
  expect(await raw.command('SELECT INBOX')).toContain('* 1 EXISTS')
})

test('a notice delayed by the clock comes when the clock is moved', async () => {
  const clock = virtualClock()
  const server = await reference({ idle: { notifyDelayMs: 500, keepaliveMs: 60_000 } }, { clock })
  const raw = await client(server)
  await raw.command('SELECT INBOX')
  raw.send('i IDLE\r\n')
  await raw.line()
  deliver(server)
  await clock.advance(499)
  await clock.advance(1)
  expect(await raw.line()).toBe('* 1 EXISTS')
  expect(await raw.line()).toBe('* 1 RECENT')
  await clock.advance(60_000)
  expect(await raw.line()).toBe('* OK Still here')
})

test('a session may be forgotten, or closed, after idling for a while', async () => {
  const clock = virtualClock()
  const server = await reference({ idle: { forgetsAfterMs: 31_000, closesAfterMs: 60_000 } }, { clock })
  const raw = await client(server)
  await raw.command('SELECT INBOX')
  raw.send('i IDLE\r\n')
  await raw.line()
  await clock.advance(31_000)
  deliver(server)
  raw.send('DONE\r\n')
  expect(await raw.line()).toMatch(/^i OK/)
  expect(await raw.command('NOOP')).toHaveLength(1)
  raw.send('i IDLE\r\n')
  await raw.line()
  await clock.advance(60_000)
  await raw.ended
})
