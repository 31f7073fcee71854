// What an executor has to do with: a clock, virtual users, and somebody who runs their iterations. In a run that is the
// thread's engine, in tests a clock that jumps. Used by all executors.
import type { Segment } from '../schedule/segment.ts'

/** Milliseconds, monotonic. */
export interface Clock {
  now(): number
  /** Calls back at that time, or soon if it has passed; the returned function takes it back. */
  at(time: number, call: () => void): () => void
}

/** One iteration to begin now. */
export interface Start {
  /** When it should have begun, on the clock: earlier than now when it had to wait. */
  readonly due: number
  /** Its number in the scenario over all threads, from 0. */
  readonly number: number
}

export interface Desk<V> {
  readonly clock: Clock
  /** When the scenario begins. */
  readonly began: number
  /** Our share of the run. */
  readonly segment: Segment
  /** A virtual user that nobody has; undefined when all are taken. */
  take(): V | undefined
  give(vu: V): void
  /** Runs one iteration, and calls back once when it is over, however it ended; never before `run` returns. */
  run(vu: V, start: Start, over: () => void): void
  /** Ends the iteration that is running, in short time. */
  interrupt(vu: V): void
  /** A start came so many milliseconds late, for no other reason than that this thread was busy. */
  late(ms: number): void
  /** So many iterations were due and do not take place. */
  dropped(count: number): void
  /** The scenario is over: nothing runs, every virtual user is given back. */
  finished(): void
}

/** A scenario under way. */
export interface Running {
  /** Ends it early: nothing new begins, and what runs is interrupted. */
  stop(): void
}
