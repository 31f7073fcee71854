// A folder for the core's databases that nobody else reads: gone afterwards, however we end, or kept for the next time.
import { readlinkSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../host/is-alive.ts'

export interface PrivateFolder {
  readonly path: string
  remove(): Promise<void>
}

export async function privateFolder(): Promise<PrivateFolder> {
  const prefix = `chatmail-check-core-${processNamespace()}-`
  await sweep(prefix)
  // mkdtemp makes it readable by its owner only; the process id lets a later run see that its owner is dead.
  const path = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  const atExit = () => rmSync(path, { recursive: true, force: true })
  process.once('exit', atExit)
  return {
    path,
    async remove() {
      process.off('exit', atExit)
      await rm(path, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** One that stays, for its owner alone. */
export async function keptFolder(path: string): Promise<PrivateFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  return { path, remove: async () => {} }
}

/** Containers may share the temporary folder, and a process id of one says nothing in another. */
function processNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0'
  } catch {
    return '0'
  }
}

/** What runs left that were killed outright. */
async function sweep(prefix: string): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    // A folder of somebody else stays: it is not ours to remove.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)
  }
}
