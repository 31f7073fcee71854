// Deletion by age without waiting for weeks: mail with dates in the past, planted by one run and looked after by the next. Where
// the host's clean-up can be run, one run is enough.
import { batch } from '../../harness/check/define.ts'
import { equals } from '../../harness/check/matchers.ts'
import type { BatchContext, CheckMeta } from '../../harness/check/types.ts'
import type { PlantedMessage, PlantedRound } from '../../harness/host/plot.ts'
import {
  graceMs,
  isRoundDue,
  type Judgement,
  judgeDeletion,
  judgeKeeping,
  windowOf,
  windowText,
} from './judge-planted.ts'
import { bounded, lookAt, markOf, openPlot, plantRound, timeOfHost } from './plot.ts'
import { day, type Planting, passes, runExpiry, stays } from './scene.ts'

/** Random octets, more than 200 kB however a server stores them. */
const largeSize = 400_000
/** When a policy keeps mail for good, so much of it is looked at. */
const someDays = 20

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
    if (isRoundDue(rounds, promised(t) ?? someDays, now)) {
      rounds = await bounded(t, account, [...rounds, await plantRound(t, account, plantings(t), now)])
    }
    if (powers.expire !== undefined) {
      await runExpiry(t)
      now = await timeOfHost(t, account)
      rounds = await lookAt(t, account, rounds, { now, jobRan: true })
      const open = duties(t).filter(
        ({ kinds, days }) => isPlanted(rounds, kinds) && judgeDeletion(rounds, kinds, days) === undefined,
      )
      if (open.length > 0 && powers.clock !== undefined) {
        await passes(t, Math.max(...open.map(({ days }) => days)) * day + graceMs)
        await runExpiry(t)
        rounds = await lookAt(t, account, rounds, { now: await timeOfHost(t, account), jobRan: true })
      }
    }
    await using client = await t.imap(account)
    await plot?.save({ account, ...(await markOf(t, client)), rounds })
    judge(t, rounds)
  },
})

interface Duty {
  readonly id: string
  /** What must go: mail of other dates, too, once it is old by both counts. */
  readonly kinds: readonly PlantedMessage['kind'][]
  readonly days: number
}

/** What must be deleted after how many days. */
function duties(t: BatchContext): readonly Duty[] {
  const [days, large] = [promised(t), promisedLarge(t)]
  return [
    ...(days === undefined ? [] : [{ id: deletes.id, kinds: ['old', 'young'] as const, days }]),
    ...(days === undefined ? [] : [{ id: deletesElsewhere.id, kinds: ['old-elsewhere'] as const, days }]),
    ...(large === undefined
      ? []
      : [{ id: deletesLarge.id, kinds: ['large-old', 'large-young'] as const, days: large }]),
  ]
}

/** Two days beyond the promise, a day and half of it before, and of today. Large mail by its own days. */
function plantings(t: BatchContext): readonly (Planting & Pick<PlantedMessage, 'kind'>)[] {
  const days = promised(t) ?? someDays
  const large = promisedLarge(t)
  const read = true
  const all: (Planting & Pick<PlantedMessage, 'kind'>)[] = [
    { kind: 'old', age: days * day + graceMs, read },
    { kind: 'old-elsewhere', age: days * day + graceMs, read },
    { kind: 'young', age: (days - 1) * day, read },
    { kind: 'young', age: (days / 2) * day, read },
    { kind: 'young', age: 0, read },
  ]
  if (large !== undefined) {
    all.push({ kind: 'large-old', age: large * day + graceMs, read, size: largeSize })
    all.push({ kind: 'large-young', age: (large - 1) * day, read, size: largeSize })
    all.push({ kind: 'large-young', age: 0, read, size: largeSize })
  }
  return all.filter(({ age }) => age >= 0)
}

function judge(t: BatchContext, rounds: readonly PlantedRound[]): void {
  const [days, large] = [promised(t), promisedLarge(t)]
  const decide = (id: string, wanted: 'gone' | 'still there', kinds: Duty['kinds'], got: Judgement, later: string) => {
    const member = t.member(id)
    if (got === undefined) return member.leave('later', later)
    const size = kinds.some((kind) => kind.startsWith('large')) ? 'large ' : ''
    const age = `${got.ageDays} days old by its date and was filed ${got.filedDays} days ago`
    member.expect(`${size}mail that is ${age}`, got.what, equals(wanted))
    if (got.what !== wanted) for (const line of storyOf(rounds, kinds)) member.note(line)
  }

  const gone = days === undefined ? undefined : judgeDeletion(rounds, ['old', 'young'], days)
  for (const duty of duties(t)) {
    const { id, kinds } = duty
    const got = judgeDeletion(rounds, kinds, duty.days)
    const later = laterReason(rounds, duty)
    if (id !== deletesElsewhere.id) decide(id, 'gone', kinds, got, later)
    else if (!isPlanted(rounds, kinds)) t.member(id).leave('unsupported', 'the host makes no other mailbox')
    else if (got?.what === 'still there' && gone?.what !== 'gone') {
      t.member(id).leave('undecided', 'such mail stays in INBOX, too')
    } else decide(id, 'gone', kinds, got, later)
  }
  const soon = laterReason(rounds)
  decide(keeps.id, 'still there', ['young'], judgeKeeping(rounds, 'young', days ?? Number.POSITIVE_INFINITY), soon)
  if (large !== undefined) {
    decide(keepsLarge.id, 'still there', ['large-young'], judgeKeeping(rounds, 'large-young', large), soon)
  }

  const forGood = 'the policy keeps mail for good'
  const likeOthers = 'the policy knows no other days for large mail'
  if (days === undefined) for (const { id } of [deletes, deletesElsewhere]) t.member(id).leave('unsupported', forGood)
  if (large === undefined)
    for (const { id } of [deletesLarge, keepsLarge]) t.member(id).leave('unsupported', likeOthers)

  const window = windowOf(rounds)
  if (window === undefined) return
  t.note(`mail stays for ${windowText(window)}, promised ${days ?? 'for good'}`)
  t.member(staysFor.id).observe(windowText(window))
}

function isPlanted(rounds: readonly PlantedRound[], kinds: Duty['kinds']): boolean {
  return rounds.some(({ messages }) => messages.some(({ kind }) => kinds.includes(kind)))
}

/** What there is to see of these messages; the wire shows only that they were asked for. */
function storyOf(rounds: readonly PlantedRound[], kinds: Duty['kinds']): readonly string[] {
  return rounds.flatMap(({ planted, messages }) =>
    messages
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ mailbox, messageId, date, seen, gone }) => {
        const now = gone !== undefined ? `gone on ${minuteOf(gone)}` : `there on ${minuteOf(seen ?? planted)}`
        return `${messageId} in ${mailbox}, dated ${minuteOf(date)}, filed on ${minuteOf(planted)}: ${now}`
      }),
  )
}

function minuteOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** When a later run will know: after a job; or, where jobs left mail with an old date, once it has been there for so long. */
function laterReason(rounds: readonly PlantedRound[], duty?: Duty): string {
  const left = rounds.find(({ planted, messages }) =>
    messages.some(({ kind, date, gone, spared }) => {
      const old = duty?.kinds.includes(kind) && planted - date >= duty.days * day
      return old && gone === undefined && spared !== undefined
    }),
  )
  if (duty !== undefined && left !== undefined) {
    return `${stays}: run again from ${minuteOf(left.planted + duty.days * day + graceMs)} on to know`
  }
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
