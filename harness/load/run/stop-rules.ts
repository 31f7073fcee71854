// When a run ends early to spare the server: most messages fail, or take so long that more of them only make it worse. Used by
// the run, every two seconds.
import type { MetricRegistry } from '../metrics/registry.ts'

const leastSamples = 20
const mostFailed = 0.5
/** Milliseconds. */
const slowest = 10_000

/** Why to stop, in words; undefined to go on. */
export function reasonToStop(registry: MetricRegistry): string | undefined {
  const failed = registry.get('delivery_failed')?.sink
  if (failed?.kind === 'rate' && failed.count >= leastSamples && failed.trues / failed.count > mostFailed) {
    return `${Math.round((100 * failed.trues) / failed.count)} % of the messages failed`
  }
  const delay = registry.get('delivery_duration')?.sink
  if (delay?.kind === 'trend' && delay.count >= leastSamples && delay.percentile(50) > slowest) {
    return `half of the messages took more than ${slowest / 1_000} s`
  }
  return undefined
}
