// One message as a waterfall: its stages under each other, each where it lies in time, and what the server's log knows of
// the part that we cannot see. Used by the report of a trace.
import type { StageName, TracedMessage } from '../harness/result/trace.ts'
import type { Paint } from './paint.ts'
import { printable } from './plain-text.ts'
import { lengthOf, shortTime, stageWords, totalOf } from './trace-words.ts'

interface Bar {
  readonly label: string
  readonly started: number
  readonly ended: number
  readonly stage: StageName | undefined
}

const labelWidth = 26

/** The message whose total is the middle one; the first of those that the log knows, if it knows any. */
export function typical(messages: readonly TracedMessage[]): TracedMessage | undefined {
  const arrived = messages.filter((message) => totalOf(message) !== undefined)
  const logged = arrived.filter(({ log }) => log.length > 0)
  const sorted = (logged.length > 0 ? logged : arrived).toSorted((a, b) => (totalOf(a) ?? 0) - (totalOf(b) ?? 0))
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

export function waterfall(message: TracedMessage, style: { paint: Paint; width: number; slow: StageName | undefined }) {
  const bars = barsOf(message)
  const [first, last] = [bars[0], bars.at(-1)]
  if (!first || !last) return []
  const room = Math.min(style.width, 100) - labelWidth - 10
  const end = Math.max(...bars.map(({ ended }) => ended))
  const scale = room / Math.max(0.01, end - first.started)
  return bars.map(({ label, stage, ...bar }) => {
    const from = Math.min(room - 1, Math.floor((bar.started - first.started) * scale))
    const length = Math.max(1, Math.min(room - from, Math.round(lengthOf(bar) * scale)))
    const drawn = `${' '.repeat(from)}${'#'.repeat(length)}`
    const shade = stage === undefined ? style.paint.dim : stage === style.slow ? style.paint.yellow : style.paint.cyan
    return `  ${printable(label).slice(0, labelWidth).padEnd(labelWidth)}${shortTime(lengthOf(bar)).padStart(5)}  ${shade(drawn)}`
  })
}

/** Stages of ours by our clock; those of the log are durations, laid end to end from the 250 on. */
function barsOf({ stages, log }: TracedMessage): readonly Bar[] {
  const own = stages.map(({ name, started, ended }) => ({ label: stageWords[name].head, started, ended, stage: name }))
  const taken = stages.find(({ name }) => name === 'body')?.ended
  if (taken === undefined) return own
  let at = taken
  const theirs = log.flatMap(({ program, delays }) => {
    if (delays === undefined) return []
    const [, queued, connecting, sending] = delays
    return [
      { part: 'queue', ms: queued },
      { part: 'connect', ms: connecting },
      { part: 'send', ms: sending },
    ].map(({ part, ms }) => {
      at += ms
      return { label: `  ${program} ${part}`, started: at - ms, ended: at, stage: undefined }
    })
  })
  const cutAt = own.findIndex(({ stage }) => stage === 'fetch')
  return cutAt < 0 ? [...own, ...theirs] : [...own.slice(0, cutAt), ...theirs, ...own.slice(cutAt)]
}
