// Live progress of a load run on stderr: one line rewritten on a terminal, one every ten seconds elsewhere. Fits 80 columns.
import type { LoadMoment } from '../harness/result/load-moment.ts'
import { paint } from './paint.ts'
import { columns, printable } from './plain-text.ts'

export interface LoadProgressOptions {
  readonly write: (text: string) => void
  readonly live: boolean
  readonly color: boolean
  readonly width: number
  readonly scenario: string
}

/** Without a terminal, milliseconds between two lines. */
const plainEvery = 10_000

export class LoadProgress {
  readonly #options: LoadProgressOptions
  #said = 0
  #shown = false

  constructor(options: LoadProgressOptions) {
    this.#options = options
  }

  /** `elapsed` and `length` in milliseconds. */
  show(moment: LoadMoment, elapsed: number, length: number): void {
    const line = progressLine(this.#options.scenario, moment, elapsed, length)
    if (!this.#options.live) {
      if (elapsed - this.#said < plainEvery) return
      this.#said = elapsed
      this.#options.write(`${line}\n`)
      return
    }
    this.clear()
    this.#options.write(paint(this.#options.color).dim(cut(line, this.#options.width - 1)))
    this.#shown = true
  }

  /** Takes the live line away. */
  clear(): void {
    if (!this.#shown) return
    this.#options.write('\r\u001b[2K')
    this.#shown = false
  }
}

/** `steady 0:48 left  due 10.0 done 9.9/s  p50 3 p99 12 ms  errors 0  lag 1` */
export function progressLine(scenario: string, moment: LoadMoment, elapsed: number, length: number): string {
  const { offered, achieved, p50, p99, errors, limits, lag } = moment
  const ms = (value: number | undefined) => (value === undefined ? '-' : value.toFixed(0))
  const time = elapsed < length ? `${clock(length - elapsed)} left` : `${clock(elapsed)} ending`
  return [
    `${printable(scenario, 10)} ${time}`,
    `due ${rate(offered)} done ${rate(achieved)}/s`,
    p99 !== undefined && p99 >= 1_000
      ? `p50 ${seconds(p50)} p99 ${seconds(p99)} s`
      : `p50 ${ms(p50)} p99 ${ms(p99)} ms`,
    `errors ${errors}${limits > 0 ? ` limits ${limits}` : ''}`,
    `lag ${ms(lag)}`,
  ].join('  ')
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '-' : (ms / 1_000).toFixed(1)
}

function rate(value: number): string {
  return value >= 99.95 ? value.toFixed(0) : value.toFixed(1)
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function cut(text: string, width: number): string {
  return columns(text) <= width ? text : text.slice(0, Math.max(0, width))
}
