// Whether a run says anything about the server, or only about the machine that drove it. A gate that does not hold makes the
// run invalid: neither passed nor failed. Used by the run.
import { readFileSync } from 'node:fs'
import type { MetricRegistry } from '../metrics/registry.ts'

export interface ValidityGate {
  readonly gate: 'start-lag' | 'timers' | 'event-loop' | 'processors' | 'dropped-starts' | 'open-files' | 'calibration'
  readonly holds: boolean
  readonly value: number
  /** What it has to be: `< 10 ms`. */
  readonly wanted: string
  /** What a person should know when it does not hold. */
  readonly advice: string
  /** Where the value is from, when that is not always the same. */
  readonly evidence?: string
}

/** What metrics do not tell. */
export interface Circumstances {
  /** Most connections at once. */
  readonly sockets: number
  /** How busy the processors of this machine were while it ran, with everything on it: 0 to 1. */
  readonly processors: number
  readonly openFiles?: number
}

/** Milliseconds, p99. */
const mostLag = 10
const latestTimer = 50
/** Shares. */
const busiestThread = 0.8
const busiestMachine = 0.95

export function validityOf(registry: MetricRegistry, circumstances: Circumstances): readonly ValidityGate[] {
  const { sockets, processors, openFiles = openFileLimit() } = circumstances
  const p99 = (name: string) => {
    const sink = registry.get(name)?.sink
    return sink?.kind === 'trend' ? sink.percentile(99) : 0
  }
  const lag = p99('driver_start_lag')
  const delay = p99('driver_event_loop_delay')
  const utilization = mostUtilization(registry)
  const dropped = registry.get('dropped_iterations')?.sink
  const starts = dropped?.kind === 'counter' ? dropped.total : 0
  const needed = sockets + 200
  return [
    {
      gate: 'start-lag',
      holds: lag < mostLag,
      value: lag,
      wanted: `p99 < ${mostLag} ms`,
      advice: 'iterations began late because this machine was busy',
    },
    {
      gate: 'timers',
      holds: delay < latestTimer,
      value: delay,
      wanted: `p99 < ${latestTimer} ms`,
      advice: 'threads came so late to what was due that all times measured are wrong by as much',
    },
    {
      gate: 'event-loop',
      holds: utilization < busiestThread,
      value: utilization,
      wanted: `< ${busiestThread}`,
      advice: 'a thread had too much to do: add --threads',
    },
    {
      gate: 'processors',
      holds: processors < busiestMachine,
      value: processors,
      wanted: `< ${busiestMachine}`,
      advice:
        'this machine had no processor to spare: end what else runs on it, or drive a server on another machine than this',
    },
    {
      gate: 'dropped-starts',
      holds: starts === 0,
      value: starts,
      wanted: '0',
      advice: 'all virtual users were busy: the load was not what was ordered',
    },
    {
      gate: 'open-files',
      holds: needed <= openFiles,
      value: openFiles,
      wanted: `>= ${needed}`,
      advice: 'raise the limit of open files: ulimit -n',
    },
  ]
}

/** Of the busiest thread in its busiest second, 0 to 1. */
export function mostUtilization(registry: MetricRegistry): number {
  const sink = registry.get('driver_event_loop_utilization')?.sink
  return sink?.kind === 'gauge' ? sink.max : 0
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
