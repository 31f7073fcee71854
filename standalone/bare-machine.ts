// A machine with nothing on it, for tests: a folder that is its whole file system, and a network of its own with loopback
// alone. Needs root on Linux.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Why there can be none here; undefined: there can. */
export function whyNoMachine(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux'
  const missing = ['unshare', 'nsenter', 'chroot', 'ip', 'ldd'].filter(
    (name) => spawnSync('which', [name]).status !== 0,
  )
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

interface Network extends AsyncDisposable {
  readonly path: string
}

/** A network for several commands at once. */
export async function openNetwork(): Promise<Network> {
  const child = spawn('unshare', ['--net', 'sh', '-c', 'ip link set lo up && echo up && exec sleep 3600'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  const [up] = await Promise.race([once(child.stdout, 'data'), closed])
  if (!String(up).startsWith('up')) throw new Error('no network namespace can be made')
  return {
    path: `/proc/${child.pid}/ns/net`,
    async [Symbol.asyncDispose]() {
      child.kill()
      await closed
    },
  }
}

/**
 * Runs a command there, with nothing in its environment, in a network of its own or in that one. `use` gets its standard output
 * so far, whenever there is more.
 */
export function runThere(
  folder: string,
  command: readonly string[],
  use: (stdout: string, child: ChildProcess) => void = () => {},
  network?: Network,
): Promise<Ended> {
  const inside = 'ip link set lo up && exec env -i "$(command -v chroot)" "$@"'
  const [program, flag] = network === undefined ? ['unshare', '--net'] : ['nsenter', `--net=${network.path}`]
  const child = spawn(program, [flag, 'sh', '-c', inside, 'sh', folder, ...command], {
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
