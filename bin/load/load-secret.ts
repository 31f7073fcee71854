// What the tokens of operators are made of: made once, and kept in the user's state folder. Used by load.
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stateDirectory } from '../../harness/discovery/state-directory.ts'
import type { Io } from '../io.ts'
import { reasonOf } from '../read-file.ts'
import { UsageError } from '../usage-error.ts'

/** Throws UsageError when there is no place to keep it: a token that changes each time would be of no use. */
export async function loadSecret(env: Io['env']): Promise<string> {
  const folder = stateDirectory(env)
  const file = join(folder, 'load-secret')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (/^[0-9a-f]{64}$/.test(known)) return known
  const secret = randomBytes(32).toString('hex')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(file, secret, { mode: 0o600 })
  } catch (cause) {
    throw new UsageError(`the secret of load tokens cannot be kept in ${folder}: ${reasonOf(cause)}`, undefined, {
      cause,
    })
  }
  return secret
}
