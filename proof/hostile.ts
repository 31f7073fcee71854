// Part 4: whatever a peer does at whatever stage, a check that gets there ends by its deadline and says neither pass nor error.
import type { CheckMeta } from '../harness/check/types.ts'
import type { Finding, Result } from '../harness/result/schema.ts'
import type { Problem } from './problem.ts'
import { runOnReference } from './reference-run.ts'
import { type HostileHost, type Hostility, hostileHost, type Stage } from './stage-proxy.ts'

export interface HostileOutcome {
  readonly problems: readonly Problem[]
  /** Checks that met the hostile peer. */
  readonly met: number
  readonly seconds: number
}

/** Two tries of a check, each with its deadline and grace, at the shortened timing, with many beside it. */
const longest = 25_000

/** Stages that every lease of an account goes through: there a few checks stand for all that lease. */
const leaseStages = ['imap greeting', 'imap login', 'imap select']
const standIns = 6

/** The checks that get to a stage in a good run, by what they said and heard there. */
export function reachers(stage: Stage, calm: Result, checks: readonly CheckMeta[]): string[] {
  const slow = new Set(
    checks.filter((check) => check.needs?.cost === 'slow' || check.needs?.cost === 'bulk').map((check) => check.id),
  )
  const leasing = new Set(checks.filter((check) => (check.needs?.accounts ?? 0) > 0).map((check) => check.id))
  const all = calm.findings
    .filter((finding) => gotTo(finding, stage) && !slow.has(finding.check))
    .map((finding) => finding.check)
  if (!leaseStages.includes(stage.id)) return all
  const some = new Set(all.filter((id) => leasing.has(id)).slice(0, standIns))
  return all.filter((id) => !leasing.has(id) || some.has(id))
}

export async function tryHostile(
  stage: Stage,
  hostility: Hostility,
  checks: readonly string[],
): Promise<HostileOutcome> {
  const started = performance.now()
  let hostile: HostileHost | undefined
  const result = await runOnReference({
    jobs: 24,
    brisk: true,
    deadline: 2_500,
    only: checks,
    evidence: 'all',
    between: async (host) => {
      hostile = await hostileHost(host, stage, hostility)
      return hostile
    },
  })
  const about = `${stage.id}, ${hostility}`
  const problems: Problem[] = []
  let met = 0
  for (const finding of result.findings) {
    const problem = (text: string) => problems.push({ part: 'hostile', about, text: `${finding.check} ${text}` })
    if (finding.verdict === 'error') problem(`says error: ${finding.reason ?? ''}`)
    if (finding.duration > longest) problem(`took ${finding.duration} ms`)
    if (!gotTo(finding, stage, hostile?.port)) continue
    met++
    if (finding.verdict === 'pass') problem('says pass')
  }
  if ((hostile?.turned() ?? 0) === 0) problems.push({ part: 'hostile', about, text: 'no connection got to this stage' })
  return { problems, met, seconds: (performance.now() - started) / 1000 }
}

/** Did the check's own dialogue get to the stage, over this port? Its evidence says. */
function gotTo(finding: Finding, stage: Stage, port?: number): boolean {
  const place = `${port === undefined ? '' : ` port ${port}`}, ${stage.service}`
  const connections = finding.evidence
    .filter((line) => line.text.startsWith('connected to ') && line.text.endsWith(place))
    .map((line) => line.connection)
  if (stage.at === 'connect') return connections.length > 0
  const [side, pattern] = 'client' in stage.at ? ['>', stage.at.client] : ['<', stage.at.server]
  return finding.evidence.some(
    (line) => connections.includes(line.connection) && line.direction === side && pattern.test(line.text),
  )
}
