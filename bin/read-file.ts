// Files that flags name, read with errors a person can use.
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { checkedPem } from '../harness/host/trust.ts'
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

/** The texts of `--ca`, relative to `cwd`. Throws UsageError, or TargetError where one holds no certificate. */
export async function readAuthorities(files: readonly string[], cwd: string): Promise<readonly string[]> {
  return await Promise.all(files.map(async (file) => checkedPem(await readTextFile(file, cwd, '--ca'))))
}

/** The words of an operating system error without the path, which stands in the sentence already. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error instanceof Error ? error.message : String(error))
}

/** Of what could not be written: it is the folder that is missing then. */
export function reasonNotWritten(error: unknown): string {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  return missing ? 'there is no such folder' : reasonOf(error)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'not allowed',
  EPERM: 'not allowed',
  EROFS: 'it is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, and no folder',
  EEXIST: 'a file of that name is in the way',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
}
