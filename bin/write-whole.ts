// Writes a file and the folders above it, so that nobody ever reads half of it and a full disk loses nothing.
// Used by what keeps files over several runs.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { replaceFile } from '../harness/discovery/private-files.ts'

/** Makes the folders that are missing. Throws what the file system says; the old file is then still there. */
export async function writeWhole(path: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: mode === 0o600 ? 0o700 : 0o755 })
  await replaceFile(path, text, { mode, flush: false })
}
