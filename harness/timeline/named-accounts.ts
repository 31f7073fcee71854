// An account store that puts the accounts a user named before all others. Used by `trace A@HOST B@HOST`.
import { randomBytes } from 'node:crypto'
import type { Account, AccountStore } from '../host/account.ts'
import { TargetError } from '../host/target-error.ts'

/**
 * A name that is not known is made by its first login, as a chatmail server makes accounts, with a password of ours. Where
 * the name is taken, the login fails. Where accounts are given, `load` throws TargetError for one that is not among them.
 */
export function namedAccounts(store: AccountStore, addresses: readonly string[]): AccountStore {
  return {
    ...store,
    async load() {
      const known = await store.load()
      const named = addresses.map((address) => {
        const found = known.find((account) => account.address.toLowerCase() === address.toLowerCase())
        if (found) return found
        if (!store.mayCreate) throw new TargetError('bad-option', `${address} is not among the accounts of --accounts`)
        // `given`, so that the pool does not quietly take another one when the login fails.
        return { address, password: randomBytes(16).toString('hex'), origin: 'given' } as const
      })
      return [...named, ...known.filter((account: Account) => !named.includes(account))]
    },
  }
}
