// The accounts of `serve --accounts`: made at the start, or let back in where a data folder has them already.
import { createHash, randomBytes } from 'node:crypto'
import type { Credentials } from '../../reference-server/accounts.ts'
import type { Reference } from '../../reference-server/index.ts'
import { UsageError } from '../usage-error.ts'

/** With a `seed` the passwords are the same each time. Throws UsageError. */
export async function startAccounts(
  reference: Reference,
  names: readonly string[],
  seed: number | string | undefined,
): Promise<readonly Credentials[]> {
  return await Promise.all(names.map((name) => ensure(reference, credentials(name, reference, seed))))
}

async function ensure(reference: Reference, wanted: Credentials): Promise<Credentials> {
  const { accounts } = reference
  if (accounts.find(wanted.address) === undefined) return accounts.create(wanted)
  if ((await accounts.authenticate(wanted.address, wanted.password, 'imap')) !== undefined) return wanted
  throw new UsageError(
    `--accounts: ${wanted.address} exists already, with another password`,
    'leave it out, or give the --seed it was made with',
  )
}

/** `name` may have a domain, which must be one of the server's. */
function credentials(name: string, { domain, domains }: Reference, seed: number | string | undefined): Credentials {
  const address = name.includes('@') ? name : `${name}@${domain}`
  if (!domains.includes(address.slice(address.indexOf('@') + 1))) {
    throw new UsageError(`--accounts: ${name} is under none of ${domains.join(', ')}`)
  }
  const bytes =
    seed === undefined ? randomBytes(12) : createHash('sha256').update(`${seed}/${name}`).digest().subarray(0, 12)
  return { address, password: bytes.toString('base64url') }
}
