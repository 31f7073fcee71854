// What the bench holds its figures against, and the table that says so. Used by the bench.
import type { Contest } from './measure.ts'

export interface Row {
  readonly what: string
  readonly target: string
  readonly measured: string
  /** not judged: nothing could be said, and why stands with what was measured. */
  readonly verdict: 'met' | 'missed' | 'not judged'
}

/** A ratio of CPU, which does not depend on the machine, with absolute figures of this machine behind it. */
export function contestRow({ title, unit, against, ours, theirs, ratio }: Contest, atMost: number): Row {
  const us = (value: number) => value.toFixed(0)
  return {
    what: title,
    target: `CPU <= ${atMost} x ${against}`,
    measured: `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}); ${us(ours.median)} and ${us(theirs.median)} us a ${unit}`,
    verdict: ratio.median <= atMost ? 'met' : 'missed',
  }
}

export function table(rows: readonly Row[]): string {
  return rows
    .map(
      ({ what, target, measured, verdict }) =>
        `${verdict.padEnd(10)}  ${what}\n${' '.repeat(12)}${measured}; target: ${target}`,
    )
    .join('\n')
}
