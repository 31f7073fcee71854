// Whether this machine could have driven three times the messages of a run: shown by the run itself where its threads had little
// to do, measured where they had more. Used by the run.
import type { LoadAssets } from '../chatmail/assets.ts'
import type { SeriesRecord } from '../run/over-time.ts'
import type { ValidityGate } from '../run/validity.ts'
import { type CalibrationOptions, calibrate } from './calibrate.ts'

const reserve = 3
/** Three times as much work leaves a thread below the 80 per cent that the event loop may be busy. */
const shownByRun = 0.8 / reserve
/** Seconds of the busiest stretch: one second alone is chance. */
const stretch = 5
const mostPerSession = 50

export interface Driven {
  readonly series: SeriesRecord
  readonly threads: number
  /** Of the busiest thread in its busiest second, 0 to 1. */
  readonly utilization: number
  readonly pool: LoadAssets['pool']
  readonly say: (text: string) => void
}

/** Undefined for a run without messages. */
export async function calibrationGate(driven: Driven, measure = calibrate): Promise<ValidityGate | undefined> {
  const { series, threads, utilization, pool, say } = driven
  const tested = busiest(series)
  if (tested === 0) return undefined
  const { able, evidence } =
    // Work that fills a quarter of a thread at most could be done three times: nothing has to be measured for that.
    utilization < shownByRun
      ? { able: (0.8 * tested) / Math.max(0.01, utilization), evidence: 'its threads were idle for most of the time' }
      : await measured(measure, { threads, perSession: messagesOfSession(series), pool }, say)
  return {
    gate: 'calibration',
    holds: able >= reserve * tested,
    value: Math.floor(able),
    evidence,
    wanted: `>= ${Math.ceil(reserve * tested)} messages a second`,
    advice:
      'against a server that does nothing this machine drives less than three times these messages: add --threads, or machines',
  }
}

async function measured(
  measure: typeof calibrate,
  options: CalibrationOptions,
  say: (text: string) => void,
): Promise<{ readonly able: number; readonly evidence: string }> {
  say('Measuring what this machine can drive ...')
  try {
    return { able: await measure(options), evidence: 'measured afterwards against a server that does nothing' }
  } catch (error) {
    // What the run has seen is not lost for that; but nobody knows what it is worth.
    const reason = error instanceof Error ? error.message : String(error)
    return { able: 0, evidence: `it could not be measured: ${reason}` }
  }
}

function messagesOfSession({ points }: SeriesRecord): number {
  const messages = points.reduce((sum, { due }) => sum + due, 0)
  const iterations = points.reduce((sum, point) => sum + (point.iterations ?? 0), 0)
  return Math.min(mostPerSession, Math.max(1, Math.round(messages / Math.max(1, iterations))))
}

/** Messages a second, due or received, whichever were more, in the busiest five seconds. */
function busiest({ every, points }: SeriesRecord): number {
  const wide = Math.max(1, Math.round(stretch / every))
  return Math.max(
    ...(['due', 'received'] as const).flatMap((name) => {
      const counts = points.map((point) => point[name])
      const sums = counts.map((_, at) => counts.slice(at, at + wide).reduce((sum, count) => sum + count, 0))
      return Math.max(0, ...sums) / (Math.min(wide, Math.max(1, counts.length)) * every)
    }),
  )
}
