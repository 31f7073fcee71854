// The server part of `npm run bench`: what the reference server does in a second, and what an idle session costs it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMailer } from '../../mail/mailer.ts'
import type { Held } from './crowd.ts'
import { type Crowd, idlingCrowd } from './crowds.ts'
import { type Latency, submitToIdle } from './delivery.ts'
import { deliveredAndFetched, firstLogins, type Peer, type Rate } from './server.ts'
import type { Credentials } from './sessions.ts'
import type { Sizes } from './sizes.ts'
import { table } from './targets.ts'

/** Of the messages, so many more to warm up. */
const warmUp = 0.2

interface Figures {
  readonly mail: Rate
  readonly logins: Rate
  readonly latency: Latency
}

export async function benchServer(
  withPeer: (data: string | undefined, use: (peer: Peer) => Promise<void>) => Promise<void>,
  sizes: Sizes,
  print: (line: string) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const figures: Figures[] = []
  try {
    for (const data of [undefined, folder])
      await withPeer(data, async (peer) => void figures.push(await measure(peer, sizes)))
  } finally {
    await rm(folder, { recursive: true })
  }
  const [memory, disk] = figures as [Figures, Figures]
  print('')
  print('Reference server, limits off, TLS everywhere, one process; the driver is another on the same machine.')
  print(
    `${(disk.mail.perSecond / memory.mail.perSecond).toFixed(2)} x memory   mail with --data (fsync before each 250)`,
  )
  print(`${(disk.logins.perSecond / memory.logins.perSecond).toFixed(2)} x memory   first logins with --data`)
  print(`delivered and fetched, in memory: ${rate(memory.mail, 'messages')}`)
  print(`delivered and fetched, with --data: ${rate(disk.mail, 'messages')}`)
  print(`connection, handshake, first login, SELECT, in memory: ${rate(memory.logins, 'accounts')}`)
  print(`connection, handshake, first login, SELECT, with --data: ${rate(disk.logins, 'accounts')}`)
  const ms = (value: number) => `${value.toFixed(2)} ms`
  const { count, p50, p95 } = memory.latency
  print(`submission to the notice of an idling session: p50 ${ms(p50)}, p95 ${ms(p95)} (n=${count})`)
  await withPeer(undefined, async (peer) => crowd(await idlingCrowd(peer, sizes.sessions), print))
}

function crowd({ sessions, driver, server }: Crowd, print: (line: string) => void): void {
  const mib = (octets: number) => `${(octets / 2 ** 20).toFixed(0)} MiB`
  const each = (octets: number, count: number) => `${(octets / count / 1024).toFixed(1)} KiB`
  const memory = ({ before, after }: Pick<Held, 'before' | 'after'>, count: number) =>
    `${mib(after.rss)} resident, ${each(after.rss - before.rss, count)} a session, ${each(after.heapUsed - before.heapUsed, count)} of it JavaScript`
  print(
    `${sessions} idling IMAP sessions over TLS: ${memory(server, sessions)}; ${mib(server.before.rss)} before the first`,
  )
  print('')
  print(
    table([
      {
        what: `${sessions} idling sessions held by one process of ours`,
        target: 'all of them',
        measured: memory(driver, driver.sessions),
        // It throws when one is missing.
        verdict: 'met',
      },
    ]),
  )
}

async function measure(peer: Peer, { messagesEach, logins, latencies }: Sizes): Promise<Figures> {
  const account = (name: string): Credentials => ({
    address: `${name}@${peer.ready.domain}`,
    password: 'bench-password-1',
  })
  const mailer = createMailer({ seed: 2 })
  const pairs = await Promise.all(
    [1, 2, 3, 4].map(async (number) => {
      const [sender, receiver] = [account(`senderb0${number}`), account(`receivb0${number}`)]
      return { sender, receiver, mail: await mailer.encrypted(sender, [receiver], { text: 'The quick brown fox.' }) }
    }),
  )
  await deliveredAndFetched(peer, pairs, Math.ceil(warmUp * messagesEach))
  const mail = await deliveredAndFetched(peer, pairs, messagesEach)
  await firstLogins(peer, Math.ceil(warmUp * logins), 16)
  const latency = await latencyOf(peer, account, latencies)
  return { mail, logins: await firstLogins(peer, logins, 16), latency }
}

async function latencyOf({ ready }: Peer, account: (name: string) => Credentials, count: number): Promise<Latency> {
  const [sender, receiver] = [account('latencyb1'), account('latencyb2')]
  const mail = await createMailer({ seed: 3 }).encrypted(sender, [receiver], { text: 'The quick brown fox.' })
  return submitToIdle(ready, { sender, receiver, mail }, count)
}

/** Where the driver has a whole processor and the server has not, the driver is what was measured. */
function rate({ perSecond, count, server, driver }: Rate, unit: string): string {
  // What one costs does not depend on who else uses the machine.
  const used = (share: number) => `${(share * 100).toFixed(0)} %, ${((share / perSecond) * 1e6).toFixed(0)} us each`
  return `${perSecond.toFixed(0)} ${unit}/s (n=${count}; CPU of the server ${used(server)}; of the driver ${used(driver)})`
}
