// Joins the runner's events to the progress display: which units are under way, and how many checks are done.

import type { RunEvent } from '../../harness/check/run.ts'
import { checkOf } from '../../harness/check/unit-run.ts'
import { Progress } from '../../reports/progress.ts'
import { type Io, wantsColor, widthOf } from '../io.ts'
import type { CheckOptions } from '../options.ts'

export interface RunWatch {
  onEvent(event: RunEvent): void
  /** Takes the live line away. */
  end(): void
}

/** How often the live line is redrawn, ms, so that its seconds move. */
const redraw = 500

export function watchRun(options: CheckOptions, io: Io): RunWatch {
  if (options.quiet) return { onEvent() {}, end() {} }
  const progress = new Progress({
    write: (text) => void io.stderr.write(text),
    live: io.stderr.isTTY === true && io.env.TERM !== 'dumb',
    color: options.color ?? wantsColor(io.stderr, io.env),
    width: widthOf(io.stderr, io.env),
    failOn: options.failOn,
    now: () => performance.now(),
  })
  const unitOf = new Map<string, string>()
  const left = new Map<string, number>()
  const timer = setInterval(() => progress.tick(), redraw)
  timer.unref()
  return {
    onEvent(event) {
      switch (event.type) {
        case 'plan': {
          unitOf.clear()
          for (const unit of event.plan.units) {
            const judged = unit.members.filter((check) => !('observes' in check && check.observes === true))
            left.set(unit.id, judged.length)
            for (const check of judged) unitOf.set(check.id, unit.id)
          }
          progress.planned(unitOf.size)
          break
        }
        case 'started':
          if ((left.get(event.id) ?? 0) > 0) progress.started(event.id)
          break
        case 'finished': {
          const check = checkOf(event.finding.check)
          const unit = unitOf.get(check) ?? check
          const rest = (left.get(unit) ?? 1) - 1
          left.set(unit, rest)
          progress.finished(event.finding)
          if (rest <= 0) progress.ended(unit)
          break
        }
        case 'note':
          progress.note(event.text)
      }
    },
    end() {
      clearInterval(timer)
      progress.clear()
    },
  }
}
