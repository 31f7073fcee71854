// Files that are written so that no reader ever sees half of one, as a rule for the user alone. Used by what is kept between runs.
import { createHash, randomBytes } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'

/** Readers see the old content or the new one, never a part. `flush`: it is on the disk before it counts. */
export async function replaceFile(
  file: string,
  text: string,
  { mode = 0o600, flush = true }: { readonly mode?: number; readonly flush?: boolean } = {},
): Promise<void> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(temporary, text, { mode, flag: 'wx', flush })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

export async function moveAside(file: string): Promise<string> {
  const aside = `${file}.damaged-${randomBytes(3).toString('hex')}`
  await rename(file, aside)
  return aside
}

/** A file name that every platform takes and that no other host or address shares. */
export function fileName(text: string): string {
  const encoded = encodeURIComponent(text.toLowerCase()).replace(/[*'()!~]|^\./g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  })
  return encoded.length <= 150 ? encoded : createHash('sha256').update(text.toLowerCase()).digest('hex')
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

export function reasonOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : String(error))
}
