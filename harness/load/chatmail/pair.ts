// A pair session: one account writes to another, at a pace, as in a chat. What a scenario gets from `openPair`.
import type { SmtpClient, SmtpOutcome } from '../../clients/smtp.ts'
import { isThrottling } from '../../clients/throttling.ts'
import { WireError } from '../../host/wire-error.ts'
import { timeNow } from '../thread/clock.ts'
import type { VirtualUser } from '../thread/virtual-user.ts'
import type { Account, Pair, PairOptions, Sent } from './api.ts'
import type { LoadAssets } from './assets.ts'
import { openSubmission } from './connections.ts'
import { messageId, writeMessage } from './message.ts'
import { type Mailbox, Receiver } from './receiver.ts'

/** The two accounts of a virtual user, from session to session. */
export interface Correspondence {
  readonly mailboxes: readonly [Mailbox, Mailbox]
  /** Of the next message. */
  number: number
  /** Sessions so far: they write by turns, so that both are watched for what does not belong there. */
  sessions: number
}

export async function openPairSession(
  vu: VirtualUser,
  assets: LoadAssets,
  correspondence: Correspondence,
  { every = 1_000 }: PairOptions,
): Promise<Pair> {
  const [one, other] = correspondence.mailboxes
  const [from, to] = correspondence.sessions++ % 2 === 0 ? [one, other] : [other, one]
  const receiver = await Receiver.open(vu, assets, to)
  let smtp: SmtpClient
  try {
    smtp = await openSubmission(vu, assets, from.account)
  } catch (error) {
    await receiver.close()
    throw error
  }
  const date = `${new Date().toUTCString().replace('GMT', '+0000')}`
  const began = vu.due
  const signal = vu.iteration?.signal
  let sent = 0
  let accepted = 0

  /** What a server does with one message, whatever becomes of the session. */
  const submit = async (number: number, due: number): Promise<Sent> => {
    const { ledger } = to
    const message = writeMessage(
      { from: from.account.address, date, messageId: messageId(assets.runId, { to: to.index, number }) },
      poolMessage(assets, number),
    )
    const envelope = { from: from.account.address, to: [to.account.address] }
    let outcome: SmtpOutcome
    try {
      if (smtp.closed) smtp = await openSubmission(vu, assets, from.account)
      ledger.sent(number, due, timeNow())
      outcome = await smtp.send({ envelope, bytes: message })
    } catch (error) {
      if (!(error instanceof WireError) || error.code === 'aborted') throw error
      vu.add('smtp_submit_failed', 1)
      vu.add('delivery_failed', 1)
      return { accepted: false, limited: false, reason: error.message }
    }
    if (outcome.accepted) {
      ledger.accepted(number)
      accepted++
      vu.add('messages_sent', 1)
      vu.add('smtp_submit_duration', outcome.times.ended - outcome.times.started)
      vu.add('smtp_submit_failed', 0)
      return { accepted: true, limited: false }
    }
    ledger.refused(number)
    if (outcome.error?.code === 'aborted') throw outcome.error
    const limited = isThrottling(outcome)
    if (limited) vu.add('limits_hit', 1)
    else {
      vu.add('smtp_submit_failed', 1)
      vu.add('delivery_failed', 1)
    }
    const { reply, error } = outcome
    return { accepted: false, limited, reason: reply ? `${reply.code} ${reply.text}` : (error?.message ?? 'no reply') }
  }

  return {
    async send() {
      const due = began + ++sent * every
      const wait = due - timeNow()
      if (wait > 0) await pause(wait, signal)
      vu.add('messages_due', 1)
      if (wait < 0) vu.recorder.wasDue(due)
      return submit(correspondence.number++, due)
    },
    async settle(atMost = assets.timing.arrival): Promise<Account> {
      await receiver.settled(timeNow() + atMost)
      const lost = to.ledger.giveUp()
      if (lost > 0) vu.add('messages_lost', lost)
      for (let count = lost; count > 0; count--) vu.add('delivery_failed', 1)
      return { accepted, lost }
    },
    async close() {
      await smtp[Symbol.asyncDispose]()
      await receiver.close()
    },
  }
}

function poolMessage({ pool }: LoadAssets, number: number) {
  const message = pool[number % pool.length]
  if (message === undefined) throw new Error('no messages were prepared')
  return message
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = () => {
      clearTimeout(timer)
      reject(new Error('the iteration was ended'))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted)
      resolve()
    }, ms)
    if (signal?.aborted) aborted()
    else signal?.addEventListener('abort', aborted, { once: true })
  })
}
