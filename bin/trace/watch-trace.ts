// What people see of a trace while it runs: on the terminal that the report goes to, or as lines beside it.
import type { Trace } from '../../harness/result/trace.ts'
import { LiveTrace } from '../../reports/live-trace.ts'
import { printable } from '../../reports/plain-text.ts'
import { type Io, wantsColor, widthOf } from '../io.ts'
import type { TraceOptions } from './trace-options.ts'

export interface TraceWatch {
  /** `doing`: why nothing happens for a while. */
  show(trace: Trace, doing?: string): void
  /** A line that must not get lost: in the drawing where there is one, else beside it. */
  say(text: string, trace: Trace): void
  /** Takes the drawing away: the report stands in its place. */
  clear(): void
}

export function watchTrace(options: TraceOptions, io: Io): TraceWatch {
  if (options.quiet) return { show() {}, say() {}, clear() {} }
  const live = options.format === 'terminal' && io.stdout.isTTY === true && io.env.TERM !== 'dumb'
  const output = live ? io.stdout : io.stderr
  const display = new LiveTrace({
    write: (text) => void output.write(text),
    live,
    color: options.color ?? wantsColor(output, io.env),
    width: widthOf(output, io.env),
    height: output.rows || 24,
  })
  return {
    show: (trace, doing) => display.show(trace, doing),
    // Whatever else is written while the drawing stands would be drawn over.
    say: (text, trace) => (live ? display.show(trace, text) : void io.stderr.write(`${printable(text)}\n`)),
    clear: () => display.clear(),
  }
}
