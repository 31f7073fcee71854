// The executors with a given number of iterations: shared-iterations (whoever is free takes the next) and per-vu-iterations
// (everybody has as many). Chosen by name in ./index.ts.
import type { PlanOf } from '../schedule/scenario-options.ts'
import { elementAt, rescaled, scale, stripesOf } from '../schedule/segment.ts'
import type { Desk, Running } from './desk.ts'
import { Shift } from './shift.ts'

export function sharedIterations<V>(plan: PlanOf<'shared-iterations'>, desk: Desk<V>): Running {
  // Iterations follow the virtual users: a thread without any gets none of them.
  const share = rescaled(desk.segment, plan.vus)
  const stripes = stripesOf(share ?? desk.segment)
  const total = share === undefined ? 0 : scale(stripes, plan.iterations)
  let begun = 0
  return looping(
    desk,
    plan,
    () => (begun < total ? elementAt(stripes, begun++) : undefined),
    () => total - begun,
  )
}

export function perVuIterations<V>(plan: PlanOf<'per-vu-iterations'>, desk: Desk<V>): Running {
  const stripes = stripesOf(desk.segment)
  const total = scale(stripes, plan.vus) * plan.iterations
  const done = new Map<V, number>()
  let begun = 0
  const next = (vu: V) => {
    const before = done.get(vu) ?? 0
    if (before === plan.iterations) return undefined
    done.set(vu, before + 1)
    return elementAt(stripes, begun++)
  }
  return looping(desk, plan, next, () => total - begun)
}

type IterationPlan = PlanOf<'shared-iterations'> | PlanOf<'per-vu-iterations'>

/** Each virtual user begins its next iteration when the last is over, as long as there is one for it. */
function looping<V>(
  desk: Desk<V>,
  { vus, maxDuration, gracefulStop }: IterationPlan,
  next: (vu: V) => number | undefined,
  left: () => number,
): Running {
  let working = 0
  const shift = new Shift(desk, {
    duration: maxDuration,
    gracefulStop,
    over() {
      if (left() > 0) desk.dropped(left())
    },
  })
  const go = (vu: V): void => {
    const number = shift.open ? next(vu) : undefined
    if (number !== undefined) {
      shift.work(vu, { due: desk.clock.now(), number }, () => go(vu))
      return
    }
    desk.give(vu)
    working--
    if (working === 0) shift.close()
  }
  const crew: V[] = []
  for (let count = scale(stripesOf(desk.segment), vus); count > 0; count--) {
    const vu = desk.take()
    if (vu !== undefined) crew.push(vu)
  }
  working = crew.length
  for (const vu of crew) go(vu)
  if (crew.length === 0) shift.close()
  return shift
}
