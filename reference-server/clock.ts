// Time as a value: every timer and time stamp of the reference server goes through a Clock, so that tests can move it.

/** Stops a timer that has not fired yet. */
type Cancel = () => void

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs `due` once, `ms` from now on this clock. */
  after(ms: number, due: () => void): Cancel
  sleep(ms: number): Promise<void>
  /** Tells of work with sockets: `advance` lets it end before it goes on, but waits no more than a second. */
  during(work: Promise<unknown>): void
  /**
   * Moves the clock forward, fires what falls due in order and at its time, and returns when nothing is due. After 100,000
   * timers the rest fires at the end. Rejects when timers that are due at once have no end.
   */
  advance(ms: number): Promise<void>
}

interface Timer {
  readonly due: number
  readonly order: number
  readonly run: () => void
  stop: Cancel
}

/** Timers armed at once without end are a mistake of ours, not a load: refuse rather than hang. */
const mostAtOnce = 100_000
/** Keepalives of many sessions over many days: further ones fire late and once, as after a machine has slept. */
const mostSteps = 100_000

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
  const works = new Set<Promise<unknown>>()
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
    during(work) {
      works.add(work)
      const over = () => works.delete(work)
      work.then(over, over)
    },
    async advance(ms) {
      const target = now() + ms
      /** Fired since the time moved. */
      let atOnce = 0
      for (let fired = 0; ; fired++) {
        const timer = next(target)
        if (timer === undefined) break
        const step = Math.max(0, (fired < mostSteps ? timer.due : target) - now())
        atOnce = step > 0 ? 0 : atOnce + 1
        if (atOnce > mostAtOnce) throw new Error(`${atOnce} timers fell due at one moment, and others still do`)
        offset += step
        fire(timer)
        await quiet(works)
      }
      offset += Math.max(0, target - now())
      await quiet(works)
    },
  }
}

/** Milliseconds of real time: whoever is not done by then waits for the clock itself, or for a peer that says nothing. */
const patience = 1_000

/** Lets the promises and I/O callbacks that a timer set off run. */
async function quiet(works: Set<Promise<unknown>>): Promise<void> {
  const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)))
  await turn()
  if (works.size === 0) return
  let late = false
  let tell = () => {}
  const enough = new Promise<void>((resolve) => {
    tell = resolve
  })
  const timer = setTimeout(() => {
    late = true
    tell()
  }, patience)
  while (works.size > 0 && !late) {
    await Promise.race([Promise.allSettled([...works]), enough])
    await turn()
  }
  clearTimeout(timer)
  if (late) works.clear()
}
