// A secret that is made once and kept with the accounts: what clients were told stays true over starts. Used by startReference.
import type { Storage } from './types.ts'

export function keptSecret(storage: Storage, name: string, make: () => string): string {
  const kept = storage.records('keys').find(([known]) => known === name)?.[1]
  if (kept !== undefined) return Buffer.from(kept).toString('utf8')
  const secret = make()
  storage.put('keys', name, Buffer.from(secret, 'utf8'))
  return secret
}
