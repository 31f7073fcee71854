// What a run may ask of somebody else's server. The figures of a quick run are promised in the README.
import { describe, expect, it } from 'vitest'
import { planChecks } from '../harness/check/plan.ts'
import { profileBudgets } from '../harness/host/defaults.ts'
import { startReference } from '../reference-server/index.ts'
import { suites } from './index.ts'

describe('what a run may ask of a host', () => {
  it('is at most 10 new accounts and 60 messages for a quick run', () => {
    expect(profileBudgets.quick).toMatchObject({ freshAccounts: 10, messages: 60 })
  })

  it.each(['quick', 'list', 'full'] as const)('is enough for all checks of the profile %s', async (profile) => {
    await using reference = await startReference()
    const budget = profileBudgets[profile]
    const host = { ...reference.host(), budget }
    const plan = planChecks(host, suites, { profile, only: [], skip: [], costs: [], iOperate: true, jobs: 4 })
    expect(plan.budget.freshAccounts).toBeLessThanOrEqual(budget.freshAccounts)
    expect(plan.budget.messages).toBeLessThanOrEqual(budget.messages)
    expect(plan.budget.connections).toBeLessThanOrEqual(budget.connections)
  })
})
