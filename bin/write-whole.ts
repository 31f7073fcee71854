// Writes a file beside its place and moves it there, so that nobody ever reads half of it and a full disk loses nothing.
// Used by what keeps files over several runs.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes the folders that are missing. Throws what the file system says; the old file is then still there. */
export async function writeWhole(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: mode === 0o600 ? 0o700 : 0o755 })
  const unfinished = `${path}.${process.pid}.tmp`
  try {
    await writeFile(unfinished, text, { mode })
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw error
  }
}
