// How fast the reference server is, limits off, in a process of its own: local mail and first logins; in memory and with a data
// folder. Used by the bench.
import type { ChildProcess } from 'node:child_process'
import type { Mail } from '../../mail/mail.ts'
import type { ImapClient } from '../imap.ts'
import type { PeerReady } from './peer.ts'
import { type Credentials, ourImap, ourSubmission } from './sessions.ts'
import { type Effort, effortOf } from './usage.ts'

export interface Rate extends Effort {
  readonly count: number
  readonly perSecond: number
}

export interface Peer {
  readonly ready: PeerReady
  readonly child: ChildProcess
}

/** One message in flight a pair: each sender sends as soon as the last was taken, each receiver fetches what IDLE tells. */
export async function deliveredAndFetched(
  { ready, child }: Peer,
  pairs: readonly { readonly sender: Credentials; readonly receiver: Credentials; readonly mail: Mail }[],
  each: number,
): Promise<Rate> {
  const lanes = await Promise.all(
    pairs.map(async ({ sender, receiver, mail }) => ({
      smtp: await ourSubmission(ready, sender),
      imap: await ourImap(ready, receiver),
      mail,
    })),
  )
  const effort = await effortOf(child, async () => {
    await Promise.all(
      lanes.flatMap(({ smtp, imap, mail }) => [
        (async () => {
          for (let i = 0; i < each; i++) {
            const outcome = await smtp.send(mail, 'pipelining')
            if (!outcome.accepted) throw new Error('a message was refused', { cause: outcome })
          }
        })(),
        fetchAll(imap, each),
      ]),
    )
  })
  for (const { smtp, imap } of lanes) {
    await smtp[Symbol.asyncDispose]()
    await imap[Symbol.asyncDispose]()
  }
  const count = pairs.length * each
  return { ...effort, count, perSecond: count / effort.seconds }
}

async function fetchAll(imap: ImapClient, count: number): Promise<void> {
  const first = imap.exists + 1
  let fetched = 0
  while (fetched < count) {
    if (imap.exists < first + fetched) {
      const idle = await imap.idle()
      if (imap.exists < first + fetched) await imap.waitFor(({ type }) => type === 'EXISTS', 30_000)
      await idle.done()
    }
    const { messages } = await imap.fetch(`${first + fetched}:${imap.exists}`, '(UID FLAGS BODY.PEEK[])')
    if (messages.length === 0) throw new Error('nothing to fetch')
    fetched += messages.length
  }
}

/** Connection, TLS handshake and first login of accounts that nobody had before, so many at once. */
export async function firstLogins({ ready, child }: Peer, count: number, atOnce: number): Promise<Rate> {
  let next = 0
  const stamp = Math.random().toString(36).slice(2, 5)
  const effort = await effortOf(child, async () => {
    const lane = async () => {
      while (next < count) {
        const name = `${stamp}${String(next++).padStart(6, '0')}`
        const client = await ourImap(ready, { address: `${name}@${ready.domain}`, password: 'bench-password-1' })
        await client[Symbol.asyncDispose]()
      }
    }
    await Promise.all(Array.from({ length: atOnce }, lane))
  })
  return { ...effort, count, perSecond: count / effort.seconds }
}
