// Checks of accounts that nobody uses any more: their name, their mail, and what becomes of those that are in use.
import { batch } from '../../harness/check/define.ts'
import { attempt, holds, holdsExactly, imapOk } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { messageIdOf } from '../../harness/mail/parse.ts'
import { day, hostNow, passes, runExpiry } from './scene.ts'

export const idleAccounts = batch({
  id: 'retention/idle-accounts',
  // Three months pass for everybody there: nothing comes after it.
  needs: { powers: ['clock', 'expire'], creates: 2, risky: true, deadline: 60_000 },
  members: [
    {
      id: 'retention/removes-idle-accounts',
      requirement: 'retention.removes-idle-accounts',
      title: 'frees the name of an account that nobody uses',
      profile: 'list',
      needs: { messages: 1 },
    },
    {
      id: 'retention/removes-mail-with-account',
      requirement: 'retention.removes-mail-with-account',
      title: 'leaves no mail to the next owner of a name',
      profile: 'list',
    },
    {
      id: 'retention/keeps-accounts-in-use',
      requirement: 'retention.keeps-accounts-in-use',
      title: 'keeps an account whose owner logs in',
      profile: 'list',
      needs: { messages: 1 },
    },
  ],
  async run(t) {
    const { idleAccountDays } = t.host.policy
    if (idleAccountDays.value === 0) t.unsupported('the policy keeps accounts for good')
    const idle = t.unusedCredentials({ ordinary: false })
    const used = t.unusedCredentials({ ordinary: false })
    for (const account of [idle, used]) {
      await (await t.imap(account))[Symbol.asyncDispose]()
      await t.made(account)
    }
    // What comes so late is young enough at the end that its own age does not remove it.
    const before = Math.min(3, idleAccountDays.value / 2)
    await passes(t, (idleAccountDays.value - before) * day)
    const watch = await openInbox(t, used)
    const submission = await t.submission(used)
    const [forIdle, forUsed] = [await t.mail.encrypted(used, idle), await t.mail.encrypted(used, used)]
    for (const mail of [forIdle, forUsed]) await submission.send(mail)
    await t.eventually('mail for an account in use arrives', () => contents(watch), holdsExactly(forUsed), {
      control: true,
    })
    // Its date is given: mail that was sent bears that of a clock which was not moved.
    const marker = await t.mail.encrypted(used, used)
    const filed = await watch.append('INBOX', marker.bytes, { date: new Date(hostNow(t)) })
    t.control('a message is filed by APPEND', filed, imapOk)
    await watch[Symbol.asyncDispose]()
    await submission[Symbol.asyncDispose]()
    await passes(t, (before + 2) * day)
    await runExpiry(t)

    const inUse = await attempt(openInbox(t, used).then(contents))
    t.member('retention/keeps-accounts-in-use').expect(
      'its mail',
      inUse instanceof WireError ? [] : inUse,
      holds(marker),
    )
    const { password } = t.unusedCredentials({ ordinary: false })
    const next = await t.imap()
    const login = await attempt(next.login(idle.address, password))
    t.member('retention/removes-idle-accounts').expect('a login with the name and another password', login, imapOk)
    const taken = !(login instanceof WireError) && login.status === 'OK'
    const found = taken && (await next.select('INBOX')).ok ? await contents(next) : []
    t.member('retention/removes-mail-with-account').expect('mail from before', found, holdsExactly())
  },
})

async function openInbox(t: CheckContext, account: { address: string; password: string }): Promise<ImapClient> {
  const client = await t.imap(account)
  t.control('INBOX is opened', (await client.select('INBOX')).reply, imapOk, { coveredBy: 'imap/selects-inbox' })
  return client
}

/** The minted messages in the open mailbox. */
async function contents(client: ImapClient) {
  await client.noop()
  const { messages } = await client.uidFetch('1:*', '(UID BODY.PEEK[])')
  return messages.map(({ sections }) => ({ messageId: messageIdOf(sections.get('') ?? new Uint8Array()) ?? '' }))
}
