// Checks of the IMAP login: each form clients write it in, and that nothing is given away without it.
import { check } from '../../harness/check/define.ts'
import { attempt, code, equals, imapOk, imapRefusedOrClosed, isTrue, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { messageIdOf } from '../../harness/mail/parse.ts'
import { encodeBase64 } from '../../harness/wire/base64.ts'
import { refusal } from './expectations.ts'
import { converse, fileMail, tryFetch, utf8Octets } from './scene.ts'

const logsInWithQuotedEscapes = check({
  id: 'imap/logs-in-with-quoted-escapes',
  requirement: 'imap.logs-in-with-quoted-escapes',
  title: 'reads a password with quotes and backslashes',
  profile: 'list',
  needs: { creates: 1 },
  async run(t) {
    const { address, password: plain } = t.unusedCredentials()
    const credentials = { address, password: `${plain.slice(0, -4)}"b\\"` }
    const smtp = await t.submission()
    // AUTH PLAIN carries the password in base64: nothing in it needs quoting.
    const made = await attempt(smtp.client.authPlain(credentials.address, credentials.password))
    t.control('an account with this password is made by AUTH PLAIN', made, code(235), {
      coveredBy: 'onboarding/accepts-odd-passwords',
    })
    await t.made(credentials)
    const client = await t.imap()
    const reply = await attempt(client.login(credentials.address, credentials.password))
    t.expect('LOGIN with the password as a quoted string', reply, imapOk)
  },
})

const logsInWithLiterals = check({
  id: 'imap/logs-in-with-literals',
  requirement: 'imap.logs-in-with-literals',
  title: 'takes name and password of LOGIN as literals',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap()
    const parts = ['LOGIN ', utf8Octets(account.address), ' ', utf8Octets(account.password)]
    t.expect('LOGIN with literals', await attempt(client.command(parts, { literal: 'sync' })), imapOk)
  },
})

const logsInWithNonSynchronizingLiterals = check({
  id: 'imap/logs-in-with-non-synchronizing-literals',
  requirement: 'imap.logs-in-with-non-synchronizing-literals',
  title: 'takes literals without a round trip (LITERAL+)',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap()
    const offered = client.capabilities.has('LITERAL+') || client.capabilities.has('LITERAL-')
    if (!offered) t.unsupported('neither LITERAL+ nor LITERAL- is in the capability list before login')
    const parts = ['LOGIN ', utf8Octets(account.address), ' ', utf8Octets(account.password)]
    t.expect('LOGIN with {n+} literals', await attempt(client.command(parts, { literal: 'plus' })), imapOk)
    const asked = client.events().some((response) => response.kind === 'continuation')
    t.expect('a continuation for what was sent already', asked, equals(false))
  },
})

const authenticatesPlain = check({
  id: 'imap/authenticates-plain',
  requirement: 'imap.authenticates-plain',
  title: 'logs in by AUTHENTICATE PLAIN with an initial response',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap()
    requirePlain(t, client)
    if (!client.capabilities.has('SASL-IR')) t.unsupported('SASL-IR is not in the capability list')
    const answer = await converse(t, client, 'x1', `x1 AUTHENTICATE PLAIN ${plainResponse(account)}\r\n`)
    t.expect('AUTHENTICATE PLAIN with the response behind it', answer, equals('OK'))
  },
})

const authenticatesPlainOnRequest = check({
  id: 'imap/authenticates-plain-on-request',
  requirement: 'imap.authenticates-plain-on-request',
  title: 'logs in by AUTHENTICATE PLAIN after a continuation',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap()
    requirePlain(t, client)
    t.expect('AUTHENTICATE PLAIN', await converse(t, client, 'x1', 'x1 AUTHENTICATE PLAIN\r\n'), equals('+'))
    const answer = await converse(t, client, 'x1', `${plainResponse(account)}\r\n`)
    t.expect('the response on a line of its own', answer, equals('OK'))
  },
})

const refusesUnknownMechanism = check({
  id: 'imap/refuses-unknown-mechanism',
  requirement: 'imap.refuses-unknown-mechanism',
  title: 'refuses AUTHENTICATE with an unknown mechanism',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap()
    let answer = await converse(t, client, 'x1', `x1 AUTHENTICATE X-NO-SUCH ${plainResponse(account)}\r\n`)
    // A server that asks before it looks at the mechanism is let off the hook by a cancelled exchange.
    if (answer === '+') answer = await converse(t, client, 'x1', '*\r\n')
    t.expect('AUTHENTICATE with a mechanism nobody knows', answer, refusal)
    t.expect('SELECT afterwards', await selectInbox(client), imapRefusedOrClosed)
    t.control('LOGIN with the same password works', await selectInbox(await t.imap(account)), imapOk)
  },
})

const foldsLoginCase = check({
  id: 'imap/folds-login-case',
  requirement: 'imap.folds-login-case',
  title: 'leads a login in capital letters to the same mailbox',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const [localpart = '', domain = ''] = account.address.split('@')
    if (localpart === localpart.toUpperCase()) t.inconclusive('the name of this account has no letter')
    const { filed } = await fileMail(t, account)
    const client = await t.imap()
    const reply = await attempt(client.login(`${localpart.toUpperCase()}@${domain}`, account.password))
    t.expect('LOGIN in capital letters', reply, imapOk)
    if (!imapOk.matches(reply)) return
    t.expect('SELECT', await selectInbox(client), imapOk)
    const { uid = 0, mail } = filed[0] ?? {}
    const { messages } = await tryFetch(client, uid, '(BODY.PEEK[])')
    const found = messages.find((message) => message.uid === uid)?.sections.get('') ?? new Uint8Array()
    t.expect('the message filed under the name in small letters', messageIdOf(found) === mail?.messageId, isTrue)
  },
})

const refusesMailboxBeforeLogin = check({
  id: 'imap/refuses-mailbox-before-login',
  requirement: 'imap.refuses-mailbox-before-login',
  title: 'refuses SELECT, STATUS and FETCH before login',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap()
    for (const command of ['SELECT INBOX', 'STATUS INBOX (MESSAGES)', 'UID FETCH 1:* (UID FLAGS)']) {
      if (client.closed) break
      t.expect(`${command} before login`, await attempt(client.command(command)), imapRefusedOrClosed)
    }
    t.control('SELECT after login', await selectInbox(await t.imap(account)), imapOk)
  },
})

const refusesMetadataBeforeLogin = check({
  id: 'imap/refuses-metadata-before-login',
  requirement: 'imap.refuses-metadata-before-login',
  title: 'refuses GETMETADATA before login',
  async run(t) {
    const client = await t.imap()
    t.control('CAPABILITY is answered before login', await attempt(client.capability()), imapOk, {
      coveredBy: 'imap/answers-capability',
    })
    const reply = await attempt(client.command('GETMETADATA "" /shared/vendor/deltachat/turn'))
    t.expect('GETMETADATA before login', reply, imapRefusedOrClosed)
    const given = reply instanceof WireError ? [] : reply.untagged.filter(({ type }) => type === 'METADATA')
    t.expect(
      'values given all the same',
      given.length,
      satisfies('none', (count) => count === 0, String),
    )
  },
})

function requirePlain(t: CheckContext, client: ImapClient): void {
  if (!client.capabilities.has('AUTH=PLAIN')) t.unsupported('AUTH=PLAIN is not in the capability list before login')
}

function plainResponse({ address, password }: { address: string; password: string }): string {
  return encodeBase64(utf8Octets(`\0${address}\0${password}`))
}

async function selectInbox(client: ImapClient) {
  return attempt(client.command('SELECT INBOX'))
}

export const loginChecks = [
  logsInWithQuotedEscapes,
  logsInWithLiterals,
  logsInWithNonSynchronizingLiterals,
  authenticatesPlain,
  authenticatesPlainOnRequest,
  refusesUnknownMechanism,
  foldsLoginCase,
  refusesMailboxBeforeLogin,
  refusesMetadataBeforeLogin,
]
