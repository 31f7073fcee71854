// CPU and memory of the two processes of a measurement: the server's own, and ours that drives it. Used by the server bench.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export interface Usage {
  /** Resident, octets. */
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
  /** User and system, microseconds since the process began. */
  readonly cpu: number
}

export function ownUsage(): Usage {
  const { rss, heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return { rss, heapUsed, external, cpu: user + system }
}

/** Asks a peer of ours. */
export async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send('usage')
  const [usage] = (await once(child, 'message')) as [Usage]
  return usage
}

/** What some work cost: seconds on the clock, and the share of one processor that each side used. */
export interface Effort {
  readonly seconds: number
  readonly server: number
  readonly driver: number
}

export async function effortOf(child: ChildProcess, work: () => Promise<void>): Promise<Effort> {
  const before = await usageOf(child)
  const own = ownUsage()
  const began = performance.now()
  await work()
  const seconds = (performance.now() - began) / 1000
  const after = await usageOf(child)
  const share = (from: Usage, to: Usage) => (to.cpu - from.cpu) / 1e6 / seconds
  return { seconds, server: share(before, after), driver: share(own, ownUsage()) }
}
