// How a load run goes at this moment, for whoever watches it. Made by the run, shown by the progress line.

export interface LoadMoment {
  /** Messages a second in the last ten: due and arrived. Of a scenario without messages: iterations that ended, both. */
  readonly offered: number
  readonly achieved: number
  /** From due to there of what arrived in the last ten seconds, milliseconds; undefined without any. */
  readonly p50: number | undefined
  readonly p99: number | undefined
  /** Since the beginning: what was refused, lost, doubled, leaked or damaged. */
  readonly errors: number
  /** Turned away by limits, since the beginning. */
  readonly limits: number
  /** p99 of how late this machine was in the last ten seconds, milliseconds. */
  readonly lag: number
}
