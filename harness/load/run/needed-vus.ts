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

/** The greatest number that a virtual user of any thread has: as many pairs of accounts are needed. */
export function highestVu(plans: readonly Plan[], segments: readonly Segment[]): number {
  return Math.max(
    0,
    ...segments.map((segment) => {
      const vus = neededVus(plans, segment)
      return vus === 0 ? 0 : elementAt(stripesOf(segment), vus - 1) + 1
    }),
  )
}
