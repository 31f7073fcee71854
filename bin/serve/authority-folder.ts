// The folder with the CA of `serve`, and the keys of its signatures: kept when the user names one, otherwise temporary and
// gone at the end.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { replaceFile } from '../../harness/discovery/private-files.ts'
import type { SavedAuthority } from '../../reference-server/certificates.ts'
import type { SavedDkimKeys } from '../../reference-server/dkim/keys.ts'
import { readTextFileIfThere, reasonOf } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'

export interface AuthorityFolder {
  /** What clients must trust, once `save` has run. */
  readonly caFile: string
  /** Of an earlier start. */
  readonly saved: SavedAuthority | undefined
  /** Of an earlier start. */
  readonly dkimKeys: SavedDkimKeys | undefined
  save(ca: string, authority: SavedAuthority): Promise<void>
  /** Nothing happens in a temporary folder, or when they were there. */
  saveDkimKeys(make: () => Promise<SavedDkimKeys>): Promise<void>
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
  const dkimFile = join(folder, 'dkim-keys.json')
  const dkimText = await readTextFileIfThere(dkimFile, folder, flag)
  const dkimKeys = dkimText === undefined ? undefined : readDkimKeys(dkimText, dkimFile)
  const certificate = await readTextFileIfThere(authorityFile, folder, flag)
  const key = await readTextFileIfThere(keyFile, folder, flag)
  return {
    caFile,
    saved: certificate === undefined || key === undefined ? undefined : { certificate, key },
    async save(ca, authority) {
      await replaceFile(caFile, ca, { mode: 0o644 })
      if (state === undefined) return
      await replaceFile(authorityFile, authority.certificate)
      await replaceFile(keyFile, authority.key)
    },
    dkimKeys,
    async saveDkimKeys(make) {
      if (state === undefined || dkimKeys !== undefined) return
      await replaceFile(dkimFile, `${JSON.stringify(await make(), null, 2)}\n`)
    },
    async close() {
      if (state === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

function readDkimKeys(text: string, file: string): SavedDkimKeys {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`--state: ${file} is not JSON`, 'remove it: new keys are made', { cause })
  }
}

async function makeFolder(state: string | undefined, cwd: string, flag: string): Promise<string> {
  try {
    if (state === undefined) return await mkdtemp(join(tmpdir(), 'chatmail-check-'))
    const folder = resolve(cwd, state)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch (cause) {
    if (state !== undefined)
      throw new UsageError(`${flag}: cannot use ${state}: ${reasonOf(cause)}`, undefined, { cause })
    const message = `cannot make a folder for the CA below ${tmpdir()}: ${reasonOf(cause)}`
    throw new UsageError(message, 'name one that can be written: --state DIR, or the variable TMPDIR', { cause })
  }
}
