// A chat: one account writes, at a pace, to others that have their app open. What a scenario gets from `openPair` and `openGroup`.
import type { SmtpClient, SmtpOutcome } from '../../clients/smtp.ts'
import { isThrottling, isTurnedAway } from '../../clients/throttling.ts'
import { WireError } from '../../host/wire-error.ts'
import { timeNow } from '../thread/clock.ts'
import type { SessionUser } from '../thread/virtual-user.ts'
import type { Account, Chat, Return, SendOptions, Sent } from './api.ts'
import { countTraffic, openSubmission } from './connections.ts'
import { type Label, messageId, pooled, writeMessage } from './message.ts'
import { pauseUntil } from './pause.ts'
import { type Mailbox, Receiver } from './receiver.ts'
import type { ThreadState } from './thread-state.ts'

/** Inboxes that one chat opens at the same time. */
const atOnce = 4

/** What a virtual user has, from session to session. */
export interface Correspondence {
  readonly mailboxes: readonly Mailbox[]
  /** Of the next message. */
  number: number
}

export interface ChatOptions {
  readonly from: Mailbox
  /** Next to each other among the accounts of the run. */
  readonly to: readonly Mailbox[]
  /** Milliseconds from one message to the next. */
  readonly every: number
}

export async function openChat(
  vu: SessionUser,
  thread: ThreadState,
  correspondence: Correspondence,
  { from, to, every }: ChatOptions,
): Promise<Chat> {
  const { assets } = thread
  let receivers = await openAll(to, (mailbox) => Receiver.open(vu, thread, mailbox))
  let smtp: SmtpClient
  try {
    smtp = await openSubmission(vu, assets, from.account)
  } catch (error) {
    await closeAll(receivers)
    throw error
  }
  const date = `${new Date().toUTCString().replace('GMT', '+0000')}`
  const began = vu.due
  const signal = vu.iteration?.signal
  let sent = 0
  let accepted = 0

  /** What a server does with one message, whatever becomes of the session. */
  const submit = async (label: Label, readers: readonly Mailbox[], due: number): Promise<Sent> => {
    const body = pooled(assets, label)
    if (body === undefined) throw new Error(`send: prepare() was told of no attachment "${label.attachment}"`)
    const { number } = label
    const message = writeMessage({ from: from.account.address, date, messageId: messageId(assets.runId, label) }, body)
    const envelope = { from: from.account.address, to: readers.map(({ account }) => account.address) }
    let outcome: SmtpOutcome
    try {
      if (smtp.closed) smtp = await openSubmission(vu, assets, from.account)
      const now = timeNow()
      for (const { ledger } of readers) ledger.sent(number, due, now)
      outcome = await smtp.send({ envelope, bytes: message })
    } catch (error) {
      if (!(error instanceof WireError) || error.code === 'aborted') throw error
      if (isTurnedAway(error)) {
        // Who opened the session has counted it.
        thread.refused(error.message)
        return { accepted: false, limited: true, reason: error.message }
      }
      vu.add('smtp_submit_failed', 1)
      vu.add('delivery_failed', 1)
      return { accepted: false, limited: false, reason: error.message }
    }
    // Some of a group may have been refused, and the message accepted for the others.
    for (const [at, { ledger }] of readers.entries()) {
      const taken = outcome.accepted && isPositive(outcome.recipients[at]?.reply.code)
      if (taken) ledger.accepted(number)
      else ledger.refused(number)
    }
    const refused = outcome.recipients.find(({ reply }) => !isPositive(reply.code))?.reply
    if (outcome.accepted && refused === undefined) {
      accepted++
      vu.add('messages_sent', 1)
      vu.add('smtp_submit_duration', outcome.times.ended - outcome.times.started)
      vu.add('smtp_submit_failed', 0)
      return { accepted: true, limited: false }
    }
    if (outcome.error?.code === 'aborted') throw outcome.error
    const reply = outcome.accepted ? refused : outcome.reply
    const limited = reply !== undefined && isThrottling({ reply })
    if (limited) vu.add('limits_hit', 1)
    else {
      vu.add('smtp_submit_failed', 1)
      vu.add('delivery_failed', 1)
    }
    const reason = reply ? `${reply.code} ${reply.text}` : (outcome.error?.message ?? 'no reply')
    thread.refused(reason)
    return { accepted: false, limited, reason }
  }

  return {
    async send({ attachment, to: member }: SendOptions = {}) {
      const due = began + ++sent * every
      const isLate = due < timeNow()
      await pauseUntil(due, signal)
      const readers = member === undefined ? to : to.slice(member, member + 1)
      const [first] = readers
      const last = readers.at(-1)
      if (first === undefined || last === undefined) throw new Error(`send: there is no member ${member ?? 0}`)
      const label = { to: first.index, upTo: last.index, number: correspondence.number++ }
      vu.add('messages_due', 1)
      if (isLate) vu.recorder.wasDue(due)
      return submit(attachment === undefined ? label : { ...label, attachment }, readers, due)
    },
    async settle(atMost = assets.timing.arrival): Promise<Account> {
      const until = timeNow() + atMost
      await Promise.all(receivers.map((receiver) => receiver.settled(until)))
      const lost = to.reduce((sum, { ledger }) => sum + ledger.giveUp(), 0)
      if (lost > 0) vu.add('messages_lost', lost)
      for (let count = lost; count > 0; count--) vu.add('delivery_failed', 1)
      countTraffic(vu, smtp)
      for (const receiver of receivers) receiver.countTraffic()
      return { accepted, lost }
    },
    async goOffline() {
      const open = receivers
      receivers = []
      await closeAll(open)
    },
    async comeBack({ at = timeNow(), atMost = assets.timing.arrival }: Return = {}) {
      if (receivers.length > 0) throw new Error('comeBack: goOffline() comes first')
      await pauseUntil(at, signal)
      for (const { ledger } of to) ledger.dueFrom(at)
      // All at once: that is the question.
      receivers = await openAll(to, (mailbox) => Receiver.open(vu, thread, mailbox), to.length)
      await Promise.all(receivers.map((receiver) => receiver.settled(at + atMost)))
      if (receivers.every(({ missing }) => missing === 0)) vu.add('catch_up_duration', timeNow() - at)
    },
    async close() {
      countTraffic(vu, smtp)
      await smtp[Symbol.asyncDispose]()
      await closeAll(receivers)
    },
  }
}

/** All, or none when one cannot be opened. */
async function openAll(
  mailboxes: readonly Mailbox[],
  open: (mailbox: Mailbox) => Promise<Receiver>,
  lanes = atOnce,
): Promise<readonly Receiver[]> {
  const opened: Receiver[] = []
  const waiting = [...mailboxes]
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) opened.push(await open(next))
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(lanes, mailboxes.length) }, lane))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed === undefined) return opened
  await closeAll(opened)
  throw failed.reason
}

/** Every one, whatever becomes of the others. */
async function closeAll(receivers: readonly Receiver[]): Promise<void> {
  const ends = await Promise.allSettled(receivers.map((receiver) => receiver.close()))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

function isPositive(code = 0): boolean {
  return code >= 200 && code < 300
}
