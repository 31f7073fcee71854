// How long a message takes from its sender's MAIL to its reader's device, one message at a time, on one clock, and how much
// of it passes before the device is told. Sequential: 20 messages, then more as long as they do not decide on which side of
// the limit the 95th percentile lies.
import { batch } from '../../harness/check/define.ts'
import { accepted, type Matcher, satisfies } from '../../harness/check/matchers.ts'
import { BudgetSpent } from '../../harness/check/signals.ts'
import type { Submission } from '../../harness/check/submission.ts'
import type { CheckContext, CheckMeta } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import { againstLimit, type LimitVerdict, percentile } from '../../harness/result/statistics.ts'
import { diagnose } from '../../harness/timeline/diagnose.ts'
import { timeMessage, type Watcher } from '../../harness/timeline/time-message.ts'
import { networkRoundTrip, type Timeline } from '../../harness/timeline/timeline.ts'
import { watch } from './scene.ts'
import { measureSpeed, shareOf, totalOf } from './speed-figures.ts'

const limitMs = 1_000
const noticeMs = 300
const batchSize = 20
const mostMessages = 60
/** The middle one says how soon devices are told. */
const enoughForNotice = 7
/** Later than this is late, however much later. */
const patienceMs = 2 * limitMs
/** So many of the first 20 beyond the limit decide, whatever the others do. */
const hopeless = 5

interface Station {
  readonly account: Account
  readonly smtp: Submission
  watcher: Watcher
}

const arrives: CheckMeta = {
  id: 'delivery/arrives-under-a-second',
  requirement: 'delivery.arrives-under-a-second',
  title: 'brings a message to an idle device in under a second',
  needs: { messages: batchSize },
}

const notifies: CheckMeta = {
  id: 'delivery/notifies-at-once',
  requirement: 'delivery.notifies-at-once',
  title: 'tells an idle device of a message as soon as it is there',
  // Those of the other member.
  needs: { messages: 0 },
}

export const deliverySpeed = batch({
  id: 'delivery/speed',
  needs: { accounts: 2, deadline: 120_000, alone: true, ordinaryAccounts: true },
  members: [arrives, notifies],
  async run(t, selected) {
    const judged = (member: CheckMeta) => selected.some(({ id }) => id === member.id)
    // What is said on the wire is the evidence of the first one; the other one judges the same messages.
    if (selected[0]) t.member(selected[0].id)
    const accounts = await t.accounts(2)
    const stations: Station[] = []
    for (const account of accounts) {
      stations.push({ account, smtp: await t.submission(account), watcher: await watch(t, account) })
    }
    const sessions = stations.map(({ smtp, watcher }) => ({
      stages: smtp.client.stages,
      reader: watcher.client.stages,
    }))
    const roundTrip = networkRoundTrip(
      stations.flatMap(({ smtp, watcher }) => [smtp.client.times.tcp, watcher.client.times.tcp]),
    )
    const messages: Timeline[] = []
    const wanted = judged(arrives) ? batchSize : enoughForNotice
    let verdict: LimitVerdict
    do {
      const within = await takeBatch(t, stations, messages, wanted, roundTrip)
      verdict = againstLimit(
        messages.map((message) => totalOf(message, roundTrip) ?? Number.POSITIVE_INFINITY),
        95,
        limitMs,
      )
      if (!within) break
    } while (judged(arrives) && verdict.side === 'near' && messages.length < mostMessages)

    const network = { sender: roundTrip, reader: roundTrip }
    const { advice } = diagnose([...messages, ...sessions], network)
    // A second try for the notices alone leaves the figures of the first.
    if (judged(arrives)) measureSpeed(t, messages, sessions, roundTrip)
    t.note(
      `${messages.length} messages, one at a time; the network, ${roundTrip.toFixed(1)} ms there and back, taken out`,
    )
    for (const { stage, text, fix } of advice)
      t.member(stage === 'notify' ? notifies.id : arrives.id).note(`${text}. ${fix.any ?? ''}`)
    if (judged(arrives)) {
      const untold = messages.filter((message) => totalOf(message, roundTrip) === null).length
      const shown = { ...verdict, count: messages.length, untold, roundTrip }
      t.member(arrives.id).expect('95 of 100 messages arrive in time, network not counted', shown, wholly, {
        tolerate: nearly,
      })
    }
    if (judged(notifies)) {
      const notices = messages.map((message) => shareOf(message, 'notify', roundTrip) ?? Number.POSITIVE_INFINITY)
      const halfASecond = advice.some(({ id }) => id === 'dovecot-notify-delay')
      const notice = { ms: percentile(notices, 50), halfASecond }
      t.member(notifies.id).expect('from 250 to the notice, the middle one', notice, atOnce, { tolerate: asDovecot })
    }
  },
})

/** Sends up to `wanted` more; false when the budget or all hope is gone. */
async function takeBatch(
  t: CheckContext,
  stations: readonly Station[],
  messages: Timeline[],
  wanted: number,
  roundTrip: number,
) {
  const until = messages.length + wanted
  while (messages.length < until) {
    const at = messages.length % stations.length
    // Both ways: every account sends every second message, so that twenty fit into the burst that relays allow.
    const [sender, receiver] = [stations[at], stations[at ^ 1]]
    if (!sender || !receiver) throw new Error('the stations come in pairs')
    await keepPace(t, messages.length, stations.length)
    try {
      messages.push(await timeOne(t, sender, receiver))
    } catch (error) {
      if (error instanceof BudgetSpent && messages.length >= wanted) return false
      throw error
    }
    const late = messages.map((message) => totalOf(message, roundTrip)).filter((ms) => ms === null || ms > limitMs)
    if (late.length >= hopeless && until === wanted) return false
  }
  return true
}

/** A burst of each account; after that, as many a minute as the host allows. */
async function keepPace(t: CheckContext, sent: number, senders: number): Promise<void> {
  const { sendPerMinute, sendBurst } = t.host.policy
  if (sendPerMinute.value > 0 && sent >= senders * Math.min(batchSize / senders, sendBurst.value)) {
    await t.pause(60_000 / sendPerMinute.value / senders)
  }
}

async function timeOne(t: CheckContext, sender: Station, receiver: Station): Promise<Timeline> {
  const mail = await t.mail.encrypted(sender.account, receiver.account)
  const send = () => sender.smtp.send(mail)
  const { outcome, stages, watcher } = await timeMessage(send, receiver.watcher, mail.messageId, patienceMs)
  t.control('each message is accepted', outcome, accepted)
  receiver.watcher = watcher
  return { stages, reader: [] }
}

/** `untold`: messages that a waiting session never heard of. */
type Shown = LimitVerdict & { readonly count: number; readonly untold: number; readonly roundTrip: number }

const wholly: Matcher<Shown> = satisfies(
  `a 95th percentile that is surely at most ${limitMs} ms`,
  ({ side }) => side === 'below',
  showVerdict,
)

const nearly: Matcher<Shown> = satisfies(
  `one so near to ${limitMs} ms that the samples do not decide`,
  ({ side }) => side === 'near',
  showVerdict,
)

interface Notice {
  readonly ms: number
  /** With the little spread of a delay that is built in. */
  readonly halfASecond: boolean
}

const atOnce: Matcher<Notice> = satisfies(`at most ${noticeMs} ms`, ({ ms }) => ms <= noticeMs, showNotice)

const asDovecot: Matcher<Notice> = satisfies(
  'the half second that a Dovecot as it is distributed waits',
  ({ halfASecond }) => halfASecond,
  showNotice,
)

function showNotice({ ms, halfASecond }: Notice): string {
  const time = Number.isFinite(ms) ? `${Math.round(ms)} ms` : 'no notice'
  return halfASecond
    ? `${time}, each time: Dovecot as it is distributed waits 500 ms before it tells idle sessions`
    : time
}

function showVerdict({ value, interval, count, untold, roundTrip }: Shown): string {
  const ms = (amount: number) => (Number.isFinite(amount) ? `${Math.round(amount)} ms` : 'never')
  const missing = untold === 0 ? '' : `, of ${untold} of them no notice within ${patienceMs / 1_000} s`
  return `p95 ${ms(value)} (95 % interval ${ms(interval.low)} to ${ms(interval.high)}), ${count} messages${missing}, network ${roundTrip.toFixed(1)} ms`
}
