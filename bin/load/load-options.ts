// The flags of `load` that are its own, read into one typed record. Those of reaching a host and of output are those of check.
import type { LoadFlags } from '../../harness/load/run/flags.ts'
import { parseSegment } from '../../harness/load/schedule/segment.ts'
import { UsageError } from '../usage-error.ts'

/** As commander gives them. */
export interface RawLoadFlags {
  readonly vus?: string
  readonly duration?: string
  readonly rate?: string
  readonly stage?: readonly string[]
  readonly threshold?: readonly string[]
  readonly env?: readonly string[]
  readonly threads?: string
  readonly segment?: string
}

export interface LoadOptions {
  readonly flags: LoadFlags
  readonly env: Readonly<Record<string, string>>
  readonly threads: number
  /** As it was written: `0:1/2`. */
  readonly segment?: string
}

/** Throws UsageError. */
export function readLoadOptions(raw: RawLoadFlags): LoadOptions {
  const vus = whole('--vus', raw.vus, 100_000)
  const rate = whole('--rate', raw.rate, 100_000)
  return {
    flags: {
      ...(vus === undefined ? {} : { vus }),
      ...(rate === undefined ? {} : { rate }),
      ...(raw.duration === undefined ? {} : { duration: raw.duration }),
      ...(raw.stage === undefined ? {} : { stages: raw.stage }),
      ...(raw.threshold === undefined ? {} : { thresholds: raw.threshold }),
    },
    env: Object.fromEntries((raw.env ?? []).map(readPair)),
    threads: whole('--threads', raw.threads, 64) ?? 1,
    ...(raw.segment === undefined ? {} : { segment: validSegment(raw.segment) }),
  }
}

function validSegment(text: string): string {
  if (parseSegment(text) !== undefined) return text
  throw new UsageError(
    `--segment: wanted one of equal shares, as 0:1/2 and 1/2:1 are, got "${text}"`,
    'of three: 0:1/3, 1/3:2/3, 2/3:1',
  )
}

function readPair(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new UsageError(`--env: wanted NAME=VALUE, got "${text}"`)
  return [text.slice(0, at), text.slice(at + 1)]
}

function whole(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number
  throw new UsageError(`${name}: "${text}" is not a whole number from 1 to ${most}`)
}
