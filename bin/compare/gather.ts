// Asks the hosts of a comparison one after the other, and keeps each answer, so that a comparison that was stopped goes on where
// it was. Used by the compare command.
import type { Contender } from '../../harness/compare/compare.ts'
import type { Target } from '../target.ts'
import { type Checking, checkForComparison } from './check-host.ts'
import { type Notes, optedOut } from './notes.ts'
import type { Entry, Round, WorkFolder } from './work-folder.ts'

/** A round that was stopped is taken up again for so long; after it the first hosts would be compared with another day. */
const freshFor = 24 * 3_600_000

/** The round to go on with, or a new one. `of` says what is asked for. */
export async function takeUp(work: WorkFolder, of: string, seed: number | undefined, now: Date): Promise<Round> {
  const before = await work.round()
  const age = before === undefined ? Number.NaN : now.getTime() - Date.parse(before.started)
  if (before && !before.finished && before.of === of && age >= 0 && age < freshFor) return before
  const round = {
    of,
    started: now.toISOString(),
    seed: seed ?? Math.floor(Math.random() * 0x7fffffff),
    finished: false,
  }
  await work.keepRound(round)
  return round
}

/** One a host that was asked, in the order of `targets`; fewer when it was stopped. */
export async function gather(
  targets: readonly Target[],
  notes: Notes,
  work: WorkFolder,
  round: Round,
  about: Omit<Checking, 'seed'>,
): Promise<readonly Contender[]> {
  const contenders: Contender[] = []
  for (const [at, target] of targets.entries()) {
    if (about.interrupt.aborted) break
    const place = `${at + 1} of ${targets.length}`
    const kept = await work.entry(target.text)
    const refusal = optedOut(notes, target.text)
    if (refusal !== undefined) {
      about.say(`${target.text} (${place}): not asked: ${refusal}`)
      await work.keepEntry({ label: target.text, round: round.started, state: 'opted-out', reason: refusal })
    } else if (kept?.round === round.started) {
      about.say(`${target.text} (${place}): done before`)
    } else {
      about.say(`${target.text} (${place})`)
      const entry = await ask(target, kept, round, about)
      // What was stopped in the middle is asked again from its beginning.
      if (about.interrupt.aborted && entry.result?.complete === false) break
      await work.keepEntry(entry)
    }
    const entry = await work.entry(target.text)
    if (entry) contenders.push(contenderOf(entry))
  }
  return contenders
}

async function ask(
  target: Target,
  kept: Entry | undefined,
  round: Round,
  about: Omit<Checking, 'seed'>,
): Promise<Entry> {
  const { result, error } = await checkForComparison(target, { ...about, seed: round.seed })
  const base = { label: target.text, round: round.started }
  if (error === undefined) return { ...base, state: 'checked', result }
  about.say(error.message)
  if (error.code === 'opted-out') return { ...base, state: 'opted-out', reason: error.message }
  // It was checked not long ago: that counts.
  if (error.code === 'too-soon' && kept?.state === 'checked' && kept.result)
    return { ...base, state: 'checked', reason: error.message, result: kept.result }
  return { ...base, state: 'unreached', reason: error.message, result }
}

function contenderOf({ label, state, reason, result }: Entry): Contender {
  return { label, state, reason, result }
}
