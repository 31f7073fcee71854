// The few wire lines of a finding that show what went wrong. Used by the terminal report; the whole is in the JSON.
import type { Finding, WireLine } from '../harness/result/schema.ts'

export interface Excerpt {
  readonly lines: readonly WireLine[]
  /** How many lines stand before and after. */
  readonly before: number
  readonly after: number
}

/**
 * At most `most` lines that end with the reply the first unmet expectation complains of. Where no single reply is meant
 * (IMAP data, something that never came), the last lines.
 */
export function excerpt(finding: Finding, most: number): Excerpt {
  const { evidence } = finding
  const got = finding.expectations
    .find((item) => item.outcome === 'unmet')
    ?.got.split('\n')[0]
    ?.trim()
  const reply = evidence.findIndex(
    ({ direction, text }) => direction === '<' && got !== undefined && got !== '' && text.trim() === got,
  )
  const end = reply === -1 ? evidence.length : reply + 1
  const start = Math.max(0, end - most)
  return { lines: evidence.slice(start, end), before: start, after: evidence.length - end }
}
