// Checks of mailboxes that fill up: one message, copied until the mailbox is nearly full, and what is left a day later.
import { batch } from '../../harness/check/define.ts'
import { atLeast, atMost, imapOk, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { numbers } from '../imap/expectations.ts'
import { requireCapability } from '../imap/scene.ts'
import { hour, passes, runExpiry } from './scene.ts'

/** Percent of the quota: relays act at 75, the apps warn at 80. */
const crowded = 76
const filledTo = 78
/** A mailbox takes so many copies. */
const copies = 128
/** KiB: a larger one is not worth the traffic and the disk. */
const largestQuota = 2 * 1024 * 1024

export const crowdedMailbox = batch({
  id: 'retention/crowded-mailbox',
  needs: {
    powers: ['clock', 'expire'],
    accounts: 1,
    cost: 'bulk',
    risky: true,
    deadline: 120_000,
  },
  members: [
    {
      id: 'retention/makes-room',
      requirement: 'retention.makes-room',
      title: 'makes room in a mailbox that is nearly full',
      profile: 'full',
    },
    {
      id: 'retention/removes-oldest-first',
      requirement: 'retention.removes-oldest-first',
      title: 'makes room by the oldest mail',
      profile: 'full',
    },
    {
      id: 'retention/spares-new-mail',
      requirement: 'retention.spares-new-mail',
      title: 'takes nothing that came today to make room',
      profile: 'full',
    },
  ],
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    await requireCapability(t, client, 'QUOTA')
    const { limit } = await storage(t, client)
    if (limit === 0) t.unsupported('there is no limit of STORAGE')
    if (limit > largestQuota) t.inconclusive(`filling ${Math.round(limit / 1024)} MiB is too much for a check`)
    const selected = await client.select('INBOX')
    t.control('INBOX is opened', selected.reply, imapOk, { coveredBy: 'imap/selects-inbox' })
    // Not by UIDNEXT, which is another check's matter.
    const newestBefore = (await uids(client, 1)).at(-1) ?? 0
    // Base64 makes three octets four.
    const mail = await t.mail.encrypted(account, account, { size: Math.floor(((limit * 1024) / copies) * 0.7) })
    t.control('a message is filed by APPEND', await client.append('INBOX', mail.bytes), imapOk)
    const [first = 0] = await uids(client, newestBefore + 1)
    t.control('it is there', first, atLeast(newestBefore + 1))
    await fill(t, client, first, limit)
    await runExpiry(t)
    const all = await uids(client, first)
    const newest = all.at(-1) ?? 0
    const expected = Array.from({ length: newest - first + 1 }, (_, at) => first + at)
    if (all.length === expected.length) {
      const full = percent(await storage(t, client))
      t.control('percent of STORAGE used', full, atLeast(crowded), { coveredBy: 'imap/counts-quota' })
    }
    t.member('retention/spares-new-mail').expect('the messages, all of today', all, numbers(...expected))

    await client[Symbol.asyncDispose]()
    await passes(t, 25 * hour)
    await runExpiry(t)
    const later = await t.imap(account)
    t.control('INBOX is opened a day later', (await later.select('INBOX')).reply, imapOk)
    const after = await storage(t, later)
    t.member('retention/makes-room').expect('percent of STORAGE used', percent(after), atMost(crowded - 1))
    const left = await uids(later, first)
    t.member('retention/removes-oldest-first').expect(
      'the messages that are left',
      left,
      satisfies(
        `the newest ones, up to ${newest}`,
        (got) => got.at(-1) === newest && got.length === newest - (got[0] ?? 0) + 1,
        (got) => (got.length === 0 ? 'none' : `${got.length} from ${got[0]} to ${got.at(-1)}`),
      ),
    )
  },
})

/** Copies within the server cost no traffic. Each round at most doubles what is there. */
async function fill(t: CheckContext, client: ImapClient, first: number, limit: number): Promise<void> {
  const each = Math.max(1, (await storage(t, client)).usage)
  const wanted = Math.min(copies, Math.ceil((limit * filledTo) / 100 / each))
  for (let made = 1; made < wanted; ) {
    const there = await uids(client, first)
    // The newest ones: a server that makes room at once may have taken the others.
    const some = there.slice(-(wanted - made))
    t.control('a message is there to be copied', some.length, atLeast(1))
    const reply = await client.uidCopy(`${some[0]}:${some.at(-1)}`, 'INBOX')
    t.control(`${some.length} messages are copied`, reply, imapOk, { coveredBy: 'imap/copies-messages' })
    made += some.length
  }
}

async function uids(client: ImapClient, first: number): Promise<readonly number[]> {
  await client.noop()
  const { messages } = await client.uidFetch(`${first}:*`, '(UID)')
  return messages
    .map(({ uid = 0 }) => uid)
    .filter((uid) => uid >= first)
    .sort((a, b) => a - b)
}

/** KiB. */
async function storage(t: CheckContext, client: ImapClient): Promise<{ usage: number; limit: number }> {
  const { reply, resources } = await client.quotaRoot('INBOX')
  t.control('GETQUOTAROOT "INBOX"', reply, imapOk, { coveredBy: 'imap/shows-quota' })
  return resources.find(({ name }) => name === 'STORAGE') ?? { usage: 0, limit: 0 }
}

function percent({ usage, limit }: { usage: number; limit: number }): number {
  return Math.round((usage / limit) * 1000) / 10
}
