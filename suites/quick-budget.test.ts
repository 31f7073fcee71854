// What a quick run may ask of somebody else's server: promised in the README.
import { expect, it } from 'vitest'
import { planChecks } from '../harness/check/plan.ts'
import { quickBudget } from '../harness/host/defaults.ts'
import { startReference } from '../reference-server/index.ts'
import { suites } from './index.ts'

it('a quick run needs at most 10 new accounts and 60 messages', async () => {
  await using reference = await startReference()
  const host = { ...reference.host(), budget: quickBudget }
  const plan = planChecks(host, suites, { profile: 'quick', only: [], skip: [], costs: [], iOperate: false, jobs: 4 })
  expect(plan.budget.freshAccounts).toBeLessThanOrEqual(10)
  expect(plan.budget.messages).toBeLessThanOrEqual(60)
  expect(plan.budget.connections).toBeLessThanOrEqual(quickBudget.connections)
})
