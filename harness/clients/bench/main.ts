// `npm run bench`: our clients beside nodemailer and imapflow (CPU per operation), then the reference server's speed.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { createMailer } from '../../mail/mailer.ts'
import { fetching, sending } from './contests.ts'
import { submitToIdle, throughput } from './delivery.ts'
import type { Contest } from './measure.ts'
import type { PeerReady } from './peer.ts'
import type { Peer } from './server.ts'
import { benchServer } from './server-report.ts'
import { type Credentials, ourImap } from './sessions.ts'

const print = (line: string) => process.stdout.write(`${line}\n`)

function versionOf(name: string): string {
  const description = createRequire(import.meta.url)(`${name}/package.json`) as { version: string }
  return `${name} ${description.version}`
}

/** Ratio first: absolute figures belong to this machine. */
function row({ title, unit, ours, theirs, against }: Contest): string {
  const ratio = (ours.microseconds / theirs.microseconds).toFixed(2)
  const cost = (value: number) => `${value.toFixed(0)} us`
  return `${ratio} x ${against}   ${title}: CPU ${cost(ours.microseconds)} against ${cost(theirs.microseconds)} a ${unit}`
}

async function fill(peer: PeerReady, account: Credentials, bytes: Uint8Array, messages: number): Promise<void> {
  await using imap = await ourImap(peer, account)
  for (let i = 0; i < messages; i++) {
    const reply = await imap.append('INBOX', bytes)
    if (reply.status !== 'OK') throw new Error(`APPEND: ${reply.text}`)
  }
}

async function bench(peer: PeerReady): Promise<void> {
  const account = (name: string): Credentials => ({ address: `${name}@${peer.domain}`, password: 'bench-password-1' })
  const [alice, bob, carol, dave] = ['alicebnch', 'bobbybnch', 'carolbnch', 'davidbnch'].map(account) as [
    Credentials,
    Credentials,
    Credentials,
    Credentials,
  ]
  const mailer = createMailer({ seed: 1 })
  const mail = await mailer.encrypted(alice, [bob], { text: 'The quick brown fox.' })

  const [cpu] = cpus()
  print(
    `Node ${process.version}, ${cpus().length} x ${cpu?.model ?? 'unknown CPU'}; ${versionOf('nodemailer')}, ${versionOf('imapflow')}`,
  )
  print(
    `One message is ${mail.bytes.length} octets, encrypted as Delta Chat core does it. The peer runs in another process.`,
  )
  print('')
  print(row(await sending(peer, mail)))
  const messages = 200
  await fill(peer, dave, mail.bytes, messages)
  for (const contest of await fetching(peer, dave, messages)) print(row(contest))
  print('')
  const latency = await submitToIdle(peer, alice, bob, mail)
  const ms = (value: number) => `${value.toFixed(2)} ms`
  print(
    `Reference server, MAIL to EXISTS of an idling session: p50 ${ms(latency.p50)}, p95 ${ms(latency.p95)} (n=${latency.count})`,
  )
  const mails = [{ sender: alice, mail }]
  for (const sender of [bob, carol]) mails.push({ sender, mail: await mailer.encrypted(sender, [dave]) })
  mails[0] = { sender: alice, mail: await mailer.encrypted(alice, [dave]) }
  const rate = await throughput(peer, mails, dave)
  print(
    `Reference server, ${rate.senders} senders at once: ${rate.perSecond.toFixed(0)} messages a second (n=${rate.count})`,
  )
}

async function withPeer(data: string | undefined, use: (peer: Peer) => Promise<void>): Promise<void> {
  const child: ChildProcess = fork(new URL('./peer.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...(data === undefined ? {} : { BENCH_DATA: data }) },
  })
  try {
    const [ready] = (await once(child, 'message')) as [PeerReady]
    await use({ ready, child })
  } finally {
    const ended = once(child, 'exit')
    if (child.connected) child.disconnect()
    await ended
  }
}

async function main(): Promise<void> {
  await withPeer(undefined, ({ ready }) => bench(ready))
  await benchServer(withPeer, print)
}

await main()
