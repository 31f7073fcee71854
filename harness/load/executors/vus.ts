// The executors with a given number of virtual users, each beginning its next iteration when the last is over: constant-vus
// and ramping-vus. Chosen by name in ./index.ts.
import { lengthOfPlan, type PlanOf } from '../schedule/scenario-options.ts'
import { elementAt, stripesOf } from '../schedule/segment.ts'
import { type VuStage, vuSteps } from '../schedule/vu-steps.ts'
import type { Desk, Running } from './desk.ts'
import { Shift } from './shift.ts'

export function constantVus<V>(plan: PlanOf<'constant-vus'>, desk: Desk<V>): Running {
  return steppedVus(desk, plan.vus, [], { ...plan, gracefulRampDown: plan.gracefulStop })
}

export function rampingVus<V>(plan: PlanOf<'ramping-vus'>, desk: Desk<V>): Running {
  return steppedVus(desk, plan.startVUs, plan.stages, { ...plan, duration: lengthOfPlan(plan) })
}

/** A place for one virtual user: the nth works whenever n are wanted. */
interface Place<V> {
  vu: V | undefined
  wanted: boolean
  cancelCut: (() => void) | undefined
}

interface Times {
  readonly duration: number
  readonly gracefulStop: number
  readonly gracefulRampDown: number
}

function steppedVus<V>(desk: Desk<V>, startVUs: number, stages: readonly VuStage[], times: Times): Running {
  const stripes = stripesOf(desk.segment)
  const places: Place<V>[] = []
  let begun = 0
  const pending: (() => void)[] = []
  const shift = new Shift(desk, {
    ...times,
    over() {
      for (const cancel of pending) cancel()
      for (const { cancelCut } of places) cancelCut?.()
    },
  })

  const go = (place: Place<V>): void => {
    if (place.vu === undefined) return
    if (shift.open && place.wanted) {
      const start = { due: desk.clock.now(), number: elementAt(stripes, begun++) }
      shift.work(place.vu, start, () => go(place))
    } else {
      place.cancelCut?.()
      desk.give(place.vu)
      place.vu = undefined
    }
  }

  const want = (place: Place<V>): void => {
    place.wanted = true
    place.cancelCut?.()
    if (place.vu !== undefined) return
    place.vu = desk.take()
    go(place)
  }

  /** What runs may end by itself; whoever is wanted again before that just goes on. */
  const release = (place: Place<V>): void => {
    place.wanted = false
    if (place.vu === undefined) return
    place.cancelCut = desk.clock.at(desk.clock.now() + times.gracefulRampDown, () => {
      if (place.vu !== undefined) desk.interrupt(place.vu)
    })
  }

  const wantSoMany = (count: number): void => {
    while (places.length < count) places.push({ vu: undefined, wanted: false, cancelCut: undefined })
    for (const [at, place] of places.entries()) {
      if (at < count && !place.wanted) want(place)
      else if (at >= count && place.wanted) release(place)
    }
  }

  for (const { at, count } of vuSteps(startVUs, stages, stripes)) {
    if (at === 0) wantSoMany(count)
    else if (at < times.duration) pending.push(desk.clock.at(desk.began + at, () => wantSoMany(count)))
  }
  return shift
}
