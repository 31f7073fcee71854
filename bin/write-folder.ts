// A folder that a flag names, made before a run: not to find out at its end that nothing can be written there.
import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { reasonOf } from './read-file.ts'
import { UsageError } from './usage-error.ts'

/** Relative to `cwd`; nothing to do where none is named. Throws UsageError. */
export async function demandFolder(path: string | undefined, cwd: string, what: string): Promise<void> {
  if (path === undefined) return
  const folder = resolve(cwd, path)
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (cause) {
    throw new UsageError(`${what}: cannot write into ${path}: ${reasonOf(cause)}`, 'name another folder', { cause })
  }
}
