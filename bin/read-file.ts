// Files that flags name, read with errors a person can use.
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from './usage-error.ts'

const largest = 64 * 1024 * 1024

/** The text of a file of at most 64 MiB, relative to `cwd`. `what` names the flag. Throws UsageError. */
export async function readTextFile(path: string, cwd: string, what: string): Promise<string> {
  const file = resolve(cwd, path)
  try {
    const { size } = await stat(file)
    if (size > largest) throw new UsageError(`${what}: ${path} is larger than 64 MiB`)
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(`${what}: cannot read ${path}: ${reasonOf(cause)}`, undefined, { cause })
  }
}

/** The same, and undefined where there is no such file. */
export async function readTextFileIfThere(path: string, cwd: string, what: string): Promise<string | undefined> {
  const there = await stat(resolve(cwd, path)).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
  return there ? await readTextFile(path, cwd, what) : undefined
}

/** The words of an operating system error without the path, which stands in the sentence already. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'not allowed'
  if (code === 'EROFS') return 'it is read-only'
  if (code === 'EISDIR') return 'it is a folder'
  return error instanceof Error ? error.message : String(error)
}
