// A trace while it runs: on a terminal a table that is redrawn in place, elsewhere a line a message. Fed by the trace command.
import type { Trace } from '../harness/result/trace.ts'
import { paint } from './paint.ts'
import { renderLiveTrace } from './trace.ts'
import { messageRows, tableHead } from './trace-table.ts'

export interface LiveTraceOptions {
  readonly write: (text: string) => void
  /** Redraw instead of adding lines. */
  readonly live: boolean
  readonly color: boolean
  readonly width: number
}

/** As many messages as fit on the smallest screen, with the lines over them. */
const lastShown = 8

export class LiveTrace {
  readonly #options: LiveTraceOptions
  /** Lines of the last drawing. */
  #drawn = 0
  /** Messages that have their line. */
  #told = 0

  constructor(options: LiveTraceOptions) {
    this.#options = options
  }

  /** `doing`: why nothing happens for a while; only people who watch are told. */
  show(trace: Trace, doing?: string): void {
    const { live, write, color, width } = this.#options
    if (live) {
      // A line as wide as the screen would wrap, and the next drawing would begin too low.
      const table = renderLiveTrace(trace, { color, width: width - 1, last: lastShown })
      const text = doing === undefined ? table : `${table}${paint(color).dim(doing)}\n`
      write(`${this.#up()}${text}`)
      this.#drawn = text.split('\n').length - 1
      return
    }
    const style = { paint: paint(color), width, slowest: trace.diagnosis.slowest }
    const lines = trace.messages.slice(this.#told).flatMap((message) => messageRows(message, style))
    if (this.#told === 0 && lines.length > 0) lines.unshift(tableHead(style))
    this.#told = trace.messages.length
    for (const line of lines) write(`${line}\n`)
  }

  /** Takes the drawing away: the report stands in its place. */
  clear(): void {
    if (this.#drawn > 0) this.#options.write(this.#up())
    this.#drawn = 0
  }

  #up(): string {
    return this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A\r\u001b[J`
  }
}
