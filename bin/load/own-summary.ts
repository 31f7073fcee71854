// Writes what `handleSummary` of a scenario file gives. Used by load.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { LoadOutcome } from '../../harness/load/run/run.ts'
import type { Io } from '../io.ts'
import { reasonOf } from '../read-file.ts'

/** True when it stands instead of our report in the terminal. Trouble is told, and changes nothing of the run. */
export async function writeOwnSummary(summary: LoadOutcome['ownSummary'], io: Io): Promise<boolean> {
  if (summary === undefined) return false
  if ('error' in summary) {
    io.stderr.write(`handleSummary: ${summary.error}\n`)
    return false
  }
  const { stdout, stderr, ...files } = summary.texts
  if (stdout !== undefined) io.stdout.write(textOf(stdout))
  if (stderr !== undefined) io.stderr.write(textOf(stderr))
  for (const [path, content] of Object.entries(files)) {
    const file = resolve(io.cwd, path)
    try {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content)
    } catch (error) {
      io.stderr.write(`handleSummary: ${path} cannot be written: ${reasonOf(error)}\n`)
    }
  }
  return stdout !== undefined
}

function textOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : Buffer.from(content).toString('utf8')
}
