// The executors that begin iterations at a given rate, whatever becomes of the earlier ones: constant-arrival-rate and
// ramping-arrival-rate. Chosen by name in ./index.ts.
import { type Arrival, rampingArrivals, steadyArrivals } from '../schedule/arrivals.ts'
import { type ArrivalPlan, lengthOfPlan, mostVus } from '../schedule/scenario-options.ts'
import { rescaled, scale, stripesOf } from '../schedule/segment.ts'
import type { Desk, Running } from './desk.ts'
import { Shift } from './shift.ts'

/**
 * What is due when no virtual user is free waits for one, as many as there are virtual users at most; what is beyond that is
 * dropped. (k6 drops at once.) Whoever waited keeps its due time, so that a stall of the server shows in what is measured.
 */
export function arrivalRate<V>(plan: ArrivalPlan, desk: Desk<V>): Running {
  const most = scale(stripesOf(desk.segment), mostVus(plan))
  const arrivals = arrivalsOf(plan, desk)
  const idle: V[] = []
  const waiting: Arrival[] = []
  let hired = 0
  let next: Arrival | undefined
  let cancelNext = () => {}
  const shift = new Shift(desk, {
    duration: lengthOfPlan(plan),
    gracefulStop: plan.gracefulStop,
    ending() {
      // What is due at the very end, or should have begun before it while this thread was busy.
      cancelNext()
      for (; next !== undefined; next = arrivals.next().value) arrived(next)
    },
    cut() {
      cancelNext()
      if (waiting.length > 0) desk.dropped(waiting.length)
      waiting.length = 0
    },
    over() {
      cancelNext()
      for (const vu of idle) desk.give(vu)
    },
  })

  const hire = (): V | undefined => {
    const vu = hired < most ? desk.take() : undefined
    if (vu !== undefined) hired++
    return vu
  }

  const begin = (vu: V, arrival: Arrival): void => {
    shift.work(vu, { due: desk.began + arrival.due, number: arrival.element }, () => {
      const waiter = waiting.shift()
      if (waiter === undefined) idle.push(vu)
      else begin(vu, waiter)
    })
  }

  const arrived = (arrival: Arrival): void => {
    desk.late(desk.clock.now() - desk.began - arrival.due)
    // The longest rested goes first: accounts have limits of their own.
    const vu = idle.shift() ?? hire()
    if (vu !== undefined) begin(vu, arrival)
    else if (waiting.length < most) waiting.push(arrival)
    else desk.dropped(1)
  }

  /** Begins what is due, and comes again for the next one. */
  const schedule = (): void => {
    for (; next !== undefined; next = arrivals.next().value) {
      const due = desk.began + next.due
      if (due > desk.clock.now()) {
        cancelNext = desk.clock.at(due, schedule)
        return
      }
      arrived(next)
    }
  }

  for (let count = scale(stripesOf(desk.segment), plan.preAllocatedVUs); count > 0; count--) {
    const vu = hire()
    if (vu !== undefined) idle.push(vu)
  }
  next = arrivals.next().value
  schedule()
  return shift
}

function arrivalsOf<V>(plan: ArrivalPlan, desk: Desk<V>): Iterator<Arrival, undefined> {
  // Starts follow the virtual users: a thread without any gets none of them.
  const share = rescaled(desk.segment, mostVus(plan))
  if (share === undefined) return [][Symbol.iterator]()
  const stripes = stripesOf(share)
  return plan.executor === 'constant-arrival-rate'
    ? steadyArrivals(plan.rate, plan.timeUnit, plan.duration, stripes)
    : rampingArrivals(plan.startRate, plan.timeUnit, plan.stages, stripes)
}
