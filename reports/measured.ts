// What was measured on a host, as lines for people. Used by the terminal report and the job summary.
import type { HostRecord, Measurement, Result } from '../harness/result/schema.ts'
import { amount, losses, percentile, spread } from './figures.ts'
import { printable } from './plain-text.ts'

/** One line a measurement; the stages of one (`delivery.submit` of `delivery`) share a line after it. */
export function measuredLines(result: Result, host: HostRecord): readonly string[] {
  const measurements = result.measurements.filter((item) => item.host === host.label)
  const whole = (id: string): string | undefined =>
    measurements.find((item) => id.startsWith(`${item.id}.`) && item.id !== id)?.id
  return measurements
    .filter(({ id }) => whole(id) === undefined)
    .flatMap((item) => {
      const stages = measurements.filter(({ id }) => whole(id) === item.id)
      return [lineOf(item, result.reference ? undefined : host.roundTrip), ...stagesOf(item, stages)]
    })
}

function lineOf(measurement: Measurement, roundTrip: number | undefined): string {
  const { id, samples, title } = measurement
  const [first] = samples
  if (id === 'onboarding.ready' && samples.length === 1 && first !== undefined)
    return `ready to chat in ${amount(first, measurement.unit)}`
  if (id !== 'delivery') return `${printable(title, 80)}: ${spread(measurement)}`
  // Shorter ones were not taken out: see delivery/arrives-under-a-second.
  const network =
    roundTrip === undefined || roundTrip < 2 ? '' : `; round trips of about ${amount(roundTrip, 'ms')} not counted`
  return `delivery ${spread(measurement, 'message', network)}; ${losses(measurement)}`
}

function stagesOf(whole: Measurement, stages: readonly Measurement[]): readonly string[] {
  const parts = stages.flatMap((stage) => {
    const middle = percentile(stage, 50)
    return typeof middle === 'number' ? [`${stage.id.slice(whole.id.length + 1)} ${amount(middle, stage.unit)}`] : []
  })
  return parts.length === 0 ? [] : [`  stages (p50): ${parts.map((part) => printable(part, 60)).join(', ')}`]
}
