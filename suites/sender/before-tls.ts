// Port 587 before STARTTLS: no mail, no login, not even the offer of one, and nothing that counts later. No password is ever sent here.
import { check } from '../../harness/check/define.ts'
import { attempt, code, equals, isFalse, isTrue, refusedOrClosed } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { SmtpClient } from '../../harness/clients/smtp.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { placeOf } from '../places.ts'

/**
 * A session in clear after EHLO, also where TLS fails; undefined where port 587 is closed, so that nothing can go wrong
 * there.
 */
async function inClear(t: CheckContext): Promise<SmtpClient | undefined> {
  const endpoint = placeOf(t, 'submission')
  if (endpoint === undefined) return undefined
  const { client } = await t.submission(undefined, { endpoint, raw: true })
  t.control('EHLO is answered', await attempt(client.ehlo()), code(250))
  return client
}

export const requiresTls = check({
  id: 'sender/refuses-mail-before-tls',
  requirement: 'sender.requires-tls',
  title: 'takes no mail on port 587 before STARTTLS',
  needs: { reach: ['submission'], accounts: 1 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const client = await inClear(t)
    if (!client) return t.expect('port 587 is open', false, isFalse)
    for (const line of [`MAIL FROM:<${alice.address}>`, `RCPT TO:<${alice.address}>`]) {
      const reply = await attempt(client.command(line))
      if (refusedOrClosed.matches(reply)) return t.expect('mail is refused', reply, refusedOrClosed)
    }
    // Whoever asks for the message now would take it; none is given.
    t.expect('mail is refused', await attempt(client.command('DATA')), refusedOrClosed)
    client.close()
  },
})

export const hidesLogin = check({
  id: 'sender/offers-no-login-before-tls',
  requirement: 'sender.hides-login-before-tls',
  title: 'announces no AUTH on port 587 before STARTTLS',
  needs: { reach: ['submission'] },
  async run(t) {
    const client = await inClear(t)
    if (!client) return t.expect('port 587 is open', false, isFalse)
    t.expect('AUTH is announced', client.extensions.has('AUTH'), isFalse)
  },
})

export const refusesLogin = check({
  id: 'sender/refuses-login-before-tls',
  requirement: 'sender.refuses-login-before-tls',
  title: 'refuses a login on port 587 before STARTTLS',
  needs: { reach: ['submission'] },
  async run(t) {
    const client = await inClear(t)
    if (!client) return t.expect('port 587 is open', false, isFalse)
    // Without an initial response: a server that goes on asks for it by 334.
    t.expect('AUTH PLAIN is refused', await attempt(client.command('AUTH PLAIN')), refusedOrClosed)
    client.close()
  },
})

export const discardsInjected = check({
  id: 'sender/discards-commands-injected-before-tls',
  requirement: 'sender.discards-commands-injected-before-tls',
  title: 'does not run inside TLS what came in the clear behind STARTTLS on port 587',
  needs: { cost: 'intrusive', reach: ['submission'] },
  async run(t) {
    const client = await inClear(t)
    if (!client) return t.expect('port 587 is open', false, isFalse)
    if (!client.extensions.has('STARTTLS')) return t.expect('STARTTLS is announced', false, isFalse)
    client.write('STARTTLS\r\nNOOP\r\n')
    const replies = await attempt(repliesInsideTls(client))
    t.note(replies instanceof WireError ? 'the server refused or closed, which is safe' : 'TLS began')
    const control = await inClear(t)
    t.control('STARTTLS works by itself', control && (await attempt(control.starttls())), code(220), {
      coveredBy: 'sender/logs-in-after-starttls',
    })
    t.expect('replies inside TLS before that to QUIT', replies instanceof WireError ? 0 : replies, equals(0))
  },
})

/** How many replies come before the one to QUIT, the first and only command of our own: one of them answers what was injected. */
async function repliesInsideTls(client: SmtpClient): Promise<number> {
  const reply = await client.reply('STARTTLS')
  if (reply.code !== 220) return 0
  await client.upgrade()
  client.write('QUIT\r\n')
  for (let before = 0; before < 10; before++) if ((await client.reply('QUIT')).code === 221) return before
  return 0
}

export const servesStartTls = check({
  id: 'sender/logs-in-after-starttls',
  requirement: 'sender.serves-starttls',
  title: 'lets the owner in on port 587 after STARTTLS',
  needs: { reach: ['submission'], accounts: 1 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const client = await inClear(t)
    if (!client) return t.unsupported('port 587 is closed')
    t.expect('STARTTLS is announced', client.extensions.has('STARTTLS'), isTrue)
    const reply = await attempt(client.starttls())
    t.expect('STARTTLS is done', reply, code(220))
    if (reply instanceof WireError || reply.code !== 220) return
    t.expect('EHLO is answered within TLS', await attempt(client.ehlo()), code(250))
    const login = await attempt(client.authPlain(alice.address, alice.password))
    t.expect('the owner logs in', login, code(235))
  },
})
