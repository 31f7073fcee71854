// Our clients beside the libraries most people use, on the same work against the same peer. Used by the bench.
import type { Mail } from '../../mail/mail.ts'
import { type Contest, contest } from './measure.ts'
import type { PeerReady } from './peer.ts'
import { type Credentials, ourImap, ourSink, theirImap, theirSink } from './sessions.ts'

/** One message after the other on an open session, command by command, in clear to a sink. */
export async function sending(peer: PeerReady, mail: Mail): Promise<Contest> {
  await using ours = await ourSink(peer)
  const theirs = theirSink(peer)
  const raw = Buffer.from(mail.bytes)
  const envelope = { from: mail.envelope.from, to: [...mail.envelope.to] }
  const result = await contest(
    { title: 'SMTP: send a message on an open session', unit: 'message', against: 'nodemailer' },
    1_000,
    async (count) => {
      for (let i = 0; i < count; i++) {
        const outcome = await ours.send(mail)
        if (!outcome.accepted) throw new Error('the sink refused a message', { cause: outcome.error })
      }
    },
    async (count) => {
      for (let i = 0; i < count; i++) await theirs.sendMail({ envelope, raw })
    },
  )
  theirs.close()
  return result
}

/** All messages of a mailbox by one FETCH, and one message by one FETCH, over TLS from the reference server. */
export async function fetching(peer: PeerReady, account: Credentials, messages: number): Promise<readonly Contest[]> {
  await using ours = await ourImap(peer, account)
  const theirs = await theirImap(peer, account)
  const check = (seen: number) => {
    if (seen !== messages) throw new Error(`fetched ${seen} of ${messages} messages`)
  }
  const whole = await contest(
    { title: `IMAP: fetch ${messages} messages by one command`, unit: 'message', against: 'imapflow' },
    messages * 4,
    async () => {
      for (let i = 0; i < 4; i++) {
        const fetched = await ours.uidFetch('1:*', '(UID FLAGS BODY.PEEK[])')
        check(fetched.messages.length)
      }
    },
    async () => {
      for (let i = 0; i < 4; i++) {
        let seen = 0
        for await (const message of theirs.fetch('1:*', { uid: true, flags: true, source: true }, { uid: true })) {
          if (message.source !== undefined) seen++
        }
        check(seen)
      }
    },
  )
  const single = await contest(
    { title: 'IMAP: fetch one message by one command', unit: 'command', against: 'imapflow' },
    500,
    async (count) => {
      for (let i = 0; i < count; i++) await ours.uidFetch('1', '(UID FLAGS BODY.PEEK[])')
    },
    async (count) => {
      for (let i = 0; i < count; i++)
        await theirs.fetchOne('1', { uid: true, flags: true, source: true }, { uid: true })
    },
  )
  theirs.close()
  return [whole, single]
}
