// When iterations are due at a given rate, steady or ramping: k6's arrival times. Used by the arrival-rate executors.
import { elementAt, type Stripes } from './segment.ts'

export interface RateStage {
  /** Milliseconds. */
  readonly duration: number
  /** Starts a time unit at its end. */
  readonly target: number
}

/** Milliseconds since the scenario began of our starts, in order; the first at 0, as k6 has it. */
export function* steadyArrivals(
  rate: number,
  timeUnit: number,
  duration: number,
  stripes: Stripes,
): Generator<Arrival> {
  for (let n = 0; ; n++) {
    const element = elementAt(stripes, n)
    const due = (element * timeUnit) / rate
    if (due >= duration) return
    yield { due, element }
  }
}

export interface Arrival {
  readonly due: number
  /** Which start of the whole run, from 0. */
  readonly element: number
}

/**
 * The rate goes in a straight line from stage to stage; the area below it is the number of starts so far, and one is due
 * when that becomes a whole number. The first is therefore due a whole start after the beginning.
 */
export function* rampingArrivals(
  startRate: number,
  timeUnit: number,
  stages: readonly RateStage[],
  stripes: Stripes,
): Generator<Arrival> {
  let began = 0
  let before = 0
  let from = startRate / timeUnit
  let n = 0
  for (const { duration, target } of stages) {
    const to = target / timeUnit
    const after = before + (duration * (from + to)) / 2
    // The area of many stages adds up with rounding errors; a start that is due at the very end must not get lost.
    for (let element = elementAt(stripes, n); element + 1 <= after + 1e-9; element = elementAt(stripes, ++n)) {
      yield { due: began + timeOfArea(element + 1 - before, from, to, duration), element }
    }
    began += duration
    before = after
    from = to
  }
}

/** How long it takes until the area below a line from `from` to `to` is so large. */
function timeOfArea(area: number, from: number, to: number, duration: number): number {
  if (from === to) return area / to
  const slope = (to - from) / duration
  // Of from * t + slope * t² / 2 = area the first solution, in the form that does not cancel out.
  const time = (2 * area) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * area)))
  return Math.min(time, duration)
}
