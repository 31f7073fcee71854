// Runs a scenario on a clock that jumps from event to event, with iterations of a given length. For tests of executors.
import { mostVus, type Plan } from '../schedule/scenario-options.ts'
import { type Segment, scale, stripesOf, wholeRun } from '../schedule/segment.ts'
import type { Clock } from './desk.ts'
import { execute } from './index.ts'

interface Event {
  readonly at: number
  readonly call: () => void
}

export class JumpingClock implements Clock {
  #now = 0
  readonly #events = new Set<Event>()

  now(): number {
    return this.#now
  }

  at(time: number, call: () => void): () => void {
    const event = { at: Math.max(time, this.#now), call }
    this.#events.add(event)
    return () => this.#events.delete(event)
  }

  /** Until nothing is left to happen. */
  run(): void {
    for (let steps = 0; this.#events.size > 0; steps++) {
      if (steps > 1_000_000) throw new Error('the simulation does not end')
      let first: Event | undefined
      for (const event of this.#events) if (first === undefined || event.at < first.at) first = event
      if (first === undefined) return
      this.#events.delete(first)
      this.#now = first.at
      first.call()
    }
  }
}

export interface SimulatedStart {
  readonly at: number
  readonly due: number
  readonly number: number
  readonly vu: number
}

export interface Simulation {
  readonly starts: readonly SimulatedStart[]
  readonly dropped: number
  readonly interrupted: number
  /** Most iterations at the same time. */
  readonly mostActive: number
  /** Milliseconds until the scenario was over. */
  readonly ended: number
  readonly finishedTimes: number
  /** Virtual users given back. */
  readonly free: number
}

export function simulate(
  plan: Plan,
  lasts: number | ((start: SimulatedStart) => number),
  options: { segment?: Segment; stopAt?: number } = {},
): Simulation {
  const { segment = wholeRun } = options
  const clock = new JumpingClock()
  const free = Array.from({ length: scale(stripesOf(segment), mostVus(plan)) }, (_, id) => id)
  const starts: SimulatedStart[] = []
  const ends = new Map<number, () => void>()
  const seen = { dropped: 0, interrupted: 0, mostActive: 0, ended: Number.NaN, finishedTimes: 0 }
  const running = execute(plan, {
    clock,
    began: 0,
    segment,
    take: () => free.shift(),
    give: (vu: number) => void free.push(vu),
    run(vu, { due, number }, over) {
      const start = { at: clock.now(), due, number, vu }
      starts.push(start)
      const end = () => {
        ends.delete(vu)
        over()
      }
      const cancel = clock.at(clock.now() + (typeof lasts === 'number' ? lasts : lasts(start)), end)
      ends.set(vu, () => {
        cancel()
        seen.interrupted++
        clock.at(clock.now(), end)
      })
      seen.mostActive = Math.max(seen.mostActive, ends.size)
    },
    interrupt: (vu) => ends.get(vu)?.(),
    late: () => {},
    dropped(count) {
      seen.dropped += count
    },
    finished() {
      seen.ended = clock.now()
      seen.finishedTimes++
    },
  })
  if (options.stopAt !== undefined) clock.at(options.stopAt, () => running.stop())
  clock.run()
  return { ...seen, starts, free: free.length }
}
