// A load run in the words of a report for people: which thresholds were kept, what a metric says, what went wrong in all.
// Used by the HTML and Markdown reports.
import type { LoadRecord } from '../harness/result/load-schema.ts'
import { amount } from './figures.ts'
import type { Language } from './language/language.ts'

type Threshold = LoadRecord['thresholds'][number]

export interface Kept {
  readonly glyph: string
  readonly tone: 'good' | 'bad' | 'open'
  readonly word: string
}

/** Of a run that is not valid, or did not end by itself, thresholds say nothing. */
export function kept(load: LoadRecord, { verdict }: Threshold, { words }: Language): Kept {
  const text = words.load.threshold
  if (load.verdict !== 'pass' && load.verdict !== 'fail') return { glyph: '–', tone: 'open', word: text.notJudged }
  if (verdict === 'pass') return { glyph: '✓', tone: 'good', word: text.kept }
  return verdict === 'fail'
    ? { glyph: '✗', tone: 'bad', word: text.broken }
    : { glyph: '?', tone: 'bad', word: text.noData }
}

/** What is not kept comes first; the rest is kept, or not judged at all. */
export function inOrder(load: LoadRecord): {
  readonly first: readonly Threshold[]
  readonly rest: readonly Threshold[]
} {
  const judged = load.verdict === 'pass' || load.verdict === 'fail'
  const broken = judged ? load.thresholds.filter(({ verdict }) => verdict !== 'pass') : []
  const ordered = [
    ...broken.filter(({ verdict }) => verdict === 'fail'),
    ...broken.filter(({ verdict }) => verdict === 'no-data'),
  ]
  return { first: ordered, rest: load.thresholds.filter((one) => !ordered.includes(one)) }
}

export function meaningOf(metric: string, { words }: Language): string | undefined {
  const known: Readonly<Record<string, string>> = words.load.metric
  return known[metric]
}

/** Times of k6 are milliseconds, shares are percent. */
export function figureOf(metric: string, value: number, language: Language): string {
  const { say, number, words } = language
  if (/_(duration|connecting|handshaking|lag|response)$|^start-lag$/.test(metric)) return amount(value, 'ms', language)
  if (/_(failed|utilization)$|^checks$/.test(metric)) return say(words.percent, { n: number(value * 100, 2) })
  return number(Number(value.toPrecision(4)), 4)
}

export const driverFits = ({ validity }: LoadRecord): boolean => validity.every(({ holds }) => holds)

/** Of messages that came in time; undefined where none did. */
export function measuredDelay({ metrics }: LoadRecord) {
  const delay = metrics.delivery_duration?.values
  return (delay?.count ?? metrics.messages_received?.values.count ?? 0) === 0 ? undefined : delay
}

/** Without those that came after they had been given up. */
export function arrivedInTime({ metrics }: LoadRecord): number {
  return (metrics.messages_received?.values.count ?? 0) - (metrics.messages_late?.values.count ?? 0)
}

/** Messages lost, doubled, leaked or damaged. */
export function troubledMessages({ metrics }: LoadRecord): number {
  const count = (what: string): number => metrics[`messages_${what}`]?.values.count ?? 0
  return count('lost') + count('duplicated') + count('leaked') + count('corrupted')
}
