// Takes what a sampler reads, with when it was; remembers why nothing came. No trouble of a sampler ever fails a run: it becomes a
// note in the record. Used by all samplers.
import { type Board, board, type Reading, reading } from './reading.ts'

export interface TimedReading extends Reading {
  /** On the clock of performance.now(), milliseconds. */
  readonly takenAt: number
}

/** A day of seconds: what is older than that is left out. */
const most = 86_400
/** Milliseconds without a reading that are worth a note. */
const quiet = 5_000

export class Collector {
  readonly readings: TimedReading[] = []
  board: Board | undefined
  readonly #now: () => number
  readonly #began: number
  #longestQuiet = 0
  #garbage = 0
  #ended: string | undefined

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
    this.#began = now()
  }

  /** What a sampler said, already read as JSON or put together here. What makes no sense is counted. */
  take(value: unknown): void {
    if (typeof value === 'object' && value !== null && 'board' in value) {
      const told = board.safeParse(value.board)
      if (told.success) this.board = told.data
      else this.#garbage++
      return
    }
    const read = reading.safeParse(value)
    const takenAt = this.#now()
    if (!read.success) {
      this.#garbage++
      return
    }
    this.#longestQuiet = Math.max(this.#longestQuiet, takenAt - (this.readings.at(-1)?.takenAt ?? this.#began))
    if (this.readings.length < most) this.readings.push({ ...read.data, takenAt })
  }

  /** One line that should be JSON. */
  takeLine(line: string): void {
    if (line.trim() === '') return
    try {
      this.take(JSON.parse(line))
    } catch {
      this.#garbage++
    }
  }

  /** There will be no more, and why; the first word counts. */
  end(reason: string): void {
    this.#ended ??= reason
  }

  /** What a reader of the figures has to know. */
  notes(): readonly string[] {
    const last = this.readings.at(-1)?.takenAt
    const silent = Math.max(this.#longestQuiet, this.#now() - (last ?? this.#began))
    return [
      ...(this.#ended === undefined ? [] : [this.#ended]),
      ...(this.#garbage === 0 ? [] : [`${this.#garbage} of its lines made no sense`]),
      ...(last === undefined
        ? ['it told nothing']
        : silent > quiet && this.#ended === undefined
          ? [`it told nothing for ${Math.round(silent / 1_000)} s`]
          : []),
    ]
  }
}
