// Port 587 before STARTTLS: no mail, no login, not even the offer of one, and nothing that counts later. No password is ever sent here.
import { check } from '../../harness/check/define.ts'
import { attempt, code, equals, isFalse, isTrue, refusedOrClosed } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { SmtpClient, SmtpReply } from '../../harness/clients/smtp.ts'
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
  requirement: 'sender.discards-injected-commands',
  title: 'does not run inside TLS what came in the clear behind STARTTLS on port 587',
  needs: { cost: 'intrusive', reach: ['submission'] },
  async run(t) {
    const client = await inClear(t)
    if (!client) return t.expect('port 587 is open', false, isFalse)
    client.write('STARTTLS\r\nNOOP\r\n')
    const replies = await attempt(repliesInTls(client))
    t.note(replies instanceof WireError ? `the server closed, which is safe: ${replies.message}` : replies.join(', '))
    const { client: control } = await t.submission(undefined, { service: 'submission' })
    t.control('STARTTLS works by itself', control.extensions.size > 0, isTrue, {
      coveredBy: 'sender/logs-in-after-starttls',
    })
    const answers = replies instanceof WireError ? 0 : replies.length
    t.expect('answers inside TLS to what was injected', Math.max(0, answers - 1), equals(0))
  },
})

/** What is said to one EHLO; none where TLS did not begin. A reply more is one to what came before. */
async function repliesInTls(client: SmtpClient): Promise<readonly number[]> {
  const ready = await client.reply('STARTTLS')
  if (ready.code !== 220) return []
  await client.upgrade()
  const replies: (SmtpReply | undefined)[] = [await client.ehlo(), await client.replyWithin(1_000)]
  return replies.flatMap((reply) => (reply ? [reply.code] : []))
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
