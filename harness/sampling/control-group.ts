// What a control group allows a process, how often it held it back, and how long it waited for a disk: both versions of Linux's
// interface. Used by processes.ts.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stalledIn } from './pressure.ts'
import type { Reading } from './reading.ts'

type Allowed = Pick<Reading, 'cpus' | 'heldBack' | 'diskStalled' | 'memoryTotal' | 'memoryAvailable'>

/** What a quota leaves of `machine`, and what is known of the group alone; nothing where there is none. */
export async function groupOf(pid: number, root: string, machine: Allowed): Promise<Allowed> {
  const groups = await readFile(join(root, '/proc', String(pid), 'cgroup'), 'utf8').catch(() => '')
  const read = async (folder: string, name: string) =>
    (await readFile(join(root, '/sys/fs/cgroup', folder, name), 'utf8').catch(() => '')).trim()
  const number = async (folder: string, name: string) => {
    const text = await read(folder, name)
    return /^\d+$/.test(text) ? Number(text) : undefined
  }
  const stat = async (folder: string, name: string, key: string) =>
    Number(new RegExp(`^${key} (\\d+)$`, 'm').exec(await read(folder, name))?.[1] ?? Number.NaN)

  const one = /^0::(.*)$/m.exec(groups)?.[1]
  const cpuOf1 = /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(.*)$/m.exec(groups)?.[1]
  const memoryOf1 = /^\d+:memory:(.*)$/m.exec(groups)?.[1]

  const cpu = await (async (): Promise<Allowed> => {
    if (cpuOf1 !== undefined) {
      const folder = join('cpu', cpuOf1)
      const [quota, period] = [await number(folder, 'cpu.cfs_quota_us'), await number(folder, 'cpu.cfs_period_us')]
      if (quota === undefined || period === undefined) return {}
      return { cpus: quota / period, heldBack: (await stat(folder, 'cpu.stat', 'throttled_time')) / 1e9 }
    }
    const [quota, period] = one === undefined ? [] : (await read(one, 'cpu.max')).split(' ').map(Number)
    if (one === undefined || !Number.isFinite(quota) || !period) return {}
    return { cpus: (quota ?? 0) / period, heldBack: (await stat(one, 'cpu.stat', 'throttled_usec')) / 1e6 }
  })()

  const memory = await (async (): Promise<Allowed> => {
    const of1 = memoryOf1 === undefined ? undefined : join('memory', memoryOf1)
    const folder = of1 ?? one
    if (folder === undefined) return {}
    const limit = await number(folder, of1 === undefined ? 'memory.max' : 'memory.limit_in_bytes')
    const used = await number(folder, of1 === undefined ? 'memory.current' : 'memory.usage_in_bytes')
    const machines = machine.memoryTotal ?? Number.POSITIVE_INFINITY
    if (limit === undefined || used === undefined || limit >= machines) return {}
    // Files that nobody has used lately go at once when room is needed.
    const files = (await stat(folder, 'memory.stat', of1 === undefined ? 'inactive_file' : 'total_inactive_file')) || 0
    return { memoryTotal: limit, memoryAvailable: Math.max(0, limit - used + files) }
  })()

  // Where both versions are in use, the second has a folder of its own.
  const pressure =
    one === undefined ? '' : (await read(one, 'io.pressure')) || (await read(join('unified', one), 'io.pressure'))
  const diskStalled = stalledIn(pressure)

  return { ...onlyNumbers(cpu), ...memory, ...(diskStalled === undefined ? {} : { diskStalled }) }
}

function onlyNumbers(values: Allowed): Allowed {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)))
}
