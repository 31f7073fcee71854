// Stages of a trace in words and figures. Used by its table, its headline and its waterfall.
import { percentile, samplesNeeded } from '../harness/result/statistics.ts'
import type { StageName, TracedMessage } from '../harness/result/trace.ts'
import { amount } from './figures.ts'
import { english } from './language/language.ts'

interface StageWords {
  /** Over a column of the table. */
  readonly head: string
  /** In a sentence: from where to where. */
  readonly long: string
}

export const stageWords: Readonly<Record<StageName, StageWords>> = english.words.stages

/** At most four characters: `0.4`, `12`, `350`, `2.0s`, `31s`. */
export function shortTime(ms: number): string {
  if (ms < 9.95) return ms.toFixed(1)
  if (ms < 999.5) return ms.toFixed(0)
  return ms < 9_950 ? `${(ms / 1_000).toFixed(1)}s` : `${Math.min(999, Math.round(ms / 1_000))}s`
}

/** `2.0 s`, `43 ms`. */
export function longTime(ms: number): string {
  return amount(ms < 100 ? Number(ms.toPrecision(2)) : ms, 'ms')
}

export function lengthOf({ started, ended }: { readonly started: number; readonly ended: number }): number {
  return ended - started
}

/** From MAIL to the whole message; undefined when it did not arrive. */
export function totalOf({ outcome, stages }: TracedMessage): number | undefined {
  const [first, last] = [stages.find(({ name }) => name === 'mail'), stages.at(-1)]
  return outcome === 'arrived' && first && last ? last.ended - first.started : undefined
}

/** The 95th percentile where there are enough samples for one, else the longest. */
export function high(samples: readonly number[]): { readonly word: 'p95' | 'max'; readonly ms: number } {
  return samples.length >= samplesNeeded(95)
    ? { word: 'p95', ms: percentile(samples, 95) }
    : { word: 'max', ms: Math.max(...samples) }
}
