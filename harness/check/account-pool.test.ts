import { describe, expect, it } from 'vitest'
import { startReference } from '../../reference-server/index.ts'
import { Transcript } from '../clients/transcript.ts'
import type { Account, AccountStore } from '../host/account.ts'
import { startHostRun } from './host-run.ts'

describe('the account pool', () => {
  it('leases an account that a check has made to one check at a time', async () => {
    const reference = await startReference()
    const signal = AbortSignal.timeout(10_000)
    const { pool } = startHostRun(reference.host(), () => ({ signal, transcript: new Transcript() }))
    try {
      await pool.adopt(reference.accounts.create(pool.unusedCredentials()))
      const leases = await pool.lease(2, 2, signal)
      const addresses = leases.map((lease) => lease.account.address)
      expect(new Set(addresses).size).toBe(2)
      await pool.release(leases)
    } finally {
      await pool.close()
      await reference.close()
    }
  })

  it('says which given account is not let in, also after it gave up on it', async () => {
    const reference = await startReference()
    const host = reference.host()
    const account = { ...reference.accounts.create({ address: 'alice1234@chat.test', password: 'password-1' }) }
    const given: Account = { address: account.address, password: 'mistyped', origin: 'given', created: '' }
    const accounts: AccountStore = { ...host.accounts, mayCreate: false, load: async () => [given] }
    const signal = AbortSignal.timeout(10_000)
    const { pool } = startHostRun({ ...host, accounts }, () => ({ signal, transcript: new Transcript() }))
    try {
      await expect(pool.lease(1, 1, signal)).rejects.toThrow('given account alice1234@chat.test logs in')
      await expect(pool.lease(1, 1, signal)).rejects.toThrow(/one account is needed.*alice1234@chat\.test \(NO /s)
      expect(pool.shutOut).toHaveLength(1)
    } finally {
      await pool.close()
      await reference.close()
    }
  })
})
