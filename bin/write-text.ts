// Writes a file that a flag names, with an error a person can use.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { reasonNotWritten } from './read-file.ts'
import { UsageError } from './usage-error.ts'

/** Relative to `cwd`. `what` names the flag. Throws UsageError. */
export async function writeText(path: string, text: string, cwd: string, what: string): Promise<void> {
  try {
    await writeFile(resolve(cwd, path), text)
  } catch (cause) {
    throw new UsageError(`${what}: cannot write ${path}: ${reasonNotWritten(cause)}`, undefined, { cause })
  }
}
