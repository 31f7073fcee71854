// Runs the scenarios of a thread: begins each at its time, gives executors their desk, and tells when all are over.

import type { Running } from '../executors/desk.ts'
import { execute } from '../executors/index.ts'
import { countedFromZero } from '../metrics/builtin.ts'
import { lengthOfPlan, type Plan } from '../schedule/scenario-options.ts'
import type { Segment } from '../schedule/segment.ts'
import { systemClock, timeNow } from './clock.ts'
import type { Crew, Member } from './crew.ts'
import type { Recorder } from './recorder.ts'
import type { Activity } from './virtual-user.ts'

export interface EngineOptions {
  readonly plans: readonly Plan[]
  readonly tags: Readonly<Record<string, string>>
  readonly segment: Segment
  readonly crew: Crew
  readonly recorder: Recorder
  /** Counters that this thread owns begin with 0. */
  readonly known: (metric: string) => boolean
}

export interface EngineRun {
  readonly over: Promise<void>
  stop(): void
}

/** `at`: when the run begins. */
export function runScenarios(options: EngineOptions, at: number): EngineRun {
  const { plans, recorder } = options
  const running = new Set<Running>()
  const pending = new Set<() => void>()
  let stopped = false
  let left = plans.length
  let finish = () => {}
  const over = new Promise<void>((resolve) => {
    finish = resolve
  })
  const finished = () => {
    left--
    if (left === 0) finish()
  }
  for (const metric of countedFromZero)
    if (options.known(metric)) recorder.add(recorder.series(metric, options.tags), 0)
  for (const plan of plans) {
    const cancel = systemClock.at(at + plan.startTime, () => {
      pending.delete(cancel)
      begin(options, plan, at + plan.startTime, { running, finished, isStopped: () => stopped })
    })
    pending.add(cancel)
  }
  return {
    over,
    stop() {
      if (stopped) return
      stopped = true
      for (const cancel of pending) {
        cancel()
        finished()
      }
      for (const scenario of running) scenario.stop()
    },
  }
}

interface Whole {
  readonly running: Set<Running>
  readonly finished: () => void
  readonly isStopped: () => boolean
}

function begin(
  { crew, recorder, segment, tags }: EngineOptions,
  plan: Plan,
  began: number,
  { running, finished, isStopped }: Whole,
): void {
  const own = { ...tags, ...plan.tags, scenario: plan.name }
  const dropped = recorder.series('dropped_iterations', own)
  const lag = recorder.series('driver_start_lag', own)
  const length = lengthOfPlan(plan)
  const activity: Activity = {
    plan,
    began,
    iterations: 0,
    progress: () => Math.min(1, (timeNow() - began) / length),
  }
  let scenario: Running | undefined
  let isOver = false
  scenario = execute<Member>(plan, {
    clock: systemClock,
    began,
    segment,
    take: () => crew.take(),
    give: (member) => crew.give(member),
    run: (member, start, over) => crew.run(member, activity, own, start, over),
    interrupt: (member) => crew.interrupt(member),
    late: (ms) => recorder.add(lag, Math.max(0, ms)),
    dropped(count) {
      // What a stop leaves undone says nothing.
      if (!isStopped()) recorder.add(dropped, count)
    },
    finished() {
      isOver = true
      if (scenario !== undefined) running.delete(scenario)
      finished()
    },
  })
  if (!isOver) running.add(scenario)
}
