// Checks of the command language, and of what a client may do to it without breaking the server.
import { check } from '../../harness/check/define.ts'
import { attempt, equals, imapOk, imapRefusedOrClosed, imapStatus, isTrue } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { refusal } from './expectations.ts'
import { answerTo, capabilities, converse, openInbox, utf8Octets } from './scene.ts'

const acceptsLowerCaseCommands = check({
  id: 'imap/accepts-lower-case-commands',
  requirement: 'imap.accepts-lower-case-commands',
  title: 'knows its commands in lower case',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    for (const command of ['noop', 'select INBOX', 'uid search all']) {
      t.expect(command, await attempt(client.command(command)), imapOk)
    }
  },
})

const allowsRepeatedTags = check({
  id: 'imap/allows-repeated-tags',
  requirement: 'imap.allows-repeated-tags',
  title: 'takes a tag a second time',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    const offered = await capabilities(t, client)
    t.control('NOOP with tag A0001', await client.command('NOOP', { tag: 'A0001' }), imapOk)
    // Delta Chat core does it where compression begins.
    if (offered.has('COMPRESS=DEFLATE')) {
      const compression = { coveredBy: 'imap/keeps-its-word-on-compression' }
      t.control('COMPRESS', await client.compress(), imapOk, compression)
      t.control('NOOP with a new tag, compressed', await attempt(client.command('NOOP')), imapOk, compression)
    }
    t.expect('NOOP with tag A0001 again', await attempt(client.command('NOOP', { tag: 'A0001' })), imapOk)
  },
})

const answersPipelinedCommands = check({
  id: 'imap/answers-pipelined-commands',
  requirement: 'imap.answers-pipelined-commands',
  title: 'answers each of several commands sent at once',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const { client } = await openInbox(t, account)
    t.expect('the first', await converse(t, client, 'p1', 'p1 NOOP\r\np2 NOOP\r\np3 NOOP\r\n'), equals('OK'))
    t.expect('the second', await answerTo(t, client, ({ tag }) => tag === 'p2'), equals('OK'))
    t.expect('the third', await answerTo(t, client, ({ tag }) => tag === 'p3'), equals('OK'))
  },
})

const answersUnknownCommand = check({
  id: 'imap/answers-unknown-command',
  requirement: 'imap.answers-unknown-command',
  title: 'answers an unknown command with an error',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    const reply = await attempt(client.command('XNOSUCHCOMMAND'))
    t.expect('a command nobody knows', reply, imapStatus('NO', 'BAD'), { tolerate: imapRefusedOrClosed })
    await expectStillServing(t, account)
  },
})

const survivesLongLine = check({
  id: 'imap/survives-long-line',
  requirement: 'imap.survives-long-line',
  title: 'ends a command line of a quarter of a megabyte with an error',
  needs: { accounts: 1, cost: 'intrusive', risky: true },
  async run(t) {
    const [account] = await t.accounts(1)
    await controlLogin(t, account)
    const client = await t.imap()
    client.write(utf8Octets(`L1 NOOP ${'x'.repeat(262_144)}\r\n`))
    const answer = await answerTo(t, client, ({ type }) => ['OK', 'NO', 'BAD', 'BYE'].includes(type))
    t.expect('the answer', answer, refusal)
    await expectStillServing(t, account)
  },
})

const survivesHugeLiteral = check({
  id: 'imap/survives-huge-literal',
  requirement: 'imap.survives-huge-literal',
  title: 'refuses a literal of gigabytes before login',
  needs: { accounts: 1, cost: 'intrusive', risky: true },
  async run(t) {
    const [account] = await t.accounts(1)
    await controlLogin(t, account)
    const client = await t.imap()
    client.write(utf8Octets('H1 LOGIN {2000000000}\r\n'))
    t.expect('the answer', await answerTo(t, client, () => true), refusal)
    client.close()
    await expectStillServing(t, account)
  },
})

const endsSessionOnLogout = check({
  id: 'imap/ends-session-on-logout',
  requirement: 'imap.ends-session-on-logout',
  title: 'says BYE at LOGOUT and closes',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    const reply = await attempt(client.command('LOGOUT'))
    t.expect('LOGOUT', reply, imapOk)
    const bye = !(reply instanceof WireError) && reply.untagged.some(({ type }) => type === 'BYE')
    t.expect('BYE before it', bye, isTrue)
    const end = await client.waitForEnd()
    t.expect('the connection afterwards', end.code === 'timeout' ? 'open' : 'closed', equals('closed'))
  },
})

/** The account is let in at all: no lock of somebody else's making. */
async function controlLogin(t: CheckContext, account: { address: string; password: string }): Promise<void> {
  const client = await t.imap(account)
  client.close()
}

async function expectStillServing(t: CheckContext, account: { address: string; password: string }): Promise<void> {
  const client = await attempt(t.imap())
  const login = client instanceof WireError ? client : await attempt(client.login(account.address, account.password))
  t.expect('LOGIN in a new session', login, imapOk)
}

export const commandChecks = [
  acceptsLowerCaseCommands,
  allowsRepeatedTags,
  answersPipelinedCommands,
  answersUnknownCommand,
  survivesLongLine,
  survivesHugeLiteral,
  endsSessionOnLogout,
]
