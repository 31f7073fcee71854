// Makes one thing scarce for a relay of the testbed: puts all its processes into a control group of Linux's first version with a bound.
// Used by capacity.nightly.ts.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = '/sys/fs/cgroup'

/** Files of a controller and what is written into them. */
export interface Bound {
  readonly controller: 'cpu' | 'memory'
  readonly files: Readonly<Record<string, string>>
}

/** Why this machine has no such control groups; undefined when it has. */
export function whyNoBound(): string | undefined {
  const missing = ['cpu', 'memory'].find((name) => !existsSync(path.join(root, name, 'cgroup.procs')))
  return missing && `no control groups of the first version: ${missing}`
}

/** The returned function sets the processes free again. */
export function bind(folder: string, { controller, files }: Bound): () => void {
  const group = path.join(root, controller, `chatmail-check-${process.pid}`)
  mkdirSync(group, { recursive: true })
  for (const [name, value] of Object.entries(files)) writeFileSync(path.join(group, name), value)
  move(folder, group)
  return () => {
    move(folder, path.join(root, controller))
    try {
      rmdirSync(group)
    } catch {
      // Something that is about to end is still in it.
    }
  }
}

function move(folder: string, group: string): void {
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
  for (const pid of wanted) {
    try {
      writeFileSync(path.join(group, 'cgroup.procs'), pid)
    } catch {
      // It has ended in the meantime.
    }
  }
}
