// What was measured on a host, as lines for people. Used by the terminal report and the job summary.
import type { HostRecord, Measurement, Result } from '../harness/result/schema.ts'
import { amount, losses, percentile, spread } from './figures.ts'
import { english, type Language } from './language/language.ts'
import { printable } from './plain-text.ts'

/** One line a measurement; the stages of one (`delivery.mail` of `delivery`) share a line after it. */
export function measuredLines(result: Result, host: HostRecord, language: Language = english): readonly string[] {
  const measurements = result.measurements.filter((item) => item.host === host.label)
  const whole = (id: string): string | undefined =>
    measurements.find((item) => id.startsWith(`${item.id}.`) && item.id !== id)?.id
  return measurements
    .filter(({ id }) => whole(id) === undefined)
    .flatMap((item) => {
      const stages = measurements.filter(({ id }) => whole(id) === item.id)
      if (item.id === 'submission' || item.id === 'reading') return sessionLine(item.id, item, stages, language)
      return [
        lineOf(item, result.reference ? undefined : host.roundTrip, language),
        ...stagesOf(item, stages, language),
      ]
    })
}

function lineOf(measurement: Measurement, roundTrip: number | undefined, language: Language): string {
  const { id, samples, title } = measurement
  const { say, words } = language
  const [first] = samples
  if (id === 'onboarding.ready' && samples.length === 1 && first !== undefined)
    return say(words.figure.ready, { time: amount(first, measurement.unit, language) })
  if (id !== 'delivery') return `${printable(title, 80)}: ${spread(measurement, language)}`
  // Shorter ones were not taken out: see delivery/arrives-under-a-second.
  const network =
    roundTrip === undefined || roundTrip < 2
      ? ''
      : say(words.figure.network, { time: amount(roundTrip, 'ms', language) })
  return say(words.figure.delivery, {
    spread: spread(measurement, language, 'messages', network),
    losses: losses(measurement, language),
  })
}

/** Few are opened: the middle one says it all. */
function sessionLine(
  id: 'submission' | 'reading',
  whole: Measurement,
  stages: readonly Measurement[],
  language: Language,
): readonly string[] {
  const middle = percentile(whole, 50)
  if (typeof middle !== 'number') return []
  const time = amount(middle, whole.unit, language)
  const parts = partsOf(whole, stages, language).join(language.words.comma)
  return [language.say(language.words.figure.session[id], { time, stages: parts })]
}

function stagesOf(whole: Measurement, stages: readonly Measurement[], language: Language): readonly string[] {
  const parts = partsOf(whole, stages, language)
  if (parts.length === 0) return []
  return [`  ${language.say(language.words.figure.stages, { stages: parts.join(language.words.comma) })}`]
}

function partsOf(whole: Measurement, stages: readonly Measurement[], language: Language): readonly string[] {
  const heads = new Map<string, string>(Object.entries(language.words.stages).map(([name, { head }]) => [name, head]))
  return stages.flatMap((stage) => {
    const middle = percentile(stage, 50)
    const name = stage.id.slice(whole.id.length + 1)
    if (typeof middle !== 'number') return []
    return [printable(`${heads.get(name) ?? name} ${amount(middle, stage.unit, language)}`, 60)]
  })
}
