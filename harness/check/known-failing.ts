// The known-failing file: which requirements a release gate lets fail for now, why, and until when.
import type { Finding } from '../result/schema.ts'
import { matchesPattern } from './pattern.ts'

export interface KnownFailing {
  readonly pattern: string
  readonly reason: string
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly until?: string
  readonly line: number
}

export class KnownFailingError extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`)
    this.name = 'KnownFailingError'
    this.line = line
  }
}

/** Lines `id  reason  until=YYYY-MM-DD`; `#` starts a comment. Throws KnownFailingError. */
export function parseKnownFailing(text: string): readonly KnownFailing[] {
  const entries: KnownFailing[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim()
    if (line === '') continue
    const [pattern = '', ...words] = line.split(/\s+/)
    const dated = words.filter((word) => word.startsWith('until='))
    const reason = words.filter((word) => !word.startsWith('until=')).join(' ')
    const until = dated[0]?.slice('until='.length)
    if (dated.length > 1) throw new KnownFailingError(index + 1, 'more than one until=')
    if (until !== undefined && !isDate(until))
      throw new KnownFailingError(index + 1, `until=${until} is not a date like 2026-12-31`)
    if (reason === '') throw new KnownFailingError(index + 1, `${pattern} needs a reason: say why it may fail`)
    entries.push({ pattern, reason, line: index + 1, ...(until === undefined ? {} : { until }) })
  }
  return entries
}

/** A file for what fails now, good for 30 days. */
export function writeKnownFailing(findings: readonly Finding[], today: Date): string {
  const until = new Date(today.getTime() + 30 * 86_400_000).toISOString().slice(0, 10)
  const failing = findings.filter((finding) => finding.verdict === 'fail').map((finding) => finding.check)
  const lines = [...new Set(failing)].sort().map((id) => `${id}  failing when this file was written  until=${until}`)
  return ['# id  reason  until=YYYY-MM-DD', ...lines, ''].join('\n')
}

/** The entry that covers a check, and whether its day has passed. */
export function coverOf(id: string, entries: readonly KnownFailing[], today: Date): Finding['knownFailing'] {
  const entry = entries.find((item) => matchesPattern(item.pattern, id))
  if (!entry) return undefined
  const expired = entry.until !== undefined && today.toISOString().slice(0, 10) > entry.until
  return { reason: entry.reason, expired, ...(entry.until === undefined ? {} : { until: entry.until }) }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}
