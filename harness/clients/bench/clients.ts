// The rows of the clients and of the load engine: each against its target. Used by the bench.
import type { ChildProcess } from 'node:child_process'
import { createMailer } from '../../mail/mailer.ts'
import { alone, crowd, fetchingAll, fetchingOne, sending } from './contests.ts'
import { eachOf, withCrowd } from './crowds.ts'
import { besideSmtpSource } from './debian.ts'
import { spreadOf } from './measure.ts'
import type { PeerReady } from './peer.ts'
import { type Credentials, ourImap } from './sessions.ts'
import type { Sizes } from './sizes.ts'
import { startLag } from './starts.ts'
import { contestRow, type Row } from './targets.ts'

export async function clientRows(
  peer: { readonly ready: PeerReady; readonly child: ChildProcess },
  sizes: Sizes,
): Promise<readonly Row[]> {
  const { ready } = peer
  const account = (name: string): Credentials => ({ address: `${name}@${ready.domain}`, password: 'bench-password-1' })
  const [alice, bob, dave] = [account('alicebnch'), account('bobbybnch'), account('davidbnch')]
  const mail = await createMailer({ seed: 1 }).encrypted(alice, [bob], { text: 'The quick brown fox.' })
  await fill(ready, dave, mail.bytes, sizes.mailbox)
  const source = await besideSmtpSource(mail, sizes.messages * 5)
  return [
    contestRow(await sending(ready, mail, sizes.messages, alone), 0.4),
    contestRow(await sending(ready, mail, sizes.messages, crowd), 0.4),
    contestRow(await fetchingAll(ready, dave, sizes.mailbox, sizes.messages), 0.3),
    contestRow(await fetchingOne(ready, dave, sizes.messages, alone), 0.3),
    contestRow(await fetchingOne(ready, dave, sizes.messages, crowd), 0.3),
    source === undefined
      ? notJudged(
          'send a message on an open session to smtp-sink',
          'CPU <= 3 x smtp-source',
          'Postfix is not installed here',
        )
      : contestRow(source, 3),
    await memoryRow(peer, sizes),
    await startsRow(sizes),
  ]
}

const notJudged = (what: string, target: string, measured: string): Row => ({
  what,
  target,
  measured,
  verdict: 'not judged',
})

async function fill(peer: PeerReady, account: Credentials, bytes: Uint8Array, messages: number): Promise<void> {
  await using imap = await ourImap(peer, account)
  for (let i = 0; i < messages; i++) {
    const reply = await imap.append('INBOX', bytes)
    if (reply.status !== 'OK') throw new Error(`APPEND: ${reply.text}`)
  }
}

/** Resident memory, TLS and all, of a session that idles; each client in fresh processes. */
async function memoryRow(
  peer: { readonly ready: PeerReady; readonly child: ChildProcess },
  { crowd, rounds }: Sizes,
): Promise<Row> {
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await withCrowd(peer, 'ours', crowd, async (held) => eachOf(held)))
    theirs.push(await withCrowd(peer, 'imapflow', crowd, async (held) => eachOf(held)))
  }
  const ratio = spreadOf(ours.map((mine, round) => mine / (theirs[round] ?? Number.NaN)))
  const kib = (values: readonly number[]) => (spreadOf(values).median / 1024).toFixed(1)
  return {
    what: 'hold an idling IMAP session over TLS',
    target: 'memory <= 0.45 x imapflow',
    measured: `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}); ${kib(ours)} and ${kib(theirs)} KiB resident (n=${crowd})`,
    verdict: ratio.median <= 0.45 ? 'met' : 'missed',
  }
}

/** On the clock, so that it says something only where the machine had a processor to spare. */
async function startsRow({ starts, seconds, rounds }: Sizes): Promise<Row> {
  const what = `start ${starts} iterations a second`
  const target = 'start lag p99 < 5 ms'
  const runs: { readonly p99: number; readonly spare: boolean }[] = []
  for (let round = 0; round < rounds; round++) runs.push(await startLag(starts, seconds))
  const good = runs.filter(({ spare }) => spare).map(({ p99 }) => p99)
  const { median, least, most } = spreadOf(good.length > 0 ? good : runs.map(({ p99 }) => p99))
  const measured = `${median.toFixed(1)} ms (${least.toFixed(1)} to ${most.toFixed(1)})`
  if (good.length === 0) return notJudged(what, target, `${measured}, on a machine without a processor to spare`)
  return { what, target, measured, verdict: median < 5 ? 'met' : 'missed' }
}
