// Thresholds on the metrics of a run: read from options, held against the samples. k6's meanings, with one change: of no
// samples nothing is known, so such a threshold is `no data`, which is not passed. Used by the run.
import type { Metric, MetricRegistry } from '../metrics/registry.ts'
import type { AnySink } from '../metrics/sink.ts'
import { parseDuration } from '../schedule/duration.ts'
import { type Expression, holds, methodsOf, parseExpression, ThresholdError } from './expression.ts'

/** As in the options of a scenario file. */
export type ThresholdOption =
  | string
  | { readonly threshold: string; readonly abortOnFail?: boolean; readonly delayAbortEval?: string | number }

export type ThresholdOptions = Readonly<Record<string, readonly ThresholdOption[]>>

export interface Threshold {
  readonly metric: Metric
  readonly expression: Expression
  readonly abortOnFail: boolean
  /** Milliseconds of the run before which it does not abort. */
  readonly delayAbortEval: number
}

export interface ThresholdVerdict {
  readonly metric: string
  readonly threshold: string
  readonly verdict: 'pass' | 'fail' | 'no-data'
  /** What was held against the bound; undefined without data. */
  readonly value?: number
}

/** Throws ThresholdError for a threshold that cannot be read, a metric that is not there, or a method it does not have. */
export function readThresholds(options: ThresholdOptions, registry: MetricRegistry): readonly Threshold[] {
  return Object.entries(options).flatMap(([name, list]) => {
    const metric = registry.get(name)
    if (metric === undefined) throw new ThresholdError(`threshold on ${name}: there is no such metric in the scenario`)
    return list.map((option) => readThreshold(option, metric))
  })
}

function readThreshold(option: ThresholdOption, metric: Metric): Threshold {
  const given = typeof option === 'string' ? { threshold: option } : option
  const expression = parseExpression(given.threshold)
  if (!methodsOf[metric.kind].includes(expression.method)) {
    const known = methodsOf[metric.kind].map((method) => (method === 'p' ? 'p(N)' : method)).join(', ')
    throw new ThresholdError(`threshold "${expression.source}": ${metric.name} is a ${metric.kind}, which has ${known}`)
  }
  const delay = given.delayAbortEval === undefined ? 0 : parseDuration(given.delayAbortEval)
  if (delay === undefined) throw new ThresholdError(`threshold on ${metric.name}: delayAbortEval is no duration`)
  return { metric, expression, abortOnFail: given.abortOnFail ?? false, delayAbortEval: delay }
}

/** `elapsed`: milliseconds since the run began, for the rate of counters. */
export function judge({ metric, expression }: Threshold, elapsed: number): ThresholdVerdict {
  const named = { metric: metric.name, threshold: expression.source }
  if (metric.sink.count === 0) return { ...named, verdict: 'no-data' }
  const value = valueIn(metric.sink, expression, elapsed)
  return { ...named, verdict: holds(value, expression.operator, expression.bound) ? 'pass' : 'fail', value }
}

/** The first threshold that ends the run now. Without samples none does. */
export function abortingThreshold(thresholds: readonly Threshold[], elapsed: number): ThresholdVerdict | undefined {
  for (const threshold of thresholds) {
    if (!threshold.abortOnFail || elapsed < threshold.delayAbortEval) continue
    const verdict = judge(threshold, elapsed)
    if (verdict.verdict === 'fail') return verdict
  }
  return undefined
}

function valueIn(sink: AnySink, { method, percentile = 50 }: Expression, elapsed: number): number {
  switch (sink.kind) {
    case 'counter':
      return method === 'rate' ? perSecond(sink.total, elapsed) : sink.total
    case 'gauge':
      return sink.value
    case 'rate':
      return sink.trues / sink.count
    case 'trend':
      if (method === 'avg') return sink.average
      if (method === 'min') return sink.min
      if (method === 'max') return sink.max
      return sink.percentile(percentile)
  }
}

export function perSecond(total: number, elapsed: number): number {
  return elapsed > 0 ? total / (elapsed / 1_000) : 0
}
