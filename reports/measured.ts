// What was measured on a host, as lines for people. Used by the terminal report and the job summary.
import type { HostRecord, Measurement, Result } from '../harness/result/schema.ts'
import { amount, losses, percentile, spread } from './figures.ts'
import { printable } from './plain-text.ts'
import { stageWords } from './trace-words.ts'

const heads = new Map<string, string>(Object.entries(stageWords).map(([name, { head }]) => [name, head]))

/** One line a measurement; the stages of one (`delivery.mail` of `delivery`) share a line after it. */
export function measuredLines(result: Result, host: HostRecord): readonly string[] {
  const measurements = result.measurements.filter((item) => item.host === host.label)
  const whole = (id: string): string | undefined =>
    measurements.find((item) => id.startsWith(`${item.id}.`) && item.id !== id)?.id
  return measurements
    .filter(({ id }) => whole(id) === undefined)
    .flatMap((item) => {
      const stages = measurements.filter(({ id }) => whole(id) === item.id)
      if (item.id === 'submission' || item.id === 'reading') return sessionLine(item, stages)
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

/** Few are opened: the middle one says it all. */
function sessionLine(whole: Measurement, stages: readonly Measurement[]): readonly string[] {
  const middle = percentile(whole, 50)
  if (typeof middle !== 'number') return []
  return [`session for ${whole.id} opened in ${amount(middle, whole.unit)}: ${partsOf(whole, stages).join(', ')}`]
}

function stagesOf(whole: Measurement, stages: readonly Measurement[]): readonly string[] {
  const parts = partsOf(whole, stages)
  return parts.length === 0 ? [] : [`  stages (p50): ${parts.join(', ')}`]
}

function partsOf(whole: Measurement, stages: readonly Measurement[]): readonly string[] {
  return stages.flatMap((stage) => {
    const middle = percentile(stage, 50)
    const name = stage.id.slice(whole.id.length + 1)
    return typeof middle === 'number' ? [printable(`${heads.get(name) ?? name} ${amount(middle, stage.unit)}`, 60)] : []
  })
}
