// Deletion by age without waiting for weeks: mail with dates in the past, planted by one run and looked after by the next. Where
// the host's clean-up can be run, one run is enough.
import { batch } from '../../harness/check/define.ts'
import { equals } from '../../harness/check/matchers.ts'
import type { BatchContext, CheckMeta } from '../../harness/check/types.ts'
import type { PlantedMessage, PlantedRound } from '../../harness/host/plot.ts'
import { graceMs, type Judgement, judgeDeletion, judgeKeeping, windowOf, windowText } from './judge-planted.ts'
import { bounded, lookAt, markOf, openPlot, plantRound, timeOfHost } from './plot.ts'
import { day, type Planting, runExpiry } from './scene.ts'

/** Random octets, more than 200 kB however a server stores them. */
const largeSize = 400_000
/** When a policy keeps mail for good, so much of it is looked at. */
const someDays = 20

/** Said where mail stays: an operator must know what it was held against. */
const countsByDate =
  'judged by INTERNALDATE, as deployed relays count; a server that counts from the day of filing looks the same'

const deletes: CheckMeta = {
  id: 'retention/deletes-backdated-mail',
  requirement: 'retention.deletes-old-mail',
  title: 'deletes mail with a date from before the promised days',
  profile: 'list',
}
const deletesElsewhere: CheckMeta = {
  id: 'retention/deletes-backdated-mail-in-every-mailbox',
  requirement: 'retention.deletes-mail-in-every-mailbox',
  title: 'deletes such mail in other mailboxes than INBOX',
  profile: 'list',
}
const keeps: CheckMeta = {
  id: 'retention/keeps-backdated-mail',
  requirement: 'retention.keeps-mail-until-then',
  title: 'keeps mail with a date within the promised days',
  profile: 'list',
}
const deletesLarge: CheckMeta = {
  id: 'retention/deletes-backdated-large-mail-sooner',
  requirement: 'retention.deletes-large-mail-sooner',
  title: 'deletes large mail with a date from before its own days',
  profile: 'list',
}
const keepsLarge: CheckMeta = {
  id: 'retention/keeps-backdated-large-mail',
  requirement: 'retention.keeps-large-mail-until-then',
  title: 'keeps large mail with a date within its own days',
  profile: 'list',
}
const staysFor: CheckMeta = {
  id: 'retention/mail-stays-for',
  requirement: 'retention.deletes-old-mail',
  title: 'how long mail stays, by mail with dates in the past',
  profile: 'list',
  observes: true,
}

export const plantedMail = batch({
  id: 'retention/planted-mail',
  // Alone, because the clean-up is that of all accounts.
  needs: { creates: 1, alone: true, deadline: 120_000 },
  members: [deletes, deletesElsewhere, keeps, deletesLarge, keepsLarge, staysFor],
  async run(t, chosen) {
    const { plot, powers } = t.host
    if (plot === undefined && powers.expire === undefined) {
      for (const { id } of chosen) t.member(id).leave('later', 'nothing is kept here for a later run')
      return
    }
    const opened = await openPlot(t, await plot?.load())
    const { account } = opened
    let now = await timeOfHost(t, account)
    const latest = opened.rounds.at(-1)?.planted ?? 0
    if (now < latest) t.inconclusive('the clock of the host, by its INTERNALDATEs, went backwards')
    let rounds = await lookAt(t, account, opened.rounds, { now, jobRan: false })
    const newest = rounds.at(-1)
    if (newest === undefined || now - newest.planted >= day) {
      rounds = await bounded(t, account, [...rounds, await plantRound(t, account, plantings(t), now)])
    }
    if (powers.expire !== undefined) {
      await runExpiry(t)
      now = await timeOfHost(t, account)
      rounds = await lookAt(t, account, rounds, { now, jobRan: true })
    }
    await using client = await t.imap(account)
    await plot?.save({ account, ...(await markOf(t, client)), rounds })
    judge(t, rounds, powers.expire !== undefined)
  },
})

/** Two days beyond the promise, a day and half of it before. Large mail by its own days, and of today: these are over soon. */
function plantings(t: BatchContext): readonly (Planting & Pick<PlantedMessage, 'kind'>)[] {
  const days = promised(t) ?? someDays
  const large = promisedLarge(t)
  const read = true
  const all: (Planting & Pick<PlantedMessage, 'kind'>)[] = [
    { kind: 'old', age: days * day + graceMs, read },
    { kind: 'old-elsewhere', age: days * day + graceMs, read },
    { kind: 'young', age: (days - 1) * day, read },
    { kind: 'young', age: (days / 2) * day, read },
  ]
  if (large !== undefined) {
    all.push({ kind: 'large-old', age: large * day + graceMs, read, size: largeSize })
    all.push({ kind: 'large-young', age: (large - 1) * day, read, size: largeSize })
    all.push({ kind: 'large-young', age: 0, read, size: largeSize })
  }
  return all.filter(({ age }) => age >= 0)
}

function judge(t: BatchContext, rounds: readonly PlantedRound[], ranNow: boolean): void {
  const [days, large] = [promised(t), promisedLarge(t)]
  const later = laterReason(rounds)
  const decide = (id: string, wanted: 'gone' | 'still there', kind: PlantedMessage['kind'], got: Judgement) => {
    const member = t.member(id)
    if (got === undefined) return member.leave('later', later)
    const size = kind.startsWith('large') ? 'large ' : ''
    member.expect(`${size}mail that is ${got.ageDays} days old by its date`, got.what, equals(wanted))
    if (got.what === wanted) return
    for (const line of storyOf(rounds, kind)) member.note(line)
    if (wanted === 'gone') member.note(countsByDate)
  }

  const gone = days === undefined ? undefined : judgeDeletion(rounds, 'old', days, ranNow)
  if (days === undefined) {
    for (const { id } of [deletes, deletesElsewhere])
      t.member(id).leave('unsupported', 'the policy keeps mail for good')
  } else {
    decide(deletes.id, 'gone', 'old', gone)
    const away = judgeDeletion(rounds, 'old-elsewhere', days, ranNow)
    if (!rounds.some(({ messages }) => messages.some(({ kind }) => kind === 'old-elsewhere'))) {
      t.member(deletesElsewhere.id).leave('unsupported', 'the host makes no other mailbox')
    } else if (away?.what === 'still there' && gone?.what !== 'gone') {
      t.member(deletesElsewhere.id).leave('undecided', 'such mail stays in INBOX, too')
    } else decide(deletesElsewhere.id, 'gone', 'old-elsewhere', away)
  }
  decide(keeps.id, 'still there', 'young', judgeKeeping(rounds, 'young', days ?? Number.POSITIVE_INFINITY))

  if (large === undefined) {
    const reason = 'the policy knows no other days for large mail'
    for (const { id } of [deletesLarge, keepsLarge]) t.member(id).leave('unsupported', reason)
  } else {
    decide(deletesLarge.id, 'gone', 'large-old', judgeDeletion(rounds, 'large-old', large, ranNow))
    decide(keepsLarge.id, 'still there', 'large-young', judgeKeeping(rounds, 'large-young', large))
  }

  const window = windowOf(rounds)
  if (window.from === undefined && window.to === undefined) return
  const words = [
    ...(window.to === undefined ? [] : [`gone at ${window.to} d`]),
    ...(window.from === undefined ? [] : [`still there at ${window.from} d`]),
  ]
  t.note(`${words.join(', ')}: mail stays for ${windowText(window)}, promised ${days ?? 'for good'}`)
  t.member(staysFor.id).observe(windowText(window))
}

/** What there is to see of these messages; the wire shows only that they were asked for. */
function storyOf(rounds: readonly PlantedRound[], kind: PlantedMessage['kind']): readonly string[] {
  return rounds.flatMap(({ planted, messages }) =>
    messages
      .filter((message) => message.kind === kind)
      .map(({ mailbox, uid, date, seen, gone }) => {
        const now = gone !== undefined ? `gone on ${minuteOf(gone)}` : `there on ${minuteOf(seen ?? planted)}`
        return `UID ${uid} of ${mailbox}, dated ${minuteOf(date)}, filed on ${minuteOf(planted)}: ${now}`
      }),
  )
}

function minuteOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function laterReason(rounds: readonly PlantedRound[]): string {
  const planted = rounds.at(-1)?.planted ?? 0
  return `old mail is planted: run again after 2 days (from ${minuteOf(planted + graceMs)}) to know`
}

function promised(t: BatchContext): number | undefined {
  const { value } = t.host.policy.retentionDays
  return value === 0 ? undefined : value
}

/** Undefined where large mail goes with other mail, or so soon before it that the two cannot be told apart. */
function promisedLarge(t: BatchContext): number | undefined {
  const { value } = t.host.policy.largeRetentionDays
  const days = promised(t)
  if (value === 0 || (days !== undefined && value * day + graceMs >= days * day)) return undefined
  return value
}
