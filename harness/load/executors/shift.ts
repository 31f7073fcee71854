// The life of one scenario: virtual users begin iterations until its time is over, finish them in the time of grace, and are
// interrupted after that. Used by all executors.
import type { Desk, Running, Start } from './desk.ts'

export interface ShiftPlan {
  /** Milliseconds until no new iteration begins. */
  readonly duration: number
  /** Milliseconds after that until those still running are interrupted. */
  readonly gracefulStop: number
  /** The duration is over: the last moment to begin something. */
  readonly ending?: () => void
  /** The time of grace is over, or the run is stopped: before the interruptions. */
  readonly cut?: () => void
  /** Nothing runs any more and nothing will: once, before the end is told. */
  readonly over: () => void
}

export class Shift<V> implements Running {
  readonly #desk: Desk<V>
  readonly #plan: ShiftPlan
  readonly #busy = new Set<V>()
  readonly #timers: (() => void)[]
  #state: 'open' | 'closing' | 'over' = 'open'

  constructor(desk: Desk<V>, plan: ShiftPlan) {
    this.#desk = desk
    this.#plan = plan
    const end = desk.began + plan.duration
    this.#timers = [
      desk.clock.at(end, () => {
        plan.ending?.()
        this.close()
      }),
      desk.clock.at(end + plan.gracefulStop, () => this.#interrupt()),
    ]
  }

  /** New iterations may begin. */
  get open(): boolean {
    return this.#state === 'open'
  }

  /** Runs one iteration. `after` may begin the next one. */
  work(vu: V, start: Start, after: () => void): void {
    this.#busy.add(vu)
    this.#desk.run(vu, start, () => {
      this.#busy.delete(vu)
      after()
      this.#endIfOver()
    })
  }

  /** Nothing new begins: time is over, or there is nothing left to do. */
  close(): void {
    if (this.#state === 'open') this.#state = 'closing'
    this.#endIfOver()
  }

  stop(): void {
    this.close()
    this.#interrupt()
  }

  #interrupt(): void {
    if (this.#state === 'over') return
    this.#plan.cut?.()
    for (const vu of this.#busy) this.#desk.interrupt(vu)
  }

  #endIfOver(): void {
    if (this.#state !== 'closing' || this.#busy.size > 0) return
    this.#state = 'over'
    for (const cancel of this.#timers) cancel()
    this.#plan.over()
    this.#desk.finished()
  }
}
