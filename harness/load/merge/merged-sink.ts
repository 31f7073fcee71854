// All samples of one metric, from the records of several machines. Used by merging.
import type { LoadRecord } from '../../result/load-schema.ts'
import { trendOf } from '../metrics/histogram.ts'
import { type AnySink, CounterSink, GaugeSink, RateSink } from '../metrics/sink.ts'
import type { Part } from './mergeable.ts'

/** Gauges that are each machine's own part of the whole. */
const shares = ['vus', 'vus_max']

export interface SeenMetric {
  readonly part: Part
  readonly metric: LoadRecord['metrics'][string]
}

export function mergedSink(name: string, seen: readonly SeenMetric[]): AnySink {
  const add = (key: string) => seen.reduce((sum, { metric }) => sum + (metric.values[key] ?? 0), 0)
  switch (seen[0]?.metric.type) {
    case 'counter': {
      const sink = new CounterSink()
      sink.count = seen.length
      sink.total = add('count')
      return sink
    }
    case 'rate': {
      const sink = new RateSink()
      sink.trues = add('passes')
      sink.count = sink.trues + add('fails')
      return sink
    }
    case 'trend':
      return trendOf(
        seen.flatMap(({ metric: { histogram = [], values } }) =>
          histogram.length === 0 ? [] : [{ histogram, total: (values.avg ?? 0) * (values.count ?? 0) }],
        ),
      )
    default:
      return mergedGauge(name, seen)
  }
}

/** The value is that of the run that ended last, the least and the greatest are those of all; shares are added up. */
function mergedGauge(name: string, seen: readonly SeenMetric[]): GaugeSink {
  const sink = new GaugeSink()
  const all = (key: string) => seen.map(({ metric }) => metric.values[key] ?? 0)
  const end = ({ part }: SeenMetric) => Date.parse(part.began) + 1_000 * part.seconds
  const last = [...seen].sort((a, b) => end(a) - end(b)).at(-1)
  const together = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
  const isShare = shares.includes(name)
  sink.count = seen.length
  sink.value = isShare ? together(all('value')) : (last?.metric.values.value ?? 0)
  sink.min = isShare ? together(all('min')) : Math.min(...all('min'))
  sink.max = isShare ? together(all('max')) : Math.max(...all('max'))
  return sink
}
