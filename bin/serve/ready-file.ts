// The file of `--ready-file`: never there before the server is ready, never half written. It holds passwords.
import { randomBytes } from 'node:crypto'
import { rename, rm, stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { reasonNotWritten } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'

export interface ReadyFile {
  write(text: string): Promise<void>
}

/** Takes away the file of an earlier start. Pipes and devices are written as they are. Throws UsageError. */
export async function openReadyFile(path: string | undefined, cwd: string): Promise<ReadyFile> {
  if (path === undefined) return { write: async () => {} }
  const file = resolve(cwd, path)
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (cause) {
      throw new UsageError(`--ready-file: cannot write ${path}: ${reasonNotWritten(cause)}`, undefined, { cause })
    }
  }
  const there = await stat(file).catch(() => undefined)
  const plain = there === undefined || there.isFile()
  if (plain) await attempt(() => rm(file, { force: true }))
  return {
    write: (text) =>
      attempt(async () => {
        if (!plain) return await writeFile(file, text)
        const unfinished = `${file}.${randomBytes(4).toString('hex')}`
        await writeFile(unfinished, text, { mode: 0o600 })
        await rename(unfinished, file)
      }),
  }
}
