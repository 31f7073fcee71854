// The deadlines of what is waited for on a connection, on one timer: nearly all that is waited for comes long before, and a timer of
// its own for each costs more than reading it. Used by the line sockets, in Node and in k6.

/** A peer must move this many octets a second to be waited for beyond a deadline. */
const slowest = 4096

interface Wait {
  readonly ms: number
  due: number
  /** Octets moved when it began. */
  moved: number
}

export class Deadlines {
  readonly #moved: () => number
  readonly #expired: (ms: number) => void
  readonly #waits: Wait[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When the timer fires, on the clock of performance.now(). */
  #looksAt = Number.POSITIVE_INFINITY

  /** `moved`: octets that went either way so far; `expired`: told which deadline has passed. */
  constructor(moved: () => number, expired: (ms: number) => void) {
    this.#moved = moved
    this.#expired = expired
  }

  /**
   * A deadline in `ms` milliseconds. It is extended while the peer moves at least 4 KiB a second: a large message over a thin line
   * is no fault, an octet a second is one. Returns what cancels it.
   */
  begin(ms: number): () => void {
    const wait: Wait = { ms, due: performance.now() + ms, moved: this.#moved() }
    this.#waits.push(wait)
    if (wait.due < this.#looksAt) this.#lookIn(ms, wait.due)
    return () => {
      const at = this.#waits.indexOf(wait)
      if (at !== -1) this.#waits.splice(at, 1)
    }
  }

  /** Nothing is waited for any more. */
  end(): void {
    clearTimeout(this.#timer)
    this.#looksAt = Number.POSITIVE_INFINITY
    this.#waits.length = 0
  }

  #lookIn(ms: number, looksAt: number): void {
    clearTimeout(this.#timer)
    this.#looksAt = looksAt
    this.#timer = setTimeout(this.#look, ms)
  }

  readonly #look = (): void => {
    const now = performance.now()
    this.#looksAt = Number.POSITIVE_INFINITY
    for (const wait of this.#waits) {
      // Timers may be early by the part of a millisecond.
      if (wait.due - now >= 1) continue
      const moved = this.#moved()
      if (moved - wait.moved < (slowest * wait.ms) / 1_000) {
        this.#waits.splice(this.#waits.indexOf(wait), 1)
        this.#expired(wait.ms)
        break
      }
      wait.moved = moved
      wait.due = now + wait.ms
    }
    if (this.#waits.length === 0) return
    const next = Math.min(...this.#waits.map(({ due }) => due))
    this.#lookIn(next - now, next)
  }
}
