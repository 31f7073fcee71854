// The metrics of a run as a record, in the shape and by the names of k6's summary. Used by the result.
import { perSecond, type ThresholdVerdict } from '../thresholds/thresholds.ts'
import { type Histogram, histogramOf } from './histogram.ts'
import type { Metric, MetricRegistry } from './registry.ts'
import type { AnySink } from './sink.ts'

export interface SummarizedMetric {
  readonly type: Metric['kind']
  readonly contains: Metric['contains']
  readonly values: Readonly<Record<string, number>>
  /** Of a trend with samples: what merging needs. */
  readonly histogram?: Histogram
  /** By their text. Without data there is no `ok`. */
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean; readonly noData?: true }>>
}

export type Summary = Readonly<Record<string, SummarizedMetric>>

/** Metrics with samples, and those without that thresholds are on. `elapsed`: milliseconds. */
export function summarize(registry: MetricRegistry, verdicts: readonly ThresholdVerdict[], elapsed: number): Summary {
  const summary: Record<string, SummarizedMetric> = {}
  for (const { name, kind, contains, sink } of registry.all()) {
    const own = verdicts.filter(({ metric }) => metric === name)
    if (sink.count === 0 && own.length === 0) continue
    const thresholds = own.map(({ threshold, verdict }) => [
      threshold,
      { ok: verdict === 'pass', ...(verdict === 'no-data' ? { noData: true as const } : {}) },
    ])
    summary[name] = {
      type: kind,
      contains,
      values: valuesIn(sink, elapsed),
      ...(sink.kind === 'trend' && sink.count > 0 ? { histogram: histogramOf(sink) } : {}),
      ...(own.length === 0 ? {} : { thresholds: Object.fromEntries(thresholds) }),
    }
  }
  return summary
}

function valuesIn(sink: AnySink, elapsed: number): Record<string, number> {
  switch (sink.kind) {
    case 'counter':
      return { count: sink.total, rate: perSecond(sink.total, elapsed) }
    case 'gauge':
      return { value: sink.value, min: sink.min, max: sink.max }
    case 'rate':
      return {
        rate: sink.count === 0 ? 0 : sink.trues / sink.count,
        passes: sink.trues,
        fails: sink.count - sink.trues,
      }
    case 'trend':
      return {
        avg: sink.average,
        min: sink.min,
        med: sink.percentile(50),
        max: sink.max,
        'p(90)': sink.percentile(90),
        'p(95)': sink.percentile(95),
        'p(99)': sink.percentile(99),
        count: sink.count,
      }
  }
}
