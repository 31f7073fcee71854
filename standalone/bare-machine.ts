// A machine with nothing on it, for tests: a folder that is its whole file system, and a network of its own with loopback
// alone. Needs root on Linux.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Why there can be none here; undefined: there can. */
export function whyNoMachine(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux'
  const missing = ['unshare', 'chroot', 'ip', 'ldd'].filter((name) => spawnSync('which', [name]).status !== 0)
  return missing.length === 0 ? undefined : `needs ${missing.join(', ')}`
}

/** Makes `folder` such a file system: the program as /chatmail-check, the libraries that it is linked with, and /tmp. */
export function makeBareMachine(folder: string, program: string): void {
  const libraries = spawnSync('ldd', [program], { encoding: 'utf8' }).stdout.matchAll(/(\/\S+) \(0x/g)
  for (const [, library = ''] of libraries) {
    mkdirSync(join(folder, dirname(library)), { recursive: true })
    copyFileSync(library, join(folder, library))
  }
  mkdirSync(join(folder, 'tmp'))
  copyFileSync(program, join(folder, 'chatmail-check'))
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command there, with nothing in its environment. `use` gets its standard output so far, whenever there is more. */
export function runThere(
  folder: string,
  command: readonly string[],
  use: (stdout: string, child: ChildProcess) => void = () => {},
): Promise<Ended> {
  const inside = 'ip link set lo up && exec env -i "$(command -v chroot)" "$@"'
  const child = spawn('unshare', ['--net', 'sh', '-c', inside, 'sh', folder, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      use(stdout, child)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
