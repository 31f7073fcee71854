// `npm run bench`: our clients and the load engine against their targets, then the speed of the reference server. With BENCH=tiny as
// little as shows that it runs.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { cpus, loadavg } from 'node:os'
import { clientRows } from './clients.ts'
import type { PeerReady } from './peer.ts'
import type { Peer } from './server.ts'
import { benchServer } from './server-report.ts'
import { full, tiny } from './sizes.ts'
import { table } from './targets.ts'

const print = (line: string) => process.stdout.write(`${line}\n`)

function versionOf(name: string): string {
  const description = createRequire(import.meta.url)(`${name}/package.json`) as { version: string }
  return `${name} ${description.version}`
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
  const sizes = process.env.BENCH === 'tiny' ? tiny : full
  const [cpu] = cpus()
  if (sizes === tiny) print('BENCH=tiny: this shows that the bench runs; its figures mean nothing.')
  print(`Node ${process.version}, ${versionOf('nodemailer')}, ${versionOf('imapflow')}`)
  print(`${cpus().length} x ${cpu?.model ?? 'unknown CPU'}, load ${loadavg()[0]?.toFixed(1)} when it began`)
  print('Medians, and the least and the most of all rounds. Peers run in processes of their own.')
  print('')
  await withPeer(undefined, async (peer) => {
    print(table(await clientRows(peer, sizes)))
  })
  await benchServer(withPeer, sizes, print)
}

await main()
