// Reads what processes on this machine and all that they have started use, from /proc; with the quotas of their control group,
// which is what runs out first in a container. Used by open-sampler.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { groupOf } from './control-group.ts'
import { stalledIn } from './pressure.ts'
import type { Reading } from './reading.ts'

const ticks = 100

interface Process {
  readonly pid: number
  readonly parent: number
  /** Own and of children that have ended and were waited for. */
  readonly cpuSeconds: number
}

/** Remembers what processes had written that are gone since: their figures go with them. */
export class ProcessWatch {
  readonly #pids: readonly number[]
  readonly #root: string
  readonly #written = new Map<number, number>()

  constructor(pids: readonly number[], root = '') {
    this.#pids = pids
    this.#root = root
  }

  /** Throws when none of them is there. */
  async read(): Promise<Reading> {
    const all = await processes(this.#root)
    const ours = family(all, this.#pids)
    if (ours.length === 0) throw new Error(`no process ${this.#pids.join(', ')}`)
    const resident = await Promise.all(
      ours.map(async ({ pid }) => {
        const read = (name: string) => readFile(join(this.#root, '/proc', String(pid), name), 'utf8').catch(() => '')
        const written = /^write_bytes: (\d+)/m.exec(await read('io'))?.[1]
        if (written !== undefined) this.#written.set(pid, Number(written))
        return residentOf(await read('smaps_rollup'), await read('status'))
      }),
    )
    const machine = await machineState(this.#root)
    return {
      cpuSeconds: ours.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
      resident: resident.reduce((sum, octets) => sum + octets, 0),
      written: [...this.#written.values()].reduce((sum, octets) => sum + octets, 0),
      ...machine,
      ...(await groupOf(this.#pids[0] ?? 0, this.#root, machine)),
    }
  }
}

/** Octets: the share in what several processes have in common, where the system tells it. */
function residentOf(rollup: string, status: string): number {
  const kib = /^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? /^VmRSS:\s+(\d+)/m.exec(status)?.[1]
  return Number(kib ?? 0) * 1_024
}

function family(all: readonly Process[], pids: readonly number[]): readonly Process[] {
  const wanted = new Set(pids)
  for (let grown = true; grown; ) {
    const before = wanted.size
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid)
    grown = wanted.size > before
  }
  return all.filter(({ pid }) => wanted.has(pid))
}

async function processes(root: string): Promise<readonly Process[]> {
  const names = (await readdir(join(root, '/proc'))).filter((name) => /^\d+$/.test(name))
  const read = await Promise.all(
    names.map(async (name) => parseStat(await readFile(join(root, '/proc', name, 'stat'), 'utf8').catch(() => ''))),
  )
  return read.filter((one) => one !== undefined)
}

/** proc(5): the name in brackets may hold anything. */
export function parseStat(text: string): Process | undefined {
  const end = text.lastIndexOf(')')
  if (end === -1) return undefined
  // From the third field on.
  const fields = text
    .slice(end + 2)
    .split(' ')
    .map(Number)
  const at = (field: number) => fields[field - 3] ?? 0
  return {
    pid: Number.parseInt(text, 10),
    parent: at(4),
    cpuSeconds: (at(14) + at(15) + at(16) + at(17)) / ticks,
  }
}

/** Of the whole machine: what processes share. */
export async function machineState(
  root: string,
): Promise<
  Pick<Reading, 'load1' | 'cpus' | 'ioWait' | 'diskBusy' | 'diskStalled' | 'memoryTotal' | 'memoryAvailable'>
> {
  const read = (path: string) => readFile(join(root, path), 'utf8').catch(() => '')
  const files = ['stat', 'meminfo', 'loadavg', 'diskstats', 'pressure/io']
  const [stat = '', meminfo = '', loadavg = '', diskstats = '', pressure = ''] = await Promise.all(
    files.map((name) => read(join('/proc', name))),
  )
  const kib = (name: string) => {
    const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(meminfo)?.[1]
    return found === undefined ? undefined : Number(found) * 1_024
  }
  const waited = /^cpu +(?:\d+ ){4}(\d+)/m.exec(stat)?.[1]
  const cpus = [...stat.matchAll(/^cpu\d+/gm)].length
  const known = {
    load1: loadavg === '' ? undefined : Number.parseFloat(loadavg),
    cpus: cpus === 0 ? undefined : cpus,
    ioWait: waited === undefined ? undefined : Number(waited) / ticks,
    diskBusy: busiestDisk(diskstats),
    diskStalled: stalledIn(pressure),
    memoryTotal: kib('MemTotal'),
    memoryAvailable: kib('MemAvailable'),
  }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
}

const disk = /^(?:[shv]d[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+)$/

/** Seconds, since the system began, that the busiest disk was busy. */
function busiestDisk(diskstats: string): number | undefined {
  const milliseconds = diskstats.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/)
    return disk.test(fields[2] ?? '') ? Number(fields[12]) : []
  })
  return milliseconds.length === 0 ? undefined : Math.max(...milliseconds) / 1_000
}
