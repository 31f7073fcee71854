// What the machine has left, for servers that make no new accounts when it is short. Used by the accounts.
import { statfsSync } from 'node:fs'
import { freemem, loadavg } from 'node:os'

export interface ResourceLimits {
  /** Load of the last minute above which no account is made; 0: not looked at. */
  readonly mostLoad: number
  /** Megabytes of available memory below which no account is made; 0: not looked at. */
  readonly leastMemoryMb: number
  /** Megabytes of free disk below which no account is made; 0: not looked at. */
  readonly leastDiskMb: number
}

/** Each undefined where it cannot be read. */
export interface Resources {
  load(): number | undefined
  memoryMb(): number | undefined
  diskMb(): number | undefined
}

const megabyte = 1024 * 1024

/** Of the machine this runs on. */
export const machine: Resources = {
  load: () => loadavg()[0],
  memoryMb: () => Math.floor(freemem() / megabyte),
  diskMb: () => {
    try {
      const { bavail, bsize } = statfsSync('.')
      return Math.floor((bavail * bsize) / megabyte)
    } catch {
      return undefined
    }
  },
}

/** What is short, for the journal; undefined when nothing is. What cannot be read is not short. */
export function shortage(limits: ResourceLimits, resources: Resources): string | undefined {
  const { mostLoad, leastMemoryMb, leastDiskMb } = limits
  const load = mostLoad > 0 ? resources.load() : undefined
  if (load !== undefined && load > mostLoad) return `load ${load} is over ${mostLoad}`
  const memory = leastMemoryMb > 0 ? resources.memoryMb() : undefined
  if (memory !== undefined && memory < leastMemoryMb) return `${memory} MB of memory left`
  const disk = leastDiskMb > 0 ? resources.diskMb() : undefined
  if (disk !== undefined && disk < leastDiskMb) return `${disk} MB of disk left`
  return undefined
}
