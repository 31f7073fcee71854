// Which stage of a delivery is slower on the new server than on the old one, from messages sent to both in turns. Pure.
// Used by `compare --interleave`.
import type { Arm, Round, StageChange, StageId } from '../result/interleave.ts'
import { pairedShift } from '../result/paired.ts'
import { percentile } from '../result/statistics.ts'
import { stageNames } from '../result/trace.ts'
import { networkTrips } from './timeline.ts'

/** Milliseconds of the network alone, there and back. */
export interface RoundTrips {
  readonly old: number
  readonly new: number
}

export interface Judgement {
  readonly verdict: 'slower' | 'same' | 'undecided'
  readonly reason: string
  readonly stages: readonly StageChange[]
}

/** Rounds between two looks at them. What is slower at one look must be so at the next, and between them. */
export const lookEvery = 12

/** What is no slowdown yet: so many milliseconds, or this share of what the old server itself takes; the higher one. */
const floor = { stage: { ms: 1, share: 0.1 }, whole: { ms: 5, share: 0.05 } } as const

/** To call one stage of an equally fast server slower, at any look, or one that is slower the same. */
const wrongAtMost = 0.05

/** Rounds that may be incomplete before a server cannot be called as fast as the other. */
const incompleteAtMost = 0.1

const whole = 'whole'
const stageIds: readonly StageId[] = (['submission', 'delivery', 'reading'] as const).flatMap((part) =>
  stageNames.map((name): StageId => `${part}.${name}`),
)

/** After a multiple of `lookEvery` rounds; `most` is how many there may be in all, which is what the sureness is shared among. */
export function judgeRounds(rounds: readonly Round[], most: number, trips: RoundTrips): Judgement {
  const looks = Math.max(1, Math.floor(most / lookEvery))
  const stages = changes(rounds, looks, trips)
  const slower = confirmed(
    stages.filter(({ verdict }) => verdict === 'slower'),
    rounds,
    looks,
    trips,
  )
  const named = slower.filter(({ stage }) => stage !== whole)
  const unsteady = stages.filter(({ machine }) => machine === 'unsteady')
  const incomplete = (arm: Arm): number => rounds.filter((round) => round[arm] === null).length
  const because = (verdict: Judgement['verdict'], reason: string): Judgement => ({ verdict, reason, stages })
  if (stages.length === 0) return because('undecided', 'no message came through both')
  if (unsteady.length > 0) {
    return because(
      'undecided',
      `this machine is not steady: the reference server differs from itself at ${listed(unsteady)}`,
    )
  }
  if (slower.length > 0) return because('slower', `slower at ${listed(named.length > 0 ? named : slower)}`)
  for (const arm of ['new', 'old', 'control'] as const) {
    if (incomplete(arm) > rounds.length * incompleteAtMost)
      return because('undecided', `${incomplete(arm)} of ${rounds.length} messages did not come through ${words[arm]}`)
  }
  if (stages.every(({ verdict }) => verdict === 'same' || verdict === 'faster')) {
    const faster = stages.filter(({ verdict }) => verdict === 'faster')
    return because(
      'same',
      faster.length === 0 ? 'no stage is slower' : `no stage is slower, faster at ${listed(faster)}`,
    )
  }
  const open = stages.filter(({ verdict }) => verdict === 'open' || verdict === 'slower')
  return because('undecided', `not clear after ${rounds.length} rounds: ${listed(open)}`)
}

const words: Readonly<Record<Arm, string>> = {
  old: 'the old server',
  new: 'the new server',
  control: 'the reference server',
}

const listed = (stages: readonly StageChange[]): string => stages.map(({ stage }) => stage).join(', ')

/** Of those that are slower now: those that were at the look before, and are by themselves since. */
function confirmed(
  slower: readonly StageChange[],
  rounds: readonly Round[],
  looks: number,
  trips: RoundTrips,
): readonly StageChange[] {
  if (slower.length === 0) return []
  const before = changes(rounds.slice(0, -lookEvery), looks, trips)
  const since = changes(rounds.slice(-lookEvery), looks, trips)
  return slower.filter(({ stage, tolerance }) => {
    const shift = since.find((one) => one.stage === stage)?.change ?? 0
    return before.find((one) => one.stage === stage)?.verdict === 'slower' && shift > tolerance
  })
}

function changes(rounds: readonly Round[], looks: number, trips: RoundTrips): readonly StageChange[] {
  const seen = stageIds.filter((id) => rounds.some(({ old, new: young }) => id in (old ?? {}) && id in (young ?? {})))
  const sure = wrongAtMost / looks
  // One of many may not be called slower by chance; for all to be the same, each has to be.
  const sureOfOne = sure / (seen.length + 1)
  const judged = [...seen, whole].map((id) => change(id, rounds, sureOfOne, sure, trips))
  return judged.filter((one) => one !== undefined)
}

function change(
  stage: string,
  rounds: readonly Round[],
  sureOfOne: number,
  sure: number,
  trips: RoundTrips,
): StageChange | undefined {
  const took = (sample: Round['old']): number | undefined =>
    sample === null ? undefined : stage === whole ? sum(Object.values(sample)) : sample[stage]
  const pairs = rounds.flatMap((round) => {
    const [old, young] = [took(round.old), took(round.new)]
    return old === undefined || young === undefined ? [] : [{ old, new: young }]
  })
  if (pairs.length === 0) return undefined
  const controls = rounds.flatMap((round) => took(round.control) ?? [])
  const old = percentile(
    pairs.map((pair) => pair.old),
    50,
  )
  const own = Math.max(0, old - trips.old * networkTrips(stage))
  const { ms, share } = stage === whole ? floor.whole : floor.stage
  const tolerance = Math.max(ms, own * share)
  // What the network takes longer on the one way than on the other is not the server's.
  const network = (trips.new - trips.old) * networkTrips(stage)
  const shift = pairedShift(
    pairs.map((pair) => pair.new - pair.old - network),
    sureOfOne,
    sure,
  )
  const sham = pairedShift(inTurns(controls), sureOfOne, sureOfOne)
  return {
    stage,
    old: rounded(old),
    new: rounded(
      percentile(
        pairs.map((pair) => pair.new),
        50,
      ),
    ),
    control: rounded(percentile(controls, 50)),
    change: rounded(shift.estimate),
    ...(Number.isFinite(shift.low) ? { low: rounded(shift.low) } : {}),
    ...(Number.isFinite(shift.high) ? { high: rounded(shift.high) } : {}),
    tolerance: rounded(tolerance),
    verdict:
      shift.low > tolerance ? 'slower' : shift.high < -tolerance ? 'faster' : shift.high < tolerance ? 'same' : 'open',
    machine: sham.low > tolerance || sham.high < -tolerance ? 'unsteady' : 'steady',
  }
}

/** Each against the one after it, the sign changing, so that a drift is no difference. */
function inTurns(values: readonly number[]): readonly number[] {
  const differences: number[] = []
  for (let at = 0; at + 1 < values.length; at += 2) {
    const difference = (values[at + 1] ?? 0) - (values[at] ?? 0)
    differences.push(at % 4 === 0 ? difference : -difference)
  }
  return differences
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

const rounded = (ms: number): number => Math.round(ms * 1_000) / 1_000
