// How many iterations the scenarios of a run can have at most, where that is known beforehand: for the budget. Used by the run.
import type { Plan } from '../schedule/scenario-options.ts'

/** `each`: of what is counted in an iteration. Undefined when an iteration follows the other for as long as there is time. */
export function mostIterations(plans: readonly Plan[], each: number): number | undefined {
  let sum = 0
  for (const plan of plans) {
    const count = iterationsOf(plan)
    if (count === undefined) return undefined
    sum += count
  }
  return sum * each
}

function iterationsOf(plan: Plan): number | undefined {
  switch (plan.executor) {
    case 'shared-iterations':
      return plan.iterations
    case 'per-vu-iterations':
      return plan.vus * plan.iterations
    case 'constant-arrival-rate':
      return Math.ceil((plan.rate * plan.duration) / plan.timeUnit)
    case 'ramping-arrival-rate': {
      // Of each stage the mean of where it begins and ends.
      let [from, sum] = [plan.startRate, 0]
      for (const { duration, target } of plan.stages) {
        sum += (((from + target) / 2) * duration) / plan.timeUnit
        from = target
      }
      return Math.ceil(sum)
    }
    case 'constant-vus':
    case 'ramping-vus':
      return undefined
  }
}
