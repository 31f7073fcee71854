// Checks of what submission allows in size, recipients and errors. None of them sends a message.
import { check } from '../../harness/check/define.ts'
import { attempt, codeClass, imapOk, refusedOrClosed, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { SmtpClient, SmtpReply } from '../../harness/clients/smtp.ts'
import { isThrottling } from '../../harness/clients/throttling.ts'
import type { Account } from '../../harness/host/account.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { requireCapability } from '../imap/scene.ts'
import { nameRecipient, unthrottled } from '../throttled.ts'

const refusesAnnouncedOversize = check({
  id: 'limits/refuses-announced-oversize',
  requirement: 'limits.refuses-announced-oversize',
  title: 'refuses what is announced as too large',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const { client } = await t.submission(alice)
    const most = Number(client.extensions.get('SIZE') || 0)
    if (most === 0) t.unsupported('EHLO tells no limit of SIZE')
    const fits = await client.command(`MAIL FROM:<${alice.address}> SIZE=${Math.floor(most / 2)}`)
    t.control(
      'MAIL with half of the SIZE',
      fits,
      satisfies('250', ({ code }) => code === 250),
      {
        coveredBy: 'delivery/accepts-client-parameters',
      },
    )
    await client.command('RSET')
    const mail = await attempt(client.command(`MAIL FROM:<${alice.address}> SIZE=${most + 1}`))
    // Some servers leave their verdicts to RCPT.
    const isTaken = !(mail instanceof WireError) && mail.code < 300
    const verdict = isTaken ? await attempt(client.command(`RCPT TO:<${alice.address}>`)) : mail
    t.expect(`MAIL with SIZE=${most + 1}`, verdict, refusedOrClosed)
  },
})

const takesHundredRecipients = check({
  id: 'limits/takes-hundred-recipients',
  requirement: 'limits.takes-hundred-recipients',
  title: 'takes a hundred recipients in a transaction',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [alice] = await t.accounts(1)
    t.expect('RCPT accepted', await acceptedRecipients(t, alice, 100), all(100))
  },
})

const maxRecipients = '/shared/vendor/deltachat/maxsmtprecipients'
/** More than anybody promises. */
const mostTried = 2_000

const takesPromisedRecipients = check({
  id: 'limits/takes-promised-recipients',
  requirement: 'limits.takes-promised-recipients',
  title: 'takes as many recipients as it promises',
  profile: 'full',
  needs: { accounts: 1, cost: 'bulk' },
  async run(t) {
    const [alice] = await t.accounts(1)
    const imap = await t.imap(alice)
    await requireCapability(t, imap, 'METADATA')
    const { reply, values } = await imap.getMetadata('', [maxRecipients])
    t.control('GETMETADATA of the promise', reply, imapOk, { coveredBy: 'imap/tells-most-recipients' })
    const promised = Number(values.get(maxRecipients) ?? 0)
    if (!(promised > 0)) t.unsupported('no number of recipients is told')
    const tried = Math.min(promised, mostTried)
    t.expect('RCPT accepted', await acceptedRecipients(t, alice, tried), all(tried))
  },
})

/**
 * How many of so many recipients are taken, up to the first that is refused. Nothing is sent: who is told so often to write
 * to itself is not even written to once. Who is told to slow down in the middle decides nothing.
 */
async function acceptedRecipients(t: CheckContext, account: Account, count: number): Promise<number> {
  const client = await openRested(t, account)
  let taken = 0
  // One by one as long as that is quick: pipelining is another matter.
  const atOnce = count > 100 ? 100 : 1
  for (let sent = 0; sent < count; ) {
    const lines = Array.from({ length: Math.min(atOnce, count - sent) }, () => `RCPT TO:<${account.address}>`)
    const replies = await attempt(client.pipeline(lines))
    if (replies instanceof WireError) {
      t.note(`after ${taken} recipients: ${replies.message}`)
      return taken
    }
    taken += replies.filter(({ code }) => code < 300).length
    sent += lines.length
    const refused = replies.find(({ code }) => code >= 400)
    if (refused === undefined) continue
    if (isThrottling({ reply: refused })) t.inconclusive(`after ${taken} recipients the account is throttled`)
    t.note(`refused after ${taken} recipients: ${refused.code} ${refused.lines.join(' ')}`)
    break
  }
  await attempt(client.command('RSET'))
  return taken
}

/** A transaction that has begun. An account that has sent much lately is waited for. */
async function openRested(t: CheckContext, account: Account): Promise<SmtpClient> {
  const asked = await unthrottled(t, async () => {
    const { client } = await t.submission(account)
    return nameRecipient(client, account.address, account.address)
  })
  t.control('RCPT', asked, codeClass(2), { coveredBy: 'delivery/arrives-under-a-second' })
  const { client } = await t.submission(account)
  const begun = await client.command(`MAIL FROM:<${account.address}>`)
  t.control(
    'MAIL',
    begun,
    satisfies('250', ({ code }) => code === 250),
  )
  return client
}

function all(wanted: number) {
  return satisfies(`all ${wanted}`, (got: number) => got === wanted, String)
}

const badCommands = 100

const endsSessionAfterErrors = check({
  id: 'limits/ends-session-after-errors',
  requirement: 'limits.ends-session-after-errors',
  title: 'ends a session of bad commands',
  profile: 'full',
  needs: { accounts: 1, cost: 'intrusive', risky: true, deadline: 180_000 },
  async run(t) {
    const [alice] = await t.accounts(1)
    const { client } = await t.submission(alice)
    let sent = 0
    let last: SmtpReply | WireError | undefined
    while (sent < badCommands && !client.closed) {
      sent += 1
      last = await attempt(client.command('XCHATMAILCHECK'))
      if (last instanceof WireError || last.code === 421) break
    }
    t.expect(
      `the last of ${sent} bad commands`,
      last,
      satisfies<SmtpReply | WireError | undefined>(
        '421 or a closed connection',
        // Exim says its last words outside of TLS, behind its end.
        (got) => (got instanceof WireError ? ['closed', 'reset', 'tls'].includes(got.code) : got?.code === 421),
        (got) => (got instanceof WireError ? got.code : `${got?.code ?? 'nothing'}`),
      ),
    )
    const next = await t.submission(alice)
    t.expect(
      'NOOP in a new session',
      (await next.client.command('NOOP')).code,
      satisfies('250', (got) => got === 250),
    )
  },
})

export const submissionChecks = [
  refusesAnnouncedOversize,
  takesHundredRecipients,
  takesPromisedRecipients,
  endsSessionAfterErrors,
]
