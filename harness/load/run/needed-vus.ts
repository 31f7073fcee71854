// How many virtual users a run needs: each scenario has its own while it runs, and leaves them to later ones. Used by the run.
import { lengthOfPlan, mostVus, type Plan } from '../schedule/scenario-options.ts'
import { elementAt, type Segment, scale, stripesOf } from '../schedule/segment.ts'

/** For one thread. */
export function neededVus(plans: readonly Plan[], segment: Segment): number {
  const stripes = stripesOf(segment)
  const end = (plan: Plan) => plan.startTime + lengthOfPlan(plan) + plan.gracefulStop
  return plans.reduce((most, { startTime }) => {
    const running = plans.filter((plan) => plan.startTime <= startTime && startTime <= end(plan))
    return Math.max(
      most,
      running.reduce((sum, plan) => sum + scale(stripes, mostVus(plan)), 0),
    )
  }, 0)
}

/** The numbers, from 1, of the virtual users that any of these segments has: each needs accounts of its own. */
export function numbersOfVus(plans: readonly Plan[], segments: readonly Segment[]): readonly number[] {
  const numbers = segments.flatMap((segment) => {
    const stripes = stripesOf(segment)
    return Array.from({ length: neededVus(plans, segment) }, (_, n) => elementAt(stripes, n) + 1)
  })
  return numbers.sort((a, b) => a - b)
}
