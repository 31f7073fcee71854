// The executors by their names in options. Used by a thread's engine.
import type { Plan } from '../schedule/scenario-options.ts'
import { arrivalRate } from './arrivals.ts'
import type { Desk, Running } from './desk.ts'
import { perVuIterations, sharedIterations } from './iterations.ts'
import { constantVus, rampingVus } from './vus.ts'

/** Begins a scenario; to be called at the time it begins. */
export function execute<V>(plan: Plan, desk: Desk<V>): Running {
  switch (plan.executor) {
    case 'shared-iterations':
      return sharedIterations(plan, desk)
    case 'per-vu-iterations':
      return perVuIterations(plan, desk)
    case 'constant-vus':
      return constantVus(plan, desk)
    case 'ramping-vus':
      return rampingVus(plan, desk)
    case 'constant-arrival-rate':
    case 'ramping-arrival-rate':
      return arrivalRate(plan, desk)
  }
}
