// Many messages: what is lost or doubled once in a hundred shows only here, and so does their order.
import { batch, observation } from '../../harness/check/define.ts'
import { accepted, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import type { BatchContext, CheckMeta } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import { rateUpperBound } from '../../harness/result/statistics.ts'
import { letPass } from './scene.ts'

const senders = 10
const rounds = 2
/** What any relay takes from one account at once. */
const perRound = 10
const total = senders * rounds * perRound

const neverLoses: CheckMeta = {
  id: 'delivery/never-loses',
  requirement: 'delivery.never-loses',
  title: `loses none of ${total} messages`,
  profile: 'full',
}

const neverDuplicates: CheckMeta = {
  id: 'delivery/never-duplicates',
  requirement: 'delivery.never-duplicates',
  title: `delivers none of ${total} messages twice`,
  profile: 'full',
}

export const manyMessages = batch({
  id: 'delivery/many-messages',
  needs: { accounts: senders + 1, messages: total / 2, cost: 'bulk', deadline: 240_000 },
  members: [neverLoses, neverDuplicates],
  async run(t) {
    const [reader, ...writers] = await t.accounts(senders + 1)
    if (!reader) throw new Error('nobody to read')
    const sent: Mail[] = []
    for (let round = 0; round < rounds; round++) {
      // Their allowance has to grow first, at one message a second: earlier checks or rounds may have used it.
      await letPass(t, perRound * 1_000)
      const batches = await Promise.all(writers.map((writer) => sendRound(t, writer, reader)))
      sent.push(...batches.flat())
    }
    const counts = new Map<string, number>()
    const look = async () => {
      counts.clear()
      for (const { messageId } of await readAll(t, reader)) counts.set(messageId, (counts.get(messageId) ?? 0) + 1)
      return sent.filter(({ messageId }) => !counts.has(messageId)).length
    }
    const { arrival } = t.host.timing
    const until = t.now() + arrival
    // Nothing is a loss before the store has been asked over a fresh session: t.eventually does that for all members.
    const settled = satisfies<number>('an answer', (missing) => missing === 0 || t.now() >= until, String)
    const missing = await t.eventually('the reader looks for all of them', look, settled, {
      control: true,
      within: arrival,
    })
    t.note(
      `${missing} of ${total} lost: at most ${(rateUpperBound(missing, total) * 100).toFixed(1)} % at 95 % confidence`,
    )
    t.member(neverLoses.id).expect('messages lost', missing, none)
    const doubled = [...counts.values()].filter((count) => count > 1).length
    t.member(neverDuplicates.id).expect('messages delivered more than once', doubled, none)
  },
})

/** Until one more look shows nothing new: a server that gives a part of what is fetched has lost nothing. */
async function readAll(t: BatchContext, reader: Account) {
  let [known, there] = [-1, await t.inbox(reader).minted()]
  while (there.length > known) [known, there] = [there.length, await t.inbox(reader).minted()]
  return there
}

async function sendRound(t: BatchContext, writer: Account, reader: Account): Promise<readonly Mail[]> {
  const smtp = await t.submission(writer)
  const sent: Mail[] = []
  for (let n = 0; n < perRound; n++) {
    const mail = await t.mail.encrypted(writer, reader)
    t.control('each message is accepted', await smtp.send(mail), accepted)
    sent.push(mail)
  }
  return sent
}

const none: Matcher<number> = satisfies('none', (count) => count === 0, String)

/** SMTP promises no order, and queues do not keep it; Delta Chat sorts by the time of sending. */
export const messagesOutOfOrder = observation({
  id: 'delivery/messages-out-of-order',
  requirement: 'delivery.keeps-order',
  title: 'messages out of order among eight sent in a row',
  profile: 'list',
  // Alone: a server that swaps messages may swap them with those of another check.
  needs: { accounts: 2, messages: 8, alone: true },
  async run(t) {
    const [alice, bob] = await t.accounts(2)
    const smtp = await t.submission(alice)
    const mails: Mail[] = []
    for (let n = 0; n < 8; n++) mails.push(await t.mail.encrypted(alice, bob))
    const sent: string[] = []
    for (const mail of mails) {
      if ((await smtp.send(mail)).accepted) sent.push(mail.messageId)
    }
    const ids = async () => (await t.inbox(bob).minted()).map(({ messageId }) => messageId)
    const complete = satisfies<readonly string[]>('all of them', (got) => sent.every((id) => got.includes(id)))
    const got = await t.eventually('all arrive', ids, complete, { control: true })
    const places = got.map((id) => sent.indexOf(id))
    t.observe(places.filter((place, at) => at > 0 && place < Math.max(...places.slice(0, at))).length)
  },
})
