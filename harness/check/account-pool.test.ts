import { describe, expect, it } from 'vitest'
import { startReference } from '../../reference-server/index.ts'
import { Transcript } from '../clients/transcript.ts'
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
})
