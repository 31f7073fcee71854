// Live progress of a search for capacity on stderr: the live line of the step that is running, and a line for each that is done.
import type { LoadMoment } from '../harness/result/load-moment.ts'
import { type ShownStep, stepLine } from './capacity-steps.ts'
import { LoadProgress } from './load-progress.ts'
import { paint } from './paint.ts'

export interface CapacityProgressOptions {
  readonly write: (text: string) => void
  readonly live: boolean
  readonly color: boolean
  readonly width: number
  readonly quiet: boolean
}

export class CapacityProgress {
  readonly #options: CapacityProgressOptions
  #load: LoadProgress | undefined
  #number = 0

  constructor(options: CapacityProgressOptions) {
    this.#options = options
  }

  begin({ rate }: Pick<ShownStep, 'rate'>, number: number): void {
    const { quiet, live, ...options } = this.#options
    this.#number = number
    // Without a terminal the line of each step is enough.
    if (!quiet && live) this.#load = new LoadProgress({ ...options, live, scenario: `${rate}/s` })
  }

  show(moment: LoadMoment, elapsed: number, length: number): void {
    this.#load?.show(moment, elapsed, length)
  }

  done(step: ShownStep): void {
    this.clear()
    const { quiet, color, write } = this.#options
    if (!quiet) write(`${stepLine(paint(color), step, this.#number)}\n`)
  }

  /** Takes the live line away. */
  clear(): void {
    this.#load?.clear()
    this.#load = undefined
  }
}
