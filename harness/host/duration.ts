// Durations as people type them: "500ms", "60s", "2m". Used by --wait and --timeout.
import { TargetError } from './target-error.ts'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

const longest = 24 * 3_600_000

/** Milliseconds. A bare number means seconds. Throws TargetError `bad-option`; `what` names the flag. */
export function parseDuration(text: string, what = 'duration'): number {
  const match = /^\s*(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|h)?\s*$/i.exec(text)
  const unit = units[(match?.[2] ?? 's').toLowerCase()]
  if (match === null || unit === undefined) {
    throw new TargetError('bad-option', `${what}: "${text}" is not a duration`, { hint: 'write 500ms, 60s, 2m or 1h' })
  }
  const ms = Math.round(Number(match[1]) * unit)
  if (ms > longest) {
    throw new TargetError('bad-option', `${what}: "${text}" is longer than a day`, { hint: 'write at most 24h' })
  }
  return ms
}
