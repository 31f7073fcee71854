// Numbers of a measurement in words: percentiles only where there are enough samples, loss with its upper bound.
import type { Measurement } from '../harness/result/schema.ts'
import { percentile as percentileOf, rateUpperBound, samplesNeeded } from '../harness/result/statistics.ts'

/** `too-few` when n does not allow the percentile, `beyond` when it falls among the samples that never ended. */
export function percentile(measurement: Measurement, p: 50 | 95 | 99): number | 'too-few' | 'beyond' {
  const { samples, censored } = measurement
  if (samples.length + censored < samplesNeeded(p)) return 'too-few'
  const value = percentileOf([...samples, ...Array.from({ length: censored }, () => Number.POSITIVE_INFINITY)], p)
  return value === Number.POSITIVE_INFINITY ? 'beyond' : value
}

/** `p50 212 ms, p95 341 ms (20 samples)`; `noun` says what a sample is, `more` stands before the closing bracket. */
export function spread(measurement: Measurement, noun = 'sample', more = ''): string {
  const { samples, censored, unit } = measurement
  const n = samples.length + censored
  if (n === 0) return 'no samples'
  const only = samples[0]
  if (n === 1) return `${only === undefined ? 'did not end in time' : amount(only, unit)} (1 ${noun}${more})`
  const parts = [`p50 ${shown(percentile(measurement, 50), unit)}`]
  const high = percentile(measurement, 95)
  if (high !== 'too-few') parts.push(`p95 ${shown(high, unit)}`)
  else if (samples.length > 0)
    parts.push(
      `largest ${amount(
        samples.reduce((a, b) => Math.max(a, b)),
        unit,
      )}`,
    )
  return `${parts.join(', ')} (${n} ${noun}s${high === 'too-few' ? ', too few for p95' : ''}${more})`
}

/** `none of 20 lost (could still be up to 14 %)`, `2 of 20 lost`. */
export function losses(measurement: Measurement): string {
  const n = measurement.samples.length + measurement.censored
  if (measurement.censored > 0) return `${measurement.censored} of ${n} lost or later than the deadline`
  return `none of ${n} lost (could still be up to ${Math.ceil(rateUpperBound(0, n) * 100)} %)`
}

/** `212 ms`, `1.3 s`, `0.8 MB/s`. */
export function amount(value: number, unit: string): string {
  if (unit === 'ms' && value >= 1_000) return `${round(value / 1_000)} s`
  return unit === '' ? round(value) : `${round(value)} ${unit}`
}

function shown(value: number | 'too-few' | 'beyond', unit: string): string {
  return typeof value === 'number' ? amount(value, unit) : value === 'beyond' ? 'later than the deadline' : 'unknown'
}

function round(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 2
  return String(Number(value.toFixed(digits)))
}
