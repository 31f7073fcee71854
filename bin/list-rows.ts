// The rows of `chatmail-check list`, one table a topic.
import { requirements } from '../catalogue/index.ts'
import { allChecks } from '../harness/check/plan.ts'
import type { CheckMeta, Suite } from '../harness/check/types.ts'
import { suites } from '../suites/index.ts'
import { shippedScenarios } from './load/shipped-scenarios.ts'

type Row = readonly string[]

interface ListedDefect {
  readonly violates: string
  readonly title: string
  readonly cost?: string
}

export async function rowsOf(
  topic: 'checks' | 'requirements' | 'defects' | 'habits' | 'presets' | 'profiles' | 'scenarios',
): Promise<readonly Row[]> {
  switch (topic) {
    case 'checks':
      return suites.flatMap(checkRows)
    case 'requirements':
      return Object.entries(requirements).map(([id, { level, text }]) => [id, level, text])
    case 'defects':
      return [...(await defectRows((requirement) => !observedOnly(requirement))), ...(await loadDefectRows())]
    case 'habits':
      return await defectRows(observedOnly)
    case 'presets':
      return await presetRows()
    case 'scenarios':
      return shippedScenarios.map(({ name, question }) => [name, question])
    case 'profiles':
      return [
        ['quick/1', 'the default: a few accounts and messages, under a minute'],
        ['list/1', 'what a public list of relays needs; slow checks too'],
        ['full/1', 'everything that can be decided; slow and bulk checks too'],
      ]
  }
}

/** Those that violate such a requirement; with the cost that their check declares. */
async function defectRows(wanted: (requirement: string) => boolean): Promise<readonly Row[]> {
  const loaded = await import('../reference-server/defects/index.ts')
  const defects: Readonly<Record<string, ListedDefect>> = loaded.defects
  return Object.entries(defects)
    .filter(([, { violates }]) => wanted(violates))
    .map(([id, { violates, title, cost }]) => [id, cost ?? 'light', violates, title])
}

/** Those that no check sends enough to see. */
async function loadDefectRows(): Promise<readonly Row[]> {
  const { loadDefects } = await import('../reference-server/defects/index.ts')
  return Object.entries(loadDefects).map(([id, { violates, title }]) => [id, 'load', violates, title])
}

async function presetRows(): Promise<readonly Row[]> {
  const { presets } = await import('../reference-server/presets/index.ts')
  return Object.entries(presets).map(([id, { title }]) => [id, title])
}

/** No check judges it: what differs there is a habit of the server and no fault. */
function observedOnly(requirement: string): boolean {
  return allChecks(suites).every((check) => check.requirement !== requirement || check.observes)
}

function checkRows(suite: Suite): readonly Row[] {
  const row = (check: CheckMeta, needs = check.needs, observes = false): Row => {
    const level = observes ? 'observes' : (requirements[check.requirement]?.level ?? 'must')
    return [check.id, level, check.profile ?? 'quick', needs?.cost ?? 'light', check.title]
  }
  return [
    ...suite.checks.map((check) => row(check, check.needs, check.observes)),
    ...suite.batches.flatMap((batch) =>
      batch.members.map((member) => row(member, { ...batch.needs, ...member.needs })),
    ),
  ]
}
