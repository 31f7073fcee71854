// The quick proof of one area, for its test: every check passes on the good server, and every defect of the area fails,
// as itself, a check of the requirement it violates. Nothing waits for the rate limit: accounts begin well rested.
import { expect, it } from 'vitest'
import { allChecks } from '../harness/check/plan.ts'
import type { Suite } from '../harness/check/types.ts'
import type { Host } from '../harness/host/host.ts'
import type { Result } from '../harness/result/schema.ts'
import { hastyTiming, runOnReference } from '../proof/reference-run.ts'
import type { DefectId } from '../reference-server/defects/index.ts'
import type { Defect } from '../reference-server/defects/types.ts'
import type { Variation } from '../reference-server/variations/types.ts'

const rested = { limits: { burst: 200 } } as const

export function provesArea(
  suite: Suite,
  defects: Readonly<Record<string, Defect>>,
  variations: Readonly<Record<string, Variation>>,
  /** Waits for the defects: most of them show by something that never comes. */
  timing: Host['timing'] = hastyTiming,
): void {
  const suites = [suite]
  const checks = allChecks(suites)
  const light = checks.filter((check) => check.needs?.cost !== 'bulk')
  const bulky = checks.filter((check) => !light.includes(check)).map(({ id }) => id)
  const baseline = (variant: number) => runOnReference({ suites, variant, behaviour: rested, skip: bulky })

  let good: Promise<Result> | undefined

  it.each([0, 3])('passes on the good server, variant %i', async (variant) => {
    const run = baseline(variant)
    if (variant === 0) good = run
    const { findings } = await run
    expect(findings.filter(({ verdict }) => verdict !== 'pass').map(summary)).toEqual([])
    expect(findings.map(({ check }) => check).sort()).toEqual(
      light
        .filter((check) => !check.observes)
        .map(({ id }) => id)
        .sort(),
    )
  })

  it('names each defect, and each check has one', async () => {
    const before = observed(await (good ?? baseline(0)))
    const misses: string[] = []
    const seen = new Set<string>()
    const queue = Object.entries(defects)
    const tryNext = async (): Promise<void> => {
      const next = queue.shift()
      if (!next) return
      const [id, { violates }] = next
      const only = checks.filter((check) => check.requirement === violates).map((check) => check.id)
      const result = await runOnReference({
        suites,
        only,
        defects: [id as DefectId],
        behaviour: rested,
        costs: ['bulk'],
        timing,
      })
      const failed = result.findings.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check)
      const changed = [...observed(result)].filter(([check, value]) => before.get(check) !== value)
      for (const check of [...failed, ...changed.map(([name]) => name)]) seen.add(check)
      if (failed.length + changed.length === 0) misses.push(`${id}: ${result.findings.map(summary).join('; ')}`)
      await tryNext()
    }
    await Promise.all(Array.from({ length: 4 }, tryNext))
    expect(misses).toEqual([])
    // A check may share its requirement with a defect that only another check sees, if some other defect names it.
    const elsewhere = new Set(Object.values(defects).flatMap(({ alsoFails = [] }) => alsoFails))
    const alive = checks.filter(({ id, observes }) => !observes && !seen.has(id) && !elsewhere.has(id))
    expect(alive.map(({ id }) => id)).toEqual([])
  }, 60_000)

  it.each(Object.entries(variations))('puts up with a server that %s', async (_id, { behaviour, toleratedBy }) => {
    const { findings } = await runOnReference({
      suites,
      behaviour: { ...behaviour, ...rested },
      skip: bulky,
    })
    const others = findings.filter(({ verdict }) => !['pass', 'unsupported', 'skipped'].includes(verdict))
    // A variation may show in other areas, too.
    const here = toleratedBy.filter((id) => checks.some((check) => check.id === id))
    expect(others.map(({ check, verdict }) => `${check} ${verdict}`)).toEqual(here.map((id) => `${id} tolerated`))
  })
}

function observed({ observations }: Result): ReadonlyMap<string, unknown> {
  return new Map(observations.map(({ id, value }) => [id, value]))
}

function summary({ check, verdict, reason }: Result['findings'][number]): string {
  return `${check} ${verdict} ${reason ?? ''}`
}
