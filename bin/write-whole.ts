// Writes a file and the folders above it, so that nobody ever reads half of it and a full disk loses nothing.
// Used by what keeps files over several runs.
import { mkdir, realpath, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { replaceFile } from '../harness/discovery/private-files.ts'

/**
 * Makes the folders that are missing. A link stays, and what it leads to is written; so is a pipe or a device, which nothing may
 * take the place of. Throws what the file system says; the old file is then still there.
 */
export async function writeWhole(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: mode === 0o600 ? 0o700 : 0o755 })
  const place = await realpath(path).catch(() => path)
  const there = await stat(place).catch(() => undefined)
  if (there === undefined || there.isFile()) await replaceFile(place, text, { mode, flush: false })
  else await writeFile(place, text)
}
