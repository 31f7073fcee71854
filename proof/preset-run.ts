// Part 7: on each preset, the checks say exactly what is true of that implementation, fails included.
import type { PresetId } from '../reference-server/presets/index.ts'
import { goldenLists, goldenVerdict, idleEntries } from './presets/index.ts'
import type { Problem } from './problem.ts'
import { runOnReference } from './reference-run.ts'

export interface PresetOutcome {
  readonly problems: readonly Problem[]
  /** Checks that do not pass, as they must not. */
  readonly told: number
}

/** Refused logins take a tenth of the time, or the proof would mostly wait for them. */
const soonerRefused = { submission: { authFailureDelayMs: 200 }, imap: { login: { authFailureDelayMs: 200 } } }

/** Four of these run beside each other, and beside the rest of the proof: nothing here may hang on a busy machine. */
const patient = { connect: 10_000, reply: 15_000, arrival: 4_000, check: 60_000, backoff: 300 }

export async function tryPreset(id: PresetId): Promise<PresetOutcome> {
  const list = goldenLists[id]
  const { findings } = await runOnReference({
    like: id,
    behaviour: soonerRefused,
    costs: ['bulk', 'intrusive'],
    skip: ['deltachat/*'],
    seed: 7,
    jobs: 4,
    brisk: true,
    timing: patient,
  })
  const problem = (text: string): Problem => ({ part: 'preset', about: id, text })
  const idle = idleEntries(
    list,
    findings.map(({ check }) => check),
  )
  const problems = idle.map((pattern) => problem(`the golden list names ${pattern}, and no check is called so`))
  let told = 0
  for (const { check, verdict, reason } of findings) {
    const expected = goldenVerdict(list, check)
    if (verdict !== expected) problems.push(problem(`${check} says ${verdict}, not ${expected}: ${reason ?? ''}`))
    else if (verdict !== 'pass') told++
  }
  return { problems, told }
}
