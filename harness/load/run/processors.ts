// How busy the processors of this machine are, with everything that runs on it. Used by the run, for its validity.
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** Since the machine started, in one unit or another. */
export interface ProcessorTime {
  readonly busy: number
  readonly all: number
}

export function processorTime(): ProcessorTime {
  try {
    // What a hypervisor gave to others (steal, the eighth) was not to be had either.
    const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = readFileSync(
      '/proc/stat',
      'utf8',
    )
      .slice(0, 500)
      .split('\n', 1)
      .flatMap((line) => line.trim().split(/\s+/).slice(1).map(Number))
    const busy = user + nice + system + irq + softirq + steal
    return { busy, all: busy + idle + iowait }
  } catch {
    const times = cpus().map((cpu) => cpu.times)
    const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0)
    return { busy, all: times.reduce((sum, { idle }) => sum + idle, busy) }
  }
}

/** Share of the time between, 0 to 1. */
export function busyShare(from: ProcessorTime, to: ProcessorTime): number {
  return to.all > from.all ? (to.busy - from.busy) / (to.all - from.all) : 0
}
