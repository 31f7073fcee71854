// Part 8: a diagnosis names what is broken. Each single defect, by what the proof saw of it, and random pairs, run for real.
import type { CheckMeta } from '../harness/check/types.ts'
import { type Decided, diagnose } from '../harness/diagnosis/diagnose.ts'
import { matrixText } from '../harness/diagnosis/matrix.ts'
import { type Death, readMatrix } from '../harness/diagnosis/read-matrix.ts'
import { createRandom } from '../harness/mail/random.ts'
import { type DefectId, defects } from '../reference-server/defects/index.ts'
import type { Defect } from '../reference-server/defects/types.ts'
import { leaves } from './impact.ts'
import { type DefectOutcome, decidedIn, runDefective } from './kill-matrix.ts'
import type { Problem } from './problem.ts'
import type { Task, TaskOutcome } from './task.ts'

export type Pair = readonly [DefectId, DefectId]

export interface PairOutcome extends Pick<DefectOutcome, 'failed' | 'held'> {
  readonly pair: Pair
}

/** Of single defects, so many must be named first. */
const namedFirst = 0.95

const all: Readonly<Record<string, Defect>> = defects

export async function tryPair(pair: Pair, checks: readonly string[]): Promise<PairOutcome> {
  return { pair, ...decidedIn(await runDefective(pair, checks)) }
}

/** Pairs from a seed: of light defects that change different things, and of which each shows where the other does not. */
export function randomPairs(
  seed: number,
  count: number,
  among: (death: Death) => boolean = () => true,
): readonly Pair[] {
  const random = createRandom(seed)
  const light = readMatrix(matrixText).filter(
    (death) => (all[death.defect]?.cost ?? 'light') === 'light' && !isOfCore(death.violates) && among(death),
  )
  const pairs: Pair[] = []
  for (let tries = 0; pairs.length < count && tries < count * 100; tries++) {
    const [a, b] = [light[random.below(light.length)], light[random.below(light.length)]]
    if (a && b && areApart(a, b)) pairs.push([a.defect as DefectId, b.defect as DefectId])
  }
  return pairs
}

function areApart(a: Death, b: Death): boolean {
  const [one, other] = [a, b].map(({ defect }) => leaves(all[defect]?.behaviour ?? {}, ''))
  const clash = one?.some((path) =>
    other?.some((its) => its === path || its.startsWith(`${path}.`) || path.startsWith(`${its}.`)),
  )
  const showsAlone = (x: Death, y: Death) => x.fails.some((check) => !y.fails.includes(check))
  return !clash && showsAlone(a, b) && showsAlone(b, a)
}

/** At which place the diagnosis names exactly these, from 0; -1: not at all. */
export function placeOf(wanted: readonly string[], decided: Decided): number {
  return diagnose(decided, readMatrix(matrixText)).findIndex(
    ({ causes }) =>
      causes.length === wanted.length &&
      wanted.every((defect) => causes.some(({ alike }) => alike.some((one) => one.defect === defect))),
  )
}

/**
 * The same of a pair, as far as it can be seen: where one keeps the checks of the other from deciding anything, nobody can name
 * the other.
 */
export function placeOfPair(pair: Pair, decided: Decided): number {
  const deaths = new Map(readMatrix(matrixText).map((death) => [death.defect, death.fails]))
  const showing = pair.filter((defect, at) => {
    const others = deaths.get(pair[at === 0 ? 1 : 0]) ?? []
    return deaths.get(defect)?.some((check) => decided.get(check) === 'fails' && !others.includes(check))
  })
  return placeOf(showing, decided)
}

/** What was not tried on a defect cannot see it, and holds as it did. */
export function decidedFrom(
  { failed, held }: Pick<DefectOutcome, 'failed' | 'held'>,
  tried: readonly string[],
  checks: readonly CheckMeta[],
): Decided {
  const untried = checks.filter(({ id, observes }) => !observes && !tried.includes(id) && !isOfCore(id))
  return new Map([
    ...untried.map(({ id }) => [id, 'holds'] as const),
    ...held.map((id) => [id, 'holds'] as const),
    ...failed.map((id) => [id, 'fails'] as const),
  ])
}

/** Each defect, by what is recorded of it; `checks` are those that are made. */
export function recordedSingles(
  checks: readonly CheckMeta[],
): readonly { readonly defect: string; readonly decided: Decided }[] {
  const known = new Set(checks.map(({ id }) => id))
  return readMatrix(matrixText).map(({ defect, fails }) => ({
    defect,
    decided: decidedFrom({ failed: fails.filter((id) => known.has(id)), held: [] }, fails, checks),
  }))
}

/** All that were diagnosed. Without the part that runs each defect, what is recorded of them stands for it. */
export function judgeDiagnoses(
  tasks: readonly Task[],
  outcomes: readonly TaskOutcome[],
  checks: readonly CheckMeta[],
): { readonly problems: readonly Problem[]; readonly singles: number; readonly pairs: number } {
  const tried = tasks.map((task) => ('checks' in task ? task.checks : []))
  const run = outcomes.flatMap((outcome, at) =>
    outcome.kind === 'defect'
      ? [{ defect: outcome.outcome.defect, decided: decidedFrom(outcome.outcome, tried[at] ?? [], checks) }]
      : [],
  )
  const singles = run.length > 0 ? run : recordedSingles(checks)
  const pairs = outcomes.flatMap((outcome, at) =>
    outcome.kind === 'pair'
      ? [{ pair: outcome.outcome.pair, decided: decidedFrom(outcome.outcome, tried[at] ?? [], checks) }]
      : [],
  )
  return { problems: judgeDiagnosis(singles, pairs), singles: singles.length, pairs: pairs.length }
}

export function judgeDiagnosis(
  singles: readonly { readonly defect: string; readonly decided: Decided }[],
  pairs: readonly { readonly pair: Pair; readonly decided: Decided }[],
): Problem[] {
  const problem = (about: string, text: string): Problem => ({ part: 'diagnosis', about, text })
  const failing = singles.filter(({ decided }) => [...decided.values()].includes('fails'))
  const places = failing.map(({ defect, decided }) => ({ defect, place: placeOf([defect], decided) }))
  const first = places.filter(({ place }) => place === 0).length
  return [
    ...places
      .filter(({ place }) => place < 0)
      .map(({ defect }) => problem(defect, 'is not among the first three named')),
    ...(first < places.length * namedFirst
      ? [problem('single defects', `${first} of ${places.length} are named first`)]
      : []),
    ...pairs
      .filter(({ pair, decided }) => placeOfPair(pair, decided) < 0)
      .map(({ pair }) => problem(pair.join(' with '), 'are not among the first three named')),
  ]
}

function isOfCore(id: string): boolean {
  return id.startsWith('deltachat')
}
