// Memory of idling sessions: on our side beside imapflow's, and on the side of the reference server. Used by the bench.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Held, Wanted } from './crowd.ts'
import type { Peer } from './server.ts'
import { type Usage, usageOf } from './usage.ts'

/** Opens the sessions in a process of its own, and calls back while they are there. */
export async function withCrowd<T>(
  { ready }: Peer,
  client: Wanted['client'],
  sessions: number,
  use: (held: Held) => Promise<T>,
): Promise<T> {
  const child: ChildProcess = fork(new URL('./crowd.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, '--expose-gc'],
  })
  try {
    const wanted: Wanted = { client, port: ready.imaps, ca: ready.ca, domain: ready.domain, sessions }
    child.send(wanted)
    const [held] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [Held | number]
    if (typeof held !== 'object' || held === null) {
      throw new Error('the idling sessions could not be opened; see ulimit -n')
    }
    return await use(held)
  } finally {
    const gone = once(child, 'exit')
    if (child.connected) child.disconnect()
    await gone
  }
}

export interface Crowd {
  readonly sessions: number
  readonly driver: Held
  readonly server: { readonly before: Usage; readonly after: Usage }
}

/** Held by one process of ours, and what they cost the reference server. */
export async function idlingCrowd(peer: Peer, sessions: number): Promise<Crowd> {
  const before = await usageOf(peer.child)
  return withCrowd(peer, 'ours', sessions, async (driver) => ({
    sessions,
    driver,
    server: { before, after: await usageOf(peer.child) },
  }))
}

/** Octets resident for each session. */
export function eachOf({ sessions, before, after }: Held): number {
  return (after.rss - before.rss) / sessions
}
