// Each decision is really read: a long conversation reads otherwise when the decision is taken wrongly.
import { createConnection } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { beforeAll, expect, test } from 'vitest'
import { type Reference, startReference } from '../index.ts'
import { type RawClient, rawClient } from './test-client.ts'
import { type ImapPartial, wrongDecisions } from './test-wrong-decisions.ts'

const alice = '"alice1234@chat.test" "pass\\"word-1"'
const text = 'From: a\r\n <a@chat.test>\r\nSubject: x\r\nMessage-ID: <1@x>\r\n\r\n\xe4 body\r\n'

class FellSilent extends Error {}

/**
 * Everything the server said, in order, with what differs from run to run taken out. A good server answers each step:
 * the conversation ends with the first silence.
 */
async function converse(server: Reference, deadline: number): Promise<string> {
  const said: string[] = []
  const clients: RawClient[] = []
  const open = async (options: { login?: string; port?: 'imaps' | 'imap' } = {}) => {
    const port = options.port ?? 'imaps'
    const client = await rawClient({ port: server.ports[port], tls: port === 'imaps', greeting: false, deadline })
    clients.push(client)
    await hear(client, /^/)
    if (options.login !== undefined) await ask(client, `LOGIN ${options.login}`)
    return client
  }
  const ask = async (client: RawClient, command: string, tag = 'tag1') => {
    client.send(`${tag} ${command}\r\n`)
    await hear(client, new RegExp(`^(${tag} |\\+)`))
  }
  const hear = async (client: RawClient, end: RegExp) => {
    try {
      for (;;) {
        const line = await client.line()
        said.push(line)
        if (end.test(line)) return
      }
    } catch (error) {
      const closed = error instanceof Error && error.message.startsWith('closed')
      said.push(closed ? 'CLOSED' : 'SILENCE')
      if (!closed) throw new FellSilent()
    }
  }
  const inbox = () => server.accounts.find('alice1234@chat.test')?.store.inbox
  const deliver = (body = text) => inbox()?.append(Buffer.from(body, 'latin1'), { internalDate: 1_600_000_000_000 })
  const idle = async (client: RawClient, during: () => void) => {
    client.send('i IDLE\r\n')
    await hear(client, /^(\+|i )/)
    during()
    await hear(client, /RECENT|FETCH|EXPUNGE/)
    client.send('DONE\r\n')
    await hear(client, /^i /)
  }

  const script = async () => {
    const plain = await open({ port: 'imap' })
    await ask(plain, 'CAPABILITY')
    await ask(plain, 'LOGIN nobody@x y')

    const one = await open()
    for (const command of ['GETMETADATA "" /shared/admin', 'SELECT INBOX', 'BOGUS', 'noop', 'AUTHENTICATE X-NEW']) {
      await ask(one, command)
    }
    one.send('tag2 AUTHENTICATE PLAIN\r\n')
    await hear(one, /^(\+|tag2)/)
    one.send(`${Buffer.from('\0alice1234@chat.test\0pass"word-1').toString('base64')}\r\n`)
    await hear(one, /^tag2/)
    await ask(one, 'LOGOUT')
    await hear(one, /never/)
    const initial = await open()
    await ask(initial, `AUTHENTICATE PLAIN ${Buffer.from('\0alice1234@chat.test\0pass"word-1').toString('base64')}`)
    const foreign = await open()
    await ask(foreign, `AUTHENTICATE PLAIN ${Buffer.from('bob\0alice1234@chat.test\0pass"word-1').toString('base64')}`)
    const wrong = await open({ login: '"alice1234@chat.test" "wrong-word"' })
    await ask(wrong, `LOGIN ${alice}`)
    const literal = await open()
    literal.send('tag1 LOGIN {19}\r\n')
    await hear(literal, /^(\+|tag1)/)
    literal.send('alice1234@chat.test {11+}\r\npass"word-1\r\n')
    await hear(literal, /^tag1/)
    await ask(literal, `LIST "" {999999999}`)
    literal.send(`tag2 LIST "" ${'x'.repeat(70_000)}\r\n`)
    await hear(literal, /^(tag2|\*)/)

    const main = await open({ login: alice })
    const other = await open({ login: alice })
    await ask(main, 'ID NIL')
    await ask(main, 'NAMESPACE')
    await ask(main, 'LIST "" "*"')
    await ask(main, 'LIST "" "X%"')
    await ask(main, 'LSUB "" "*"')
    await ask(main, 'CREATE Trash')
    await ask(main, 'SELECT Nowhere')
    await ask(main, 'SELECT inbox')
    await ask(other, 'SELECT INBOX')
    await idle(other, () => deliver())
    await idle(other, () => deliver())
    await ask(main, 'NOOP')
    deliver()
    await ask(main, 'SELECT INBOX')
    deliver()
    await idle(other, () => {})
    await ask(main, 'SELECT INBOX')
    for (const items of [
      ...['(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])', '(BODY.PEEK[HEADER.FIELDS (from)])', 'ENVELOPE'],
      ...['BODYSTRUCTURE', '(MODSEQ)', 'BODY.PEEK[]<3.4>', '(FLAGS)', 'BODY[TEXT]'],
    ]) {
      await ask(main, `UID FETCH 1:2,4 ${items}`)
    }
    await ask(main, 'UID FETCH 99:* (UID)')
    await ask(main, 'UID FETCH * (UID)')
    await ask(main, 'UID FETCH 77 (UID)')
    await ask(main, 'UID STORE 1 +FLAGS (\\Flagged $Word)')
    await ask(main, 'UID STORE 1 -FLAGS (\\Seen)')
    await ask(main, 'UID STORE 1 +FLAGS.SILENT (\\Answered)')
    await ask(main, 'UID FETCH 1:* (FLAGS) (CHANGEDSINCE 5)')
    await ask(main, 'UID STORE 2 (UNCHANGEDSINCE 1) +FLAGS (\\Draft)')
    await ask(other, 'NOOP')
    await ask(main, 'SEARCH SEEN')
    await ask(main, 'UID SEARCH KEYWORD nothing')
    await ask(main, 'STATUS INBOX (MESSAGES UIDNEXT UNSEEN)')
    await ask(main, 'STATUS Trash (MESSAGES UIDNEXT UNSEEN)')
    await ask(main, 'UID COPY 1 Nowhere')
    await ask(main, 'UID COPY 1 Trash')
    await ask(main, 'UID MOVE 2 Trash')
    await ask(main, 'UID STORE 3:4 +FLAGS (\\Deleted)')
    await ask(main, 'UID FETCH 3 (FLAGS)')
    await ask(main, 'UID EXPUNGE 4')
    await ask(main, 'EXPUNGE')
    deliver()
    deliver()
    await ask(main, 'NOOP')
    await ask(main, 'STORE 2:* +FLAGS.SILENT (\\Deleted)')
    await ask(main, 'EXPUNGE')
    deliver()
    await ask(other, 'FETCH 1 (UID)')
    await ask(other, 'NOOP')
    await ask(main, 'STORE * +FLAGS.SILENT (\\Deleted)')
    await ask(main, 'UNSELECT')
    await ask(main, 'STATUS INBOX (MESSAGES)')
    await ask(main, 'SELECT INBOX')
    await ask(main, 'CLOSE')
    await ask(main, 'NOOP')
    await ask(main, 'FETCH 1 (UID)')
    await ask(main, 'SELECT Trash')
    await ask(main, 'UID FETCH 1:* (FLAGS INTERNALDATE)')
    await ask(main, 'EXAMINE INBOX')
    await ask(main, 'STORE 1 +FLAGS (\\Seen)')
    const body = 'Subject: y\r\n\r\nz\0\r\n'
    await ask(main, `APPEND INBOX (\\Seen) "01-Feb-2020 03:04:05 +0100" {${body.length}+}\r\n${body}`)
    await ask(main, `APPEND Nowhere {${body.length}+}\r\n${body}`)
    await ask(main, 'UID FETCH 1:* (UID FLAGS INTERNALDATE BODY.PEEK[])')
    main.send('tag9 APPEND INBOX {9000}\r\n')
    await hear(main, /^(tag9|\+)/)
    main.send(`${'x'.repeat(9000)}\r\ntag8 NOOP\r\n`)
    await hear(main, /^tag8/)
    main.send('tag9 APPEND INBOX {3000}\r\n')
    await hear(main, /^(tag9|\+)/)
    main.send(`${'x'.repeat(3000)}\r\ntag8 NOOP\r\n`)
    await hear(main, /^tag8/)

    await ask(main, 'GETQUOTAROOT INBOX')
    await ask(main, 'GETQUOTAROOT Nowhere')
    await ask(main, 'GETMETADATA INBOX /private/devicetoken')
    await ask(main, 'SETMETADATA INBOX (/private/devicetoken "one")')
    await ask(main, 'SETMETADATA INBOX (/private/devicetoken {3+}\r\ntwo)')
    await ask(main, 'SETMETADATA INBOX (/private/other "x" /shared/comment "y")')
    await ask(main, 'SETMETADATA "" (/shared/comment "y")')
    await ask(main, 'GETMETADATA INBOX (/private/devicetoken /private/nothing)')
    await ask(main, 'GETMETADATA "" (MAXSIZE 2) (/shared/admin)')
    await ask(main, 'SETMETADATA INBOX (/private/devicetoken NIL)')
    await ask(other, 'GETMETADATA (DEPTH infinity) INBOX /private')
    await ask(other, 'GETMETADATA INBOX /private/devicetoken')
    await ask(await open({ login: '"bob123456@chat.test" "password-1"' }), 'GETMETADATA INBOX /private/devicetoken')
    await ask(main, 'ENABLE CONDSTORE')
    await ask(main, 'SELECT INBOX')
    main.send('p1 NOOP\r\np2 NOOP\r\n')
    await hear(main, /^p2/)
    await ask(main, 'COMPRESS DEFLATE')
    main.send(Buffer.from('p3 NOOP\r\n'))
    await hear(main, /^p3/)
  }
  await script().catch((error: unknown) => {
    if (!(error instanceof FellSilent)) throw error
  })
  const closed = Promise.all(clients.map((client) => client.ended))
  for (const client of clients) client.close()
  await closed
  const validities = new Map<string, number>()
  return said
    .join('\n')
    .replace(/(UIDVALIDITY|APPENDUID|COPYUID) (\d+)/g, (_, word: string, value: string) => {
      if (!validities.has(value)) validities.set(value, validities.size)
      return `${word} v${value === '0' ? 'zero' : validities.get(value)}`
    })
    .replace(/\d\d-\w{3}-20(2[5-9]|3\d) [\d:]{8} /g, 'now')
}

/** Small limits, so that the conversation meets them. */
const base: ImapPartial = { quota: { limitKib: 3 }, limits: { messageBytes: 8000 } }

async function conversationOf(change: ImapPartial, deadline = 300): Promise<string> {
  const server = await startReference({ overrides: { imap: mergeDeep(base, change) as ImapPartial } })
  try {
    return await converse(server, deadline)
  } finally {
    await server.close()
  }
}

function mergeDeep(left: object, right: object): object {
  const merged: Record<string, unknown> = { ...left }
  for (const [key, value] of Object.entries(right)) merged[key] = { ...(merged[key] ?? {}), ...value }
  return merged
}

let conforming = ''
beforeAll(async () => {
  conforming = await conversationOf({}, 5000)
})

test('the conversation is the same each time', async () => {
  expect(await conversationOf({}, 5000)).toBe(conforming)
  expect(conforming).not.toContain('SILENCE')
})

test.concurrent.each(Object.entries(wrongDecisions))('%s shows', async (_, change) => {
  expect(await conversationOf(change)).not.toBe(conforming)
})

test('a handshake without a server name or with another protocol is refused where that is decided', async () => {
  const server = await startReference({
    overrides: { imap: { handshake: { alpn: ['smtp'], withoutServerName: 'refused' } } },
  })
  const attempt = (options: { servername?: string; ALPNProtocols?: string[] }) =>
    new Promise<string>((resolve) => {
      const socket = connectTls({
        socket: createConnection(server.ports.imaps, '127.0.0.1'),
        rejectUnauthorized: false,
        ...options,
      })
      socket.once('data', (chunk) => {
        socket.destroy()
        resolve(chunk.toString('latin1', 0, 4))
      })
      socket.once('error', () => resolve('error'))
      socket.once('close', () => resolve('closed'))
    })
  expect(await attempt({ servername: 'chat.test' })).toBe('* OK')
  expect(await attempt({ servername: 'chat.test', ALPNProtocols: ['imap'] })).toBe('error')
  expect(await attempt({})).toBe('closed')
  await server.close()
})
