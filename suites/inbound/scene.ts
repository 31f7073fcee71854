// How the checks of inbound mail set their scene: a session on port 25 as another mail server opens it.
import type { Submission } from '../../harness/check/submission.ts'
import type { CheckContext } from '../../harness/check/types.ts'
import type { Account } from '../../harness/host/account.ts'
import type { Mail } from '../../harness/mail/mail.ts'
import type { Peer } from '../../harness/peer/peer.ts'

/** What every check here needs beside its accounts. */
export const asPeer = { powers: ['peer'], reach: ['smtp'] } as const

/** Postfix slows a session down after ten refusals. */
const mostPerSession = 8

export interface Handover {
  send(mail: Pick<Mail, 'envelope' | 'bytes'>): ReturnType<Submission['send']>
}

/** Hands mail over on port 25, in a new session now and then. */
export function handover(t: CheckContext, peer: Peer): Handover {
  let session: Submission | undefined
  let sent = 0
  return {
    async send(mail) {
      if (session === undefined || session.client.closed || sent >= mostPerSession) {
        await session?.[Symbol.asyncDispose]()
        session = await openPort25(t, peer)
        sent = 0
      }
      sent += 1
      return session.send(mail)
    },
  }
}

export async function openPort25(t: CheckContext, peer: Peer): Promise<Submission> {
  const session = await t.submission(undefined, { service: 'smtp' })
  await session.client.ehlo(peer.domain)
  return session
}

/** An encrypted message of somebody at the peer, not signed yet. */
export function fromPeer(t: CheckContext, peer: Peer, ...to: readonly Account[]): Promise<Mail> {
  return t.mail.encrypted(peer.address('someone'), to)
}
