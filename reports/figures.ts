// Numbers of a measurement in words: percentiles only where there are enough samples, loss with its upper bound.
import type { Measurement } from '../harness/result/schema.ts'
import { percentile as percentileOf, rateUpperBound, samplesNeeded } from '../harness/result/statistics.ts'
import { english, type Language } from './language/language.ts'

/** `too-few` when n does not allow the percentile, `beyond` when it falls among the samples that never ended. */
export function percentile(measurement: Measurement, p: 50 | 95 | 99): number | 'too-few' | 'beyond' {
  const { samples, censored } = measurement
  if (samples.length + censored < samplesNeeded(p)) return 'too-few'
  const value = percentileOf([...samples, ...Array.from({ length: censored }, () => Number.POSITIVE_INFINITY)], p)
  return value === Number.POSITIVE_INFINITY ? 'beyond' : value
}

/** `p50 212 ms, p95 341 ms (20 samples)`; `more` stands before the closing bracket. */
export function spread(
  measurement: Measurement,
  language: Language = english,
  of: 'samples' | 'messages' = 'samples',
  more = '',
): string {
  const { samples, censored, unit } = measurement
  const { say, count, words } = language
  const { figure } = words
  const shown = (value: number | 'too-few' | 'beyond'): string =>
    typeof value === 'number' ? amount(value, unit, language) : value === 'beyond' ? figure.late : figure.unknown
  const n = samples.length + censored
  if (n === 0) return figure.none
  const only = samples[0]
  if (n === 1) {
    const parts = only === undefined ? figure.unended : amount(only, unit, language)
    return say(figure.spread, { parts, n: `${count(figure[of], 1)}${more}` })
  }
  const parts = [say(figure.p50, { value: shown(percentile(measurement, 50)) })]
  const high = percentile(measurement, 95)
  if (high !== 'too-few') parts.push(say(figure.p95, { value: shown(high) }))
  else if (samples.length > 0)
    parts.push(
      say(figure.largest, {
        value: amount(
          samples.reduce((a, b) => Math.max(a, b)),
          unit,
          language,
        ),
      }),
    )
  return say(figure.spread, {
    parts: parts.join(words.comma),
    n: `${count(figure[of], n)}${high === 'too-few' ? figure.tooFew : ''}${more}`,
  })
}

/** `none of 20 lost (could still be up to 14 %)`, `2 of 20 lost`. */
export function losses(measurement: Measurement, { say, words }: Language = english): string {
  const n = measurement.samples.length + measurement.censored
  if (measurement.censored > 0) return say(words.figure.someLost, { lost: measurement.censored, n })
  return say(words.figure.noneLost, { n, bound: say(words.percent, { n: Math.ceil(rateUpperBound(0, n) * 100) }) })
}

/** `212 ms`, `1.3 s`, `88 days`, `0.8 MB/s`. */
export function amount(value: number, unit: string, { say, count, number, words }: Language = english): string {
  // Rounded before Intl does, which takes 74.55 for more than it is.
  const shown = (size: number): string => number(Number(size.toFixed(digitsOf(size))))
  if (unit === 'ms' && value >= 1_000) return say(words.seconds, { n: shown(value / 1_000) })
  if (unit === 'ms') return say(words.milliseconds, { n: shown(value) })
  if (unit === 's') return say(words.seconds, { n: shown(value) })
  if (unit === 'days') return count(words.watch.lasting.days, Math.round(value))
  return unit === '' ? shown(value) : `${shown(value)} ${unit}`
}

const digitsOf = (size: number): number => (Math.abs(size) >= 100 ? 0 : Math.abs(size) >= 1 ? 1 : 2)
