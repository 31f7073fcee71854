// Two servers measured in turns, in words: why this verdict, and the figures of a stage. Used by all renderers beside it.
import type { Interleave, StageChange } from '../../harness/result/interleave.ts'
import type { Language } from '../language/language.ts'

/** Names of the columns that `cells` gives. */
export function head({ words }: Language): readonly string[] {
  const { stage, old, new: young, change, between, beside } = words.compare.turns.head
  return [stage, old, young, change, between, beside, '']
}

/** `new.example against old.example`; `write` makes their names fit to be shown. */
export function againstText(
  { say, words }: Language,
  { old, new: young }: Interleave,
  write: (label: string) => string,
): string {
  return say(words.compare.turns.against, { old: write(old.label), new: write(young.label) })
}

/** What went wrong, how often, and on which of them. */
export function troubleText(
  { say, count, words }: Language,
  { arm, count: times }: Interleave['troubles'][number],
  text: string,
): string {
  const { trouble, arm: on } = words.compare.turns
  return say(trouble, { times: count(words.load.times, times), arm: on[arm], text })
}

/** `delivery.rcpt takes 2.0 ms longer (+20 %)`, or why there is no such thing to say: that of the record is English. */
export function reasonOf(language: Language, record: Interleave): string {
  if (record.verdict !== 'slower') return record.reason
  const { say, words } = language
  return slowStages(record)
    .map(({ stage, change, old }) =>
      say(words.compare.turns.longer, {
        stage: nameOf(language, stage),
        ms: say(words.milliseconds, { n: ms(language, change) }),
        share: share(language, change, old),
      }),
    )
    .join(words.comma)
}

/** Those that the verdict names. */
export function slowStages({ verdict, reason, stages }: Interleave): readonly StageChange[] {
  return verdict === 'slower' ? stages.filter((one) => one.verdict === 'slower' && reason.includes(one.stage)) : []
}

export function summary({ say, count, words }: Language, { rounds, seconds }: Interleave): string {
  return count(words.compare.turns.summary, rounds.length, { time: say(words.seconds, { n: Math.round(seconds) }) })
}

export function cells(language: Language, change: StageChange): string[] {
  return [
    nameOf(language, change.stage),
    ms(language, change.old),
    ms(language, change.new),
    signed(language, change.change),
    between(language, change),
    ms(language, change.control),
    verdictOf(language, change),
  ]
}

/** `delivery.rcpt` in every language, but a word for the `whole`. */
export function nameOf({ words }: Language, stage: string): string {
  return stage === 'whole' ? words.compare.turns.whole : stage
}

/** `+2.1 ms, +1.8 to +2.3` */
export function changeText(language: Language, one: StageChange): string {
  return [signedMs(language, one.change), between(language, one)].join(language.words.comma)
}

/** `+1.8 to +2.3`; `?` is an end that is not known. */
export function between(language: Language, { low, high }: Pick<StageChange, 'low' | 'high'>): string {
  const end = (value: number | undefined): string => (value === undefined ? '?' : signed(language, value))
  return language.say(language.words.compare.turns.range, { low: end(low), high: end(high) })
}

export function verdictOf({ words }: Language, { machine, verdict }: StageChange): string {
  const { stage } = words.compare.turns
  return machine === 'unsteady' ? stage.unsteady : stage[verdict]
}

export function share({ say, words }: Language, change: number, old: number): string {
  // Never -0, which is written with its sign.
  const percent = Math.round((100 * change) / Math.max(old, 0.001)) || 0
  return `${percent > 0 ? '+' : ''}${say(words.percent, { n: percent })}`
}

/** A number and its unit on one line. */
export const unbroken = (text: string): string => text.replace(' ', '\u00a0')

export function signed(language: Language, value: number): string {
  return `${value >= 0.05 ? '+' : ''}${ms(language, value)}`
}

/** `+2.1 ms` */
export function signedMs(language: Language, value: number): string {
  return language.say(language.words.milliseconds, { n: signed(language, value) })
}

/** One digit after the point, also where it is 0: columns of them are compared. */
export function ms({ fixed }: Language, value: number): string {
  return fixed(value, Math.abs(value) < 99.95 ? 1 : 0)
}

/** Of an axis: `+2`, `0`, `−0.5`. */
export function signedTick({ number }: Language, value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${number(Number(Math.abs(value).toPrecision(3)), 6)}`
}
