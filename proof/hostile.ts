// Part 4: whatever a peer does at whatever stage, a check that gets there ends by its deadline and says neither pass nor error.
import type { Finding } from '../harness/result/schema.ts'
import type { Problem } from './problem.ts'
import { runOnReference } from './reference-run.ts'
import { type HostileHost, type Hostility, hostileHost, type Stage } from './stage-proxy.ts'

export interface HostileOutcome {
  readonly problems: readonly Problem[]
  /** Checks that got to the stage. */
  readonly reached: number
  readonly seconds: number
}

/** Two tries of a check, each with its deadline, grace and lease, at the shortened timing. */
const longest = 20_000

export async function tryHostile(stage: Stage, hostility: Hostility): Promise<HostileOutcome> {
  const started = performance.now()
  let hostile: HostileHost | undefined
  const result = await runOnReference({
    jobs: 12,
    evidence: 'all',
    costs: ['intrusive'],
    skip: ['delivery/still-notifies-after-idling'],
    between: async (host) => {
      hostile = await hostileHost(host, stage, hostility)
      return hostile
    },
  })
  const about = `${stage.id}, ${hostility}`
  const problems: Problem[] = []
  const reached = result.findings.filter((finding) => got(finding, stage))
  for (const finding of reached) {
    const problem = (text: string) => problems.push({ part: 'hostile', about, text: `${finding.check} ${text}` })
    if (finding.verdict === 'pass' || finding.verdict === 'error')
      problem(`says ${finding.verdict}: ${finding.reason ?? ''}`)
    if (finding.duration > longest) problem(`took ${finding.duration} ms`)
  }
  for (const finding of result.findings) {
    if (finding.verdict === 'error' && !reached.includes(finding)) {
      problems.push({ part: 'hostile', about, text: `${finding.check} says error: ${finding.reason ?? ''}` })
    }
  }
  if ((hostile?.turned() ?? 0) === 0) problems.push({ part: 'hostile', about, text: 'no connection got to this stage' })
  return { problems, reached: reached.length, seconds: (performance.now() - started) / 1000 }
}

/** Did the check's own dialogue get to the stage? Its evidence says. */
function got(finding: Finding, stage: Stage): boolean {
  if (stage.at === 'connect') return false
  const [side, pattern] = 'client' in stage.at ? ['>', stage.at.client] : ['<', stage.at.server]
  return finding.evidence.some((line) => line.direction === side && pattern.test(line.text))
}
