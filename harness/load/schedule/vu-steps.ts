// How many virtual users of ours run at which moment, while their number ramps from stage to stage. Used by ramping-vus.
import { type Stripes, scale } from './segment.ts'

export interface VuStage {
  /** Milliseconds. */
  readonly duration: number
  /** Virtual users at its end, of the whole run. */
  readonly target: number
}

export interface VuStep {
  /** Milliseconds since the scenario began. */
  readonly at: number
  readonly count: number
}

/**
 * One by one, evenly over each stage: the nth comes when the line from one number to the next reaches n, and goes when it
 * has come down to n - 1. A stage of no length is a jump.
 */
export function vuSteps(startVUs: number, stages: readonly VuStage[], stripes: Stripes): readonly VuStep[] {
  const steps: { at: number; count: number }[] = [{ at: 0, count: scale(stripes, startVUs) }]
  const add = (at: number, whole: number) => {
    const count = scale(stripes, whole)
    const last = steps.at(-1)
    if (last?.count === count) return
    if (last?.at === at) last.count = count
    else steps.push({ at, count })
  }
  let began = 0
  let from = startVUs
  for (const { duration, target } of stages) {
    const towards = Math.sign(target - from)
    const each = duration / Math.abs(target - from)
    if (duration === 0) add(began, target)
    else for (let n = 1; n <= Math.abs(target - from); n++) add(began + n * each, from + n * towards)
    began += duration
    from = target
  }
  return steps
}
