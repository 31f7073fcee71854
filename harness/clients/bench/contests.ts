// Our clients beside the libraries most people use, on the same work against the same peer. Used by the bench.
import type { Mail } from '../../mail/mail.ts'
import { type Contest, contest, costOf } from './measure.ts'
import type { PeerReady } from './peer.ts'
import { type Credentials, ourImap, ourSink, theirImap, theirSink } from './sessions.ts'

/** `count` messages one after the other on an open session, command by command, in clear to a sink. */
export async function sending(peer: PeerReady, mail: Mail, count: number): Promise<Contest> {
  await using ours = await ourSink(peer.sink)
  const theirs = theirSink(peer.sink)
  const raw = Buffer.from(mail.bytes)
  const envelope = { from: mail.envelope.from, to: [...mail.envelope.to] }
  const result = await contest(
    { title: 'send a message on an open session', unit: 'message', against: 'nodemailer' },
    {
      ours: () =>
        costOf(count, async () => {
          for (let i = 0; i < count; i++) {
            const outcome = await ours.send(mail)
            if (!outcome.accepted) throw new Error('the sink refused a message', { cause: outcome.error })
          }
        }),
      theirs: () =>
        costOf(count, async () => {
          for (let i = 0; i < count; i++) await theirs.sendMail({ envelope, raw })
        }),
    },
  )
  theirs.close()
  return result
}

/** All messages of a mailbox by one FETCH, and one message by one FETCH, over TLS from the reference server. */
export async function fetching(
  peer: PeerReady,
  account: Credentials,
  messages: number,
  count: number,
): Promise<readonly Contest[]> {
  await using ours = await ourImap(peer, account)
  const theirs = await theirImap(peer, account)
  const check = (seen: number) => {
    if (seen !== messages) throw new Error(`fetched ${seen} of ${messages} messages`)
  }
  const times = Math.max(1, Math.round((2 * count) / messages))
  const query = { uid: true, flags: true, source: true }
  const whole = await contest(
    { title: `fetch ${messages} messages by one command`, unit: 'message', against: 'imapflow' },
    {
      ours: () =>
        costOf(messages * times, async () => {
          for (let i = 0; i < times; i++) {
            const fetched = await ours.uidFetch('1:*', '(UID FLAGS BODY.PEEK[])')
            check(fetched.messages.length)
          }
        }),
      theirs: () =>
        costOf(messages * times, async () => {
          for (let i = 0; i < times; i++) {
            let seen = 0
            for await (const message of theirs.fetch('1:*', query, { uid: true })) {
              if (message.source !== undefined) seen++
            }
            check(seen)
          }
        }),
    },
  )
  const single = await contest(
    { title: 'fetch one message by one command', unit: 'command', against: 'imapflow' },
    {
      ours: () =>
        costOf(count, async () => {
          for (let i = 0; i < count; i++) await ours.uidFetch('1', '(UID FLAGS BODY.PEEK[])')
        }),
      theirs: () =>
        costOf(count, async () => {
          for (let i = 0; i < count; i++) await theirs.fetchOne('1', query, { uid: true })
        }),
    },
  )
  theirs.close()
  return [whole, single]
}
