// The server part of `npm run bench`: what the reference server does in a second, and what an idle session costs it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMailer } from '../../mail/mailer.ts'
import { deliveredAndFetched, firstLogins, idlingCrowd, type Peer, type Rate } from './server.ts'
import type { Credentials } from './sessions.ts'

const messagesEach = 1_000
const warmUp = 200
const logins = 1_500
const sessions = Number(process.env.BENCH_SESSIONS ?? 5_000)

interface Figures {
  readonly mail: Rate
  readonly logins: Rate
}

export async function benchServer(
  withPeer: (data: string | undefined, use: (peer: Peer) => Promise<void>) => Promise<void>,
  print: (line: string) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const figures: Figures[] = []
  try {
    for (const data of [undefined, folder]) await withPeer(data, async (peer) => void figures.push(await measure(peer)))
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
  await withPeer(undefined, async (peer) => {
    const { count, before, after } = await idlingCrowd(peer, sessions)
    const mib = (octets: number) => (octets / 2 ** 20).toFixed(0)
    const each = (octets: number) => (octets / count / 1024).toFixed(1)
    print(
      `${count} idling IMAP sessions over TLS: ${mib(after.rss)} MiB resident, ${mib(before.rss)} before; ` +
        `${each(after.rss - before.rss)} KiB a session, ${each(after.heapUsed - before.heapUsed)} KiB of it JavaScript`,
    )
  })
}

async function measure(peer: Peer): Promise<Figures> {
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
  await deliveredAndFetched(peer, pairs, warmUp)
  const mail = await deliveredAndFetched(peer, pairs, messagesEach)
  await firstLogins(peer, 100, 16)
  return { mail, logins: await firstLogins(peer, logins, 16) }
}

/** Where the driver has a whole processor and the server has not, the driver is what was measured. */
function rate({ perSecond, count, server, driver }: Rate, unit: string): string {
  // What one costs does not depend on who else uses the machine.
  const used = (share: number) => `${(share * 100).toFixed(0)} %, ${((share / perSecond) * 1e6).toFixed(0)} us each`
  return `${perSecond.toFixed(0)} ${unit}/s (n=${count}; CPU of the server ${used(server)}; of the driver ${used(driver)})`
}
