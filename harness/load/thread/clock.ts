// Time of a run: milliseconds that all threads agree on, and never run backwards. Used by the run and its threads.
import type { Clock } from '../executors/desk.ts'

/** Since 1970, as exactly as the system has it when the thread starts, monotonic from then on. */
export function timeNow(): number {
  return performance.timeOrigin + performance.now()
}

export const systemClock: Clock = {
  now: timeNow,
  at(time, call) {
    const timer = setTimeout(call, Math.max(0, time - timeNow()))
    return () => clearTimeout(timer)
  },
}
