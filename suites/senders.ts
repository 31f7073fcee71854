// Submission from several accounts in turn, for batches of many messages: a chatmail server takes a burst of ten from one
// account and then one a second, and Postfix slows down after ten refusals in one session.

import type { Submission } from '../harness/check/submission.ts'
import type { CheckContext, SessionOptions } from '../harness/check/types.ts'
import type { SmtpOutcome } from '../harness/clients/smtp.ts'
import type { Account } from '../harness/host/account.ts'
import type { Mail } from '../harness/mail/mail.ts'

const mostPerSession = 8

export interface Senders {
  /** The account whose turn it is; each call passes the turn on. */
  next(): Account
  /** Submits in a session of this account. Whom the message claims to be from is another matter. */
  send(account: Account, mail: Pick<Mail, 'envelope' | 'bytes'>): Promise<SmtpOutcome>
}

/** `perSession`: so many messages, then a new session. */
export function sendersOf(
  t: CheckContext,
  accounts: readonly Account[],
  perSession = mostPerSession,
  options: SessionOptions = {},
): Senders {
  const sessions = new Map<string, { submission: Submission; messages: number }>()
  let turn = 0

  const open = async (account: Account): Promise<Submission> => {
    const known = sessions.get(account.address)
    if (known && !known.submission.client.closed && known.messages < perSession) {
      known.messages += 1
      return known.submission
    }
    await known?.submission[Symbol.asyncDispose]()
    const submission = await t.submission(account, options)
    sessions.set(account.address, { submission, messages: 1 })
    return submission
  }

  return {
    next() {
      const account = accounts[turn++ % accounts.length]
      if (!account) throw new Error('no account to send from')
      return account
    },
    async send(account, mail) {
      const outcome = await (await open(account)).send(mail)
      // A session that ended before this message was begun says nothing about it.
      const endedBefore = outcome.error !== undefined && outcome.stage === 'MAIL' && outcome.reply === undefined
      return endedBefore ? (await open(account)).send(mail) : outcome
    },
  }
}
