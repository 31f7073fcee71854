// When a run ends early to spare the server: most messages fail, or take so long that more of them only make it worse. Used by
// the run, every two seconds.
import type { MetricRegistry } from '../metrics/registry.ts'

const leastSamples = 20
const mostFailed = 0.5
/** Milliseconds. */
const slowest = 10_000

/** Why to stop, in words; undefined to go on. `p50`: of what arrived in the last ten seconds. */
export function reasonToStop(
  registry: MetricRegistry,
  { p50 = 0 }: { readonly p50: number | undefined },
): string | undefined {
  const failed = registry.get('delivery_failed')?.sink
  if (failed?.kind !== 'rate' || failed.count < leastSamples) return undefined
  if (failed.trues / failed.count > mostFailed) {
    return `${Math.round((100 * failed.trues) / failed.count)} % of the messages failed`
  }
  return p50 > slowest ? `half of the messages took more than ${slowest / 1_000} s` : undefined
}
