// Cleartext is refused whichever way it comes: a filter that stands at one port or reads one command leaves the other ways open.
import { check } from '../../harness/check/define.ts'
import { accepted, attempt, holds, holdsExactly, refusedOrClosed } from '../../harness/check/matchers.ts'
import type { Submission } from '../../harness/check/submission.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { SmtpManner } from '../../harness/clients/smtp.ts'
import type { Account } from '../../harness/host/account.ts'
import { WireError } from '../../harness/host/wire-error.ts'

interface Way {
  readonly name: string
  readonly manner?: SmtpManner
  /** Undefined where this server does not have the way. */
  open(t: CheckContext, alice: Account): Promise<Submission | undefined>
}

const ways: readonly Way[] = [
  { name: 'at port 465', open: (t, alice) => over(t, alice, 'submissions') },
  { name: 'at port 587', open: (t, alice) => over(t, alice, 'submission') },
  { name: 'at port 443', open: overSharedPort },
  {
    name: 'by BDAT',
    manner: 'chunking',
    async open(t, alice) {
      const smtp = await t.submission(alice)
      return smtp.client.extensions.has('CHUNKING') ? smtp : undefined
    },
  },
]

export const refusesCleartextBy = check({
  id: 'encryption/refuses-cleartext-by-every-way',
  requirement: 'encryption.refuses-cleartext',
  title: 'refuses cleartext at each port, by each command, and behind an encrypted message',
  profile: 'list',
  needs: { accounts: 2, messages: 6, connections: 9 },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    for (const { name, manner, open } of ways) {
      const smtp = await open(t, alice)
      if (!smtp) continue
      const outcome = await smtp.send(t.mail.cleartext(alice, bob), manner)
      t.expect(`cleartext ${name}`, outcome, refusedOrClosed)
    }
    const smtp = await t.submission(alice)
    const sentinel = await t.mail.encrypted(alice, bob)
    t.control('an encrypted message is accepted', await smtp.send(sentinel), accepted, {
      coveredBy: 'encryption/accepts-pkesk-v6-seipd-v2',
    })
    const behind = await smtp.send(t.mail.cleartext(alice, bob))
    t.expect('cleartext behind it in the same session', behind, refusedOrClosed)
    await t.eventually('the encrypted one arrives', () => t.inbox(bob).minted(), holds(sentinel), { control: true })
    t.expect('only the encrypted one arrives', await t.inbox(bob).minted(), holdsExactly(sentinel))
  },
})

async function over(t: CheckContext, alice: Account, service: 'submission' | 'submissions') {
  return t.host.endpoints[service] && t.submission(alice, { service })
}

/** Where a web server answers, or nobody, there is no such way. */
async function overSharedPort(t: CheckContext, alice: Account) {
  const { https } = t.host.endpoints
  if (!https) return undefined
  const session = { endpoint: { ...https, service: 'submissions' }, alpn: ['smtp'] } as const
  const greeted = await attempt(t.submission(undefined, { ...session, raw: true }))
  if (greeted instanceof WireError || greeted.client.greeting.code !== 220) return undefined
  return t.submission(alice, session)
}
