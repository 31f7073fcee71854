// Our clients beside the libraries most people use, on the same work against the same peer. Used by the bench.
import type { Mail } from '../../mail/mail.ts'
import { type Contest, contest, costOf } from './measure.ts'
import type { PeerReady } from './peer.ts'
import { type Credentials, ourImap, ourSink, theirImap, theirSink } from './sessions.ts'

/** How many sessions are at work: alone, each reply wakes the process; of a crowd, one waking brings several. */
export interface Scene {
  readonly sessions: number
  readonly on: string
}

export const alone: Scene = { sessions: 1, on: 'an open session' }
export const crowd: Scene = { sessions: 16, on: 'each of 16 open sessions' }

/** Microseconds of each of about `count` operations: on every session one after the other. */
function costOfEach(count: number, { sessions }: Scene, operation: (session: number) => Promise<unknown>) {
  const each = Math.ceil(count / sessions)
  const lane = async (session: number) => {
    for (let i = 0; i < each; i++) await operation(session)
  }
  return costOf(each * sessions, async () => {
    await Promise.all(Array.from({ length: sessions }, (_, session) => lane(session)))
  })
}

const opened = <T>({ sessions }: Scene, open: () => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: sessions }, open))

/** The session of a lane. */
function at<T>(list: readonly T[], place: number): T {
  const one = list[place]
  if (one === undefined) throw new RangeError(`no session ${place}`)
  return one
}

/** Messages, command by command, in clear to a sink. */
export async function sending(peer: PeerReady, mail: Mail, count: number, scene: Scene): Promise<Contest> {
  const ours = await opened(scene, () => ourSink(peer.sink))
  const theirs = theirSink(peer.sink, scene.sessions)
  const raw = Buffer.from(mail.bytes)
  const envelope = { from: mail.envelope.from, to: [...mail.envelope.to] }
  const result = await contest(
    { title: `send a message on ${scene.on}`, unit: 'message', against: 'nodemailer' },
    {
      ours: () =>
        costOfEach(count, scene, async (session) => {
          const outcome = await at(ours, session).send(mail)
          if (!outcome.accepted) throw new Error('the sink refused a message', { cause: outcome.error })
        }),
      theirs: () => costOfEach(count, scene, () => theirs.sendMail({ envelope, raw })),
    },
  )
  for (const session of ours) session.close()
  theirs.close()
  return result
}

const query = { uid: true, flags: true, source: true }

/** All messages of a mailbox by one FETCH, over TLS from the reference server. */
export async function fetchingAll(
  peer: PeerReady,
  account: Credentials,
  messages: number,
  count: number,
): Promise<Contest> {
  await using ours = await ourImap(peer, account)
  const theirs = await theirImap(peer, account)
  const check = (seen: number) => {
    if (seen !== messages) throw new Error(`fetched ${seen} of ${messages} messages`)
  }
  const times = Math.max(1, Math.round((2 * count) / messages))
  const result = await contest(
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
  theirs.close()
  return result
}

/** One message by one FETCH, over TLS from the reference server. */
export async function fetchingOne(
  peer: PeerReady,
  account: Credentials,
  count: number,
  scene: Scene,
): Promise<Contest> {
  const ours = await opened(scene, () => ourImap(peer, account))
  const theirs = await opened(scene, () => theirImap(peer, account))
  const result = await contest(
    { title: `fetch a message by a command on ${scene.on}`, unit: 'command', against: 'imapflow' },
    {
      ours: () => costOfEach(count, scene, (session) => at(ours, session).uidFetch('1', '(UID FLAGS BODY.PEEK[])')),
      theirs: () => costOfEach(count, scene, (session) => at(theirs, session).fetchOne('1', query, { uid: true })),
    },
  )
  for (const session of [...ours, ...theirs]) session.close()
  return result
}
