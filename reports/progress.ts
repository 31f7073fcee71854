// Live progress on stderr: one line rewritten on a terminal, sparse plain lines elsewhere. Fed by the check command.
import type { Finding, Level } from '../harness/result/schema.ts'
import { paint } from './paint.ts'
import { columns, printable } from './plain-text.ts'
import { count, wordFor } from './words.ts'

export interface ProgressOptions {
  readonly write: (text: string) => void
  /** Rewrite one line instead of adding lines. */
  readonly live: boolean
  readonly color: boolean
  readonly width: number
  readonly failOn: Level
  /** Monotonic milliseconds. */
  readonly now: () => number
}

/** Without a terminal a line is added after this many milliseconds, and then after twice as many each time, up to the last. */
const plainFirst = 5_000
const plainMost = 60_000

export class Progress {
  readonly #options: ProgressOptions
  readonly #running = new Set<string>()
  readonly #began: number
  #total = 0
  #done = 0
  #problems = 0
  #said = 0
  #every = plainFirst
  #shown = false

  constructor(options: ProgressOptions) {
    this.#options = options
    this.#began = options.now()
    this.#said = this.#began
  }

  planned(total: number): void {
    this.#total += total
    this.tick()
  }

  /** `id` is a check, or a batch of them. */
  started(id: string): void {
    this.#running.add(id)
    this.tick()
  }

  ended(id: string): void {
    this.#running.delete(id)
    this.tick()
  }

  finished(finding: Finding): void {
    this.#done++
    const problem = wordFor(finding, this.#options.failOn) === 'PROBLEM'
    if (problem) {
      this.#problems++
      const style = paint(this.#options.color)
      this.note(`${style.red('PROBLEM')}  ${printable(finding.check, 100)}`)
    }
    this.tick()
  }

  /** A line that stays, above the live one. */
  note(text: string): void {
    this.clear()
    this.#options.write(`${text}\n`)
  }

  /** Redraws; called on every event and by a timer, so that the seconds move during a long check. */
  tick(): void {
    const now = this.#options.now()
    if (!this.#options.live) {
      if (now - this.#said < this.#every) return
      this.#said = now
      this.#every = Math.min(this.#every * 2, plainMost)
      this.#options.write(`${this.#line(now)}\n`)
      return
    }
    this.clear()
    this.#options.write(paint(this.#options.color).dim(cut(this.#line(now), this.#options.width - 1)))
    this.#shown = true
  }

  /** Takes the live line away. */
  clear(): void {
    if (!this.#shown) return
    this.#options.write('\r\u001b[2K')
    this.#shown = false
  }

  #line(now: number): string {
    const [first, ...others] = this.#running
    const seconds = ((now - this.#began) / 1_000).toFixed(0)
    const problems = this.#problems === 0 ? '' : `  ${count(this.#problems, 'problem')}`
    const current =
      first === undefined ? '' : `  ${printable(first, 100)}${others.length > 0 ? ` +${others.length}` : ''}`
    return `checked ${this.#done} of ${Math.max(this.#total, this.#done)}  ${seconds} s${problems}${current}`
  }
}

function cut(text: string, width: number): string {
  let shown = ''
  for (const character of text) {
    if (columns(shown) + columns(character) > width) return shown
    shown += character
  }
  return shown
}
