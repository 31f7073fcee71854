// k6's options out of what a scenario file and the flags order. Used by `load export`.
import type { Endpoint, Trust } from '../../host/host.ts'
import type { Order } from '../run/order.ts'
import type { Plan } from '../schedule/scenario-options.ts'
import type { ThresholdOptions } from '../thresholds/thresholds.ts'

/** In milliseconds here, and texts in k6. */
const times = ['startTime', 'gracefulStop', 'gracefulRampDown', 'duration', 'maxDuration', 'timeUnit']
/** Say the same as `scenarios`. */
const shortcuts = ['vus', 'iterations', 'duration', 'stages']

/** `given`: the options of the file; what k6 alone knows of them stays. */
export function k6Options(
  given: unknown,
  { scenario, plans, thresholds }: Order,
  places: readonly Endpoint[],
  trust: Trust | undefined,
): Record<string, unknown> {
  const own = Object.entries((given ?? {}) as Record<string, unknown>).filter(([key]) => !shortcuts.includes(key))
  return {
    ...Object.fromEntries(own),
    scenarios: Object.fromEntries(plans.map((plan) => [plan.name, k6Scenario(plan)])),
    thresholds: withData(thresholds),
    setupTimeout: text(scenario.setupTimeout),
    teardownTimeout: text(scenario.teardownTimeout),
    // As in our engine, names are not looked up again: load goes to the addresses that were agreed to.
    ...(places.length === 0 ? {} : { hosts: Object.fromEntries(places.map(pinned)) }),
    ...(trust?.mode === 'presented' ? { insecureSkipTLSVerify: true } : {}),
  }
}

function k6Scenario({ name: _name, ...plan }: Plan): Record<string, unknown> {
  const written = Object.entries(plan).map(([key, value]) => {
    if (key === 'stages') return [key, (value as readonly { duration: number }[]).map(k6Stage)]
    return [key, times.includes(key) ? text(value as number) : value]
  })
  return Object.fromEntries(written)
}

function k6Stage<T extends { readonly duration: number }>(stage: T) {
  return { ...stage, duration: text(stage.duration) }
}

/** k6 passes thresholds on a trend without samples, so that something was measured is a threshold of its own. */
function withData(thresholds: ThresholdOptions): ThresholdOptions {
  const arrived =
    thresholds.delivery_duration === undefined ? {} : { messages_received: atLeastOne(thresholds, 'messages_received') }
  return { ...thresholds, ...arrived, iterations: atLeastOne(thresholds, 'iterations') }
}

function atLeastOne(thresholds: ThresholdOptions, metric: string) {
  return [...(thresholds[metric] ?? []), 'count>0']
}

function pinned({ name, address, port }: Endpoint): [string, string] {
  const plain = name.replace(/^\[|\]$/g, '')
  return [`${plain}:${port}`, address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`]
}

function text(ms: number): string {
  return `${ms}ms`
}
