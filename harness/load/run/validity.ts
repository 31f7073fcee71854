// Whether a run says anything about the server, or only about the machine that drove it. A gate that does not hold makes the
// run invalid: neither passed nor failed. Used by the run.
import { readFileSync } from 'node:fs'
import type { MetricRegistry } from '../metrics/registry.ts'

export interface ValidityGate {
  readonly gate: 'start-lag' | 'event-loop' | 'dropped-starts' | 'open-files'
  readonly holds: boolean
  readonly value: number
  /** What it has to be: `< 10 ms`. */
  readonly wanted: string
  /** What a person should know when it does not hold. */
  readonly advice: string
}

const mostLag = 10
const mostBusy = 0.8

/** `sockets`: most connections at once. */
export function validityOf(
  registry: MetricRegistry,
  sockets: number,
  openFiles = openFileLimit(),
): readonly ValidityGate[] {
  const sink = (name: string) => registry.get(name)?.sink
  const lag = sink('driver_start_lag')
  const busy = sink('driver_event_loop_utilization')
  const dropped = sink('dropped_iterations')
  const needed = sockets + 200
  const gate = (name: ValidityGate['gate'], holds: boolean, value: number, wanted: string, advice: string) => ({
    gate: name,
    holds,
    value,
    wanted,
    advice,
  })
  const lagP99 = lag?.kind === 'trend' ? lag.percentile(99) : 0
  const utilization = busy?.kind === 'gauge' ? busy.max : 0
  const starts = dropped?.kind === 'counter' ? dropped.total : 0
  return [
    gate(
      'start-lag',
      lagP99 < mostLag,
      lagP99,
      `p99 < ${mostLag} ms`,
      'iterations began late because this machine was busy',
    ),
    gate(
      'event-loop',
      utilization < mostBusy,
      utilization,
      `< ${mostBusy}`,
      'a thread had too much to do: add --threads',
    ),
    gate('dropped-starts', starts === 0, starts, '0', 'all virtual users were busy: the load was not what was ordered'),
    gate('open-files', needed <= openFiles, openFiles, `>= ${needed}`, 'raise the limit of open files: ulimit -n'),
  ]
}

/** Infinity where the system does not tell. */
function openFileLimit(): number {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
