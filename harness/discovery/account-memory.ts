// Accounts that live as long as the process: for hosts that do, like an in-process server.
import type { Account, AccountStore } from '../host/account.ts'

export function memoryAccountStore(
  accounts: readonly Account[] = [],
  options: { mayCreate?: boolean } = {},
): AccountStore {
  const known = new Map(accounts.map((account) => [account.address, account]))
  return {
    mayCreate: options.mayCreate ?? true,
    load: async () => [...known.values()],
    remember: async (account) => {
      known.set(account.address, account)
    },
    forget: async (address) => {
      known.delete(address)
    },
  }
}
