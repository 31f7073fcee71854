// Checks of what a mailbox holds and how many may look at it at once.
import { check } from '../../harness/check/define.ts'
import { atLeast, attempt, imapOk, satisfies } from '../../harness/check/matchers.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { ImapClient } from '../../harness/clients/imap.ts'
import { WireError } from '../../harness/host/wire-error.ts'
import { refusal } from '../imap/expectations.ts'
import { converse, requireCapability } from '../imap/scene.ts'

/** KiB; servers and people differ about what a megabyte is. */
const hundredMegabytes = Math.floor(100_000_000 / 1024)

const givesHundredMegabytes = check({
  id: 'limits/gives-hundred-megabytes',
  requirement: 'limits.gives-hundred-megabytes',
  title: 'gives each user room for 100 MB',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const limit = await storageLimit(t, await t.imap(account))
    t.expect('KiB of STORAGE allowed', limit, atLeast(hundredMegabytes))
  },
})

const refusesAppendThatCannotFit = check({
  id: 'limits/refuses-append-that-cannot-fit',
  requirement: 'limits.refuses-append-that-cannot-fit',
  title: 'refuses an APPEND larger than the mailbox, unseen',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const client = await t.imap(account)
    const limit = await storageLimit(t, client)
    const octets = (limit + 1) * 1024
    // The octets never follow: a server that asks for them is left alone.
    const answer = await converse(t, client, 'big1', `big1 APPEND INBOX {${octets}}\r\n`)
    client.close()
    t.expect(`APPEND of ${octets} octets`, answer, refusal)
  },
})

const sessions = 5

const holdsFiveSessions = check({
  id: 'limits/holds-five-sessions',
  requirement: 'limits.holds-five-sessions',
  title: 'holds five sessions of an account at once',
  profile: 'list',
  needs: { accounts: 1 },
  async run(t) {
    const [account] = await t.accounts(1)
    const open: ImapClient[] = [await t.imap(account)]
    for (let n = 1; n < sessions; n++) {
      const client = await t.imap()
      const login = await attempt(client.login(account.address, account.password))
      if (!(login instanceof WireError) && login.status === 'OK') open.push(client)
    }
    let answering = 0
    for (const client of open) {
      const reply = await attempt(client.select('INBOX').then((selected) => selected.reply))
      if (imapOk.matches(reply)) answering += 1
    }
    t.expect(
      'sessions that open INBOX at once',
      answering,
      satisfies(`all ${sessions}`, (got) => got === sessions, String),
    )
  },
})

const accounts = 4

const holdsTwentyConnections = check({
  id: 'limits/holds-twenty-connections',
  requirement: 'limits.holds-twenty-connections',
  title: 'holds twenty sessions from one address, five of each of four accounts',
  profile: 'full',
  // Some allow an account no more than ten sessions from one address.
  needs: { accounts, alone: true },
  async run(t) {
    const wanted = accounts * sessions
    const open: ImapClient[] = []
    for (const account of await t.accounts(accounts)) {
      for (let n = 0; n < sessions; n++) {
        const client = await attempt(t.imap())
        // Silence may be the path's doing; a greeting that says no, or a hang-up, is an answer.
        if (client instanceof WireError && (client.code === 'timeout' || client.code === 'unreachable')) throw client
        if (client instanceof WireError) continue
        const login = await attempt(client.login(account.address, account.password))
        if (!(login instanceof WireError) && login.status === 'OK') open.push(client)
      }
    }
    const replies = await Promise.all(open.map((client) => attempt(client.noop())))
    const answering = replies.filter((reply) => imapOk.matches(reply)).length
    t.expect(
      'sessions that answer NOOP at once',
      answering,
      satisfies(`all ${wanted}`, (got) => got === wanted, String),
    )
  },
})

/** KiB; ends the check as unsupported where nothing is limited, or nothing told. */
async function storageLimit(t: CheckContext, client: ImapClient): Promise<number> {
  await requireCapability(t, client, 'QUOTA')
  const { reply, resources } = await client.quotaRoot('INBOX')
  t.control('GETQUOTAROOT "INBOX"', reply, imapOk, { coveredBy: 'imap/shows-quota' })
  const limit = resources.find(({ name }) => name === 'STORAGE')?.limit ?? 0
  if (limit === 0) t.unsupported('no limit of STORAGE is told')
  return limit
}

export const mailboxChecks = [
  givesHundredMegabytes,
  refusesAppendThatCannotFit,
  holdsFiveSessions,
  holdsTwentyConnections,
]
