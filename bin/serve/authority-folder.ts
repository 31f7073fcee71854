// The folder with the CA of `serve`: kept when the user names one, otherwise temporary and gone at the end.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { SavedAuthority } from '../../reference-server/certificates.ts'
import { readTextFileIfThere, reasonOf } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'

export interface AuthorityFolder {
  /** What clients must trust, once `save` has run. */
  readonly caFile: string
  /** Of an earlier start. */
  readonly saved: SavedAuthority | undefined
  save(ca: string, authority: SavedAuthority): Promise<void>
  /** Removes the folder when it was temporary. */
  close(): Promise<void>
}

/** Throws UsageError when the folder cannot be used. */
export async function openAuthorityFolder(
  state: string | undefined,
  cwd: string,
  flag: '--state' | '--data' = '--state',
): Promise<AuthorityFolder> {
  const folder = await makeFolder(state, cwd, flag)
  const caFile = join(folder, 'ca.pem')
  const authorityFile = join(folder, 'authority.pem')
  const keyFile = join(folder, 'authority-key.pem')
  const certificate = await readTextFileIfThere(authorityFile, folder, flag)
  const key = await readTextFileIfThere(keyFile, folder, flag)
  return {
    caFile,
    saved: certificate === undefined || key === undefined ? undefined : { certificate, key },
    async save(ca, authority) {
      await writeFile(caFile, ca)
      if (state === undefined) return
      await writeFile(authorityFile, authority.certificate)
      await writeFile(keyFile, authority.key, { mode: 0o600 })
    },
    async close() {
      if (state === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

async function makeFolder(state: string | undefined, cwd: string, flag: string): Promise<string> {
  if (state === undefined) return await mkdtemp(join(tmpdir(), 'chatmail-check-'))
  const folder = resolve(cwd, state)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch (cause) {
    throw new UsageError(`${flag}: cannot use ${state}: ${reasonOf(cause)}`, undefined, { cause })
  }
}
