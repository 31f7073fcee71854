// Time as a value: every timer and time stamp of the reference server goes through a Clock, so that tests can move it.

/** Stops a timer that has not fired yet. */
type Cancel = () => void

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs `due` once, `ms` from now on this clock. */
  after(ms: number, due: () => void): Cancel
  sleep(ms: number): Promise<void>
  /** Moves the clock forward, fires what falls due in order, and returns when nothing is due. */
  advance(ms: number): Promise<void>
}

interface Timer {
  readonly due: number
  readonly order: number
  readonly run: () => void
  stop: Cancel
}

/** Timers armed at once without end are a mistake of ours, not a load: refuse rather than hang. */
const mostFiredInOneAdvance = 100_000

/** Stands still until it is advanced. */
export function virtualClock(start = Date.UTC(2026, 0, 1)): Clock {
  return makeClock(
    () => 0,
    start,
    () => () => {},
  )
}

/** Runs with the machine's time; `advance` makes it jump ahead. */
export function systemClock(): Clock {
  return makeClock(Date.now, 0, (ms, run) => {
    const handle = setTimeout(run, Math.min(ms, 2 ** 31 - 1))
    handle.unref()
    return () => clearTimeout(handle)
  })
}

function makeClock(base: () => number, start: number, arm: (ms: number, run: () => void) => Cancel): Clock {
  let offset = start
  let order = 0
  const timers = new Set<Timer>()
  const now = () => base() + offset

  const fire = (timer: Timer) => {
    if (!timers.delete(timer)) return
    timer.stop()
    timer.run()
  }
  const next = (until: number) => {
    let first: Timer | undefined
    for (const timer of timers) {
      if (timer.due > until) continue
      if (first === undefined || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) {
        first = timer
      }
    }
    return first
  }
  const after = (ms: number, due: () => void): Cancel => {
    const timer: Timer = { due: now() + ms, order: order++, run: due, stop: () => {} }
    timers.add(timer)
    timer.stop = arm(ms, () => fire(timer))
    return () => {
      if (timers.delete(timer)) timer.stop()
    }
  }

  return {
    now,
    after,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    async advance(ms) {
      const target = now() + ms
      for (let fired = 0; fired < mostFiredInOneAdvance; fired++) {
        const timer = next(target)
        if (timer === undefined) break
        offset += Math.max(0, timer.due - now())
        fire(timer)
        await quiet()
      }
      offset += Math.max(0, target - now())
      await quiet()
    },
  }
}

/** Lets the promises and I/O callbacks that a timer set off run. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
}
