// `serve --data`: the folder that keeps accounts, mail and CA beyond the process, and the passwords of --accounts with it.
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type { Clock } from '../../reference-server/clock.ts'
import { StorageError } from '../../reference-server/storage/errors.ts'
import { openDataFolder } from '../../reference-server/storage/open.ts'
import { keptSecret } from '../../reference-server/storage/secret.ts'
import type { Storage } from '../../reference-server/storage/types.ts'
import { UsageError } from '../usage-error.ts'

/** Throws UsageError for whatever its owner can do something about. */
export async function openData(folder: string, cwd: string, clock: Clock): Promise<Storage> {
  try {
    return await openDataFolder(resolve(cwd, folder), { clock })
  } catch (cause) {
    if (cause instanceof StorageError) throw new UsageError(`--data: ${cause.message}`, cause.hint, { cause })
    throw cause
  }
}

/** What passwords of --accounts are made of: made once, so that they are the same at each start. */
export function passwordSeed(storage: Storage): string {
  return keptSecret(storage, 'password seed', () => randomBytes(16).toString('hex'))
}
