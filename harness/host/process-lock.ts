// A file that says which living process of this machine has something for itself. A lock whose process is gone is no lock. Used for
// accounts of load runs and the journal of a watch.
import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { isAlive } from './is-alive.ts'

/** The other process that has the lock; undefined when nobody has, or we. */
export async function holderOf(file: string): Promise<number | undefined> {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''))
  return pid > 0 && pid !== process.pid && isAlive(pid) ? pid : undefined
}

/** Undefined: it is ours until the file is removed. Else the process that has it. Throws what the file system says. */
export async function takeLock(file: string): Promise<number | undefined> {
  const own = `${file}.${randomBytes(6).toString('hex')}`
  // Nobody may read it before the number stands in it, so it is written elsewhere first.
  await writeFile(own, `${process.pid}\n`, { flag: 'wx', mode: 0o600 })
  try {
    for (;;) {
      if (await linked(own, file)) return undefined
      const holder = await holderOf(file)
      if (holder !== undefined) return holder
      // Of several that find a dead one, a single one can move it.
      const aside = `${own}.old`
      await rename(file, aside).catch(ignoreMissing)
      const taken = await holderOf(aside)
      if (taken !== undefined) {
        // Somebody took it between our two looks.
        await rename(aside, file)
        return taken
      }
      await rm(aside, { force: true })
    }
  } finally {
    await rm(own, { force: true })
  }
}

async function linked(own: string, file: string): Promise<boolean> {
  try {
    await link(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
