import { describe, expect, test } from 'vitest'
import { allChecks } from '../../harness/check/plan.ts'
import type { Host } from '../../harness/host/host.ts'
import { runOnReference } from '../../proof/reference-run.ts'
import { deliveryDefects } from '../../reference-server/defects/delivery.ts'
import { type DefectId, defects } from '../../reference-server/defects/index.ts'
import type { Defect } from '../../reference-server/defects/types.ts'
import { deliverySuite } from './index.ts'

const checks = allChecks([deliverySuite])
const all: Readonly<Record<string, Defect>> = defects
/** Absence is known sooner here than on a host across a network. */
const impatient = async (host: Host) => ({
  host: { ...host, timing: { ...host.timing, arrival: 800 } },
  [Symbol.asyncDispose]: async () => {},
})
const only = { suites: [deliverySuite], costs: ['bulk'] as const, evidence: 'none' as const }
// The proof takes the time for these; a unit test need not.
const heavy = checks.filter(({ needs }) => needs?.cost === 'bulk').map(({ id }) => id)
heavy.push('delivery/never-loses', 'delivery/never-duplicates')
const light = (Object.keys(deliveryDefects) as DefectId[]).filter((id) => all[id]?.cost !== 'bulk')

describe('the delivery checks', { timeout: 120_000 }, () => {
  test.each([0, 1])('pass on the conforming server, variant %i', async (variant) => {
    const { findings, measurements } = await runOnReference({ ...only, variant, skip: heavy })
    const open = findings.filter(({ verdict }) => verdict !== 'pass')
    expect(open.map(({ check, verdict, reason }) => `${check}: ${verdict}, ${reason}`)).toEqual([])
    expect(measurements.find(({ id }) => id === 'delivery')?.samples).toHaveLength(20)
  })

  test.concurrent.each(light)('see the defect %s', async (id) => {
    const violated = all[id]?.violates
    const own = checks.filter((check) => check.requirement === violated && !heavy.includes(check.id))
    const { findings, observations } = await runOnReference({
      ...only,
      defects: [id],
      between: impatient,
      only: own.map((check) => check.id),
    })
    const seen = [
      ...findings.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check),
      ...observations.filter(({ value }) => value !== 0).map((item) => item.id),
    ]
    expect(seen).not.toEqual([])
  })
})
