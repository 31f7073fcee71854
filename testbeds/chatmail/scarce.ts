// Makes one thing scarce for a relay of the testbed: puts all its processes into a control group of Linux's first version with a bound,
// and into one of the second version, which tells how long they waited for a disk.
// Used by capacity.nightly.ts.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, realpathSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = '/sys/fs/cgroup'

/** Files of a controller and what is written into them. */
export interface Bound {
  readonly controller: 'cpu' | 'memory' | 'blkio'
  readonly files: Readonly<Record<string, string>>
}

/** Why this machine has no such control groups; undefined when it has. */
export function whyNoBound(): string | undefined {
  const missing = ['cpu', 'memory', 'blkio'].find((name) => !existsSync(path.join(root, name, 'cgroup.procs')))
  return missing && `no control groups of the first version: ${missing}`
}

/** The returned function sets the processes free again. */
export function bind(folder: string, { controller, files }: Bound): () => void {
  const name = `chatmail-check-${process.pid}`
  const roots = [controller, 'unified'].map((one) => path.join(root, one)).filter((one) => existsSync(one))
  for (const one of roots) mkdirSync(path.join(one, name), { recursive: true })
  for (const [file, value] of Object.entries(files)) writeFileSync(path.join(root, controller, name, file), value)
  const pids = processesOf(folder)
  for (const one of roots) move(pids, path.join(one, name))
  return () => {
    const left = processesOf(folder)
    for (const one of roots) {
      move(left, one)
      try {
        rmdirSync(path.join(one, name))
      } catch {
        // Something that is about to end is still in it.
      }
    }
  }
}

/** The disk under a folder, as a bound names it: `254:0`. */
export function diskUnder(folder: string): string {
  // As Linux packs it.
  const device = statSync(folder).dev
  const number = `${(device >> 8) & 0xfff}:${(device & 0xff) | ((device >> 12) & 0xfff00)}`
  // A partition has no bound of its own.
  const place = realpathSync(path.join('/sys/dev/block', number))
  const disk = existsSync(path.join(place, 'partition')) ? path.dirname(place) : place
  return readFileSync(path.join(disk, 'dev'), 'utf8').trim()
}

/** All that run in a relay. */
function processesOf(folder: string): readonly string[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n')
  const all = lines.map((line) => {
    const [pid = '', parent = '', ...words] = line.trim().split(/\s+/)
    return { pid, parent, args: words.join(' ') }
  })
  const wanted = new Set(all.filter(({ args }) => args.includes(`relay.sh ${folder}/a `)).map(({ pid }) => pid))
  for (let before = -1; before !== wanted.size; ) {
    before = wanted.size
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid)
  }
  return [...wanted]
}

function move(pids: readonly string[], group: string): void {
  for (const pid of pids) {
    try {
      writeFileSync(path.join(group, 'cgroup.procs'), pid)
    } catch {
      // It has ended in the meantime.
    }
  }
}
