// Runs of one host over time: verdicts, how long delivery took, and which points changed between holding and failing. Pure.
// Used by `history`, in the terminal and in HTML.
import type { Result } from '../harness/result/schema.ts'
import { amount, percentile } from './figures.ts'
import { padded } from './padded.ts'
import { page } from './page.ts'
import { printable } from './plain-text.ts'
import { count, worded } from './words.ts'

export interface TrendRun {
  /** UTC, ISO 8601. */
  readonly started: string
  readonly verdict: Result['gate']['verdict']
  readonly problems: number
  /** Milliseconds; undefined where it was not measured, or by too few messages. */
  readonly p50: number | undefined
  readonly p95: number | undefined
  readonly machine: string | undefined
}

export interface Flip {
  readonly check: string
  readonly now: 'fails' | 'holds'
  readonly since: string
}

/** Runs of one host and of one kind, the oldest first. */
export interface Trend {
  readonly host: string
  /** `check`, `load steady`, `capacity`. */
  readonly kind: string
  readonly runs: readonly TrendRun[]
  /** The last change of each point that ever changed, the newest first. */
  readonly flips: readonly Flip[]
}

export function trendsOf(results: readonly Result[], host?: string): readonly Trend[] {
  const groups = new Map<string, { host: string; kind: string; results: Result[] }>()
  for (const result of results.toSorted((a, b) => a.started.localeCompare(b.started))) {
    for (const { label } of result.hosts) {
      if (host !== undefined && label.toLowerCase() !== host.toLowerCase()) continue
      const kind = result.load !== undefined || result.capacity !== undefined ? result.profile : 'check'
      const key = JSON.stringify([label, kind])
      const group = groups.get(key) ?? { host: label, kind, results: [] }
      group.results.push(result)
      groups.set(key, group)
    }
  }
  return [...groups.values()].map(({ host: label, kind, results: runs }) => ({
    host: label,
    kind,
    runs: runs.map((result) => runOf(result, label)),
    flips: flipsOf(runs, label),
  }))
}

function runOf(result: Result, host: string): TrendRun {
  const { started, gate, load, vantage } = result
  const problems =
    load === undefined
      ? worded(
          result,
          result.findings.filter((finding) => finding.host === host),
          'PROBLEM',
        ).length
      : load.thresholds.filter(({ verdict }) => verdict === 'fail').length
  return { started, verdict: gate.verdict, problems, ...timesOf(result, host), machine: vantage.machine }
}

function timesOf({ load, measurements }: Result, host: string): Pick<TrendRun, 'p50' | 'p95'> {
  if (load !== undefined) {
    const values = load.verdict === 'invalid' ? undefined : load.metrics.delivery_duration?.values
    return values?.count ? { p50: values.med, p95: values['p(95)'] } : { p50: undefined, p95: undefined }
  }
  const delivery = measurements.find((one) => one.id === 'delivery' && one.host === host && one.unit === 'ms')
  const of = (p: 50 | 95): number | undefined => {
    const value = delivery && percentile(delivery, p)
    return typeof value === 'number' ? value : undefined
  }
  return { p50: of(50), p95: of(95) }
}

function flipsOf(results: readonly Result[], host: string): readonly Flip[] {
  const states = new Map<string, { readonly now: Flip['now']; readonly since: string; readonly flipped: boolean }>()
  for (const { findings, started } of results) {
    for (const { check, verdict, host: of } of findings) {
      const now = verdict === 'fail' ? 'fails' : verdict === 'pass' || verdict === 'tolerated' ? 'holds' : undefined
      if (of !== host || now === undefined) continue
      const before = states.get(check)
      if (before?.now !== now) states.set(check, { now, since: started, flipped: before !== undefined })
    }
  }
  return [...states]
    .filter(([, { flipped }]) => flipped)
    .map(([check, { now, since }]) => ({ check, now, since }))
    .sort((a, b) => b.since.localeCompare(a.since) || a.check.localeCompare(b.check))
}

export const verdictGlyphs: Readonly<Record<TrendRun['verdict'], string>> = {
  conforms: '✓',
  fails: '✗',
  undecided: '?',
  error: '!',
  interrupted: '–',
}

/** So many runs are listed one by one, and points that changed. */
const listed = 20

export function renderTrends(
  trends: readonly Trend[],
  options: { readonly color: boolean; readonly width: number },
): string {
  const out = page(options)
  const { paint } = out
  for (const { host, kind, runs, flips } of trends) {
    const [first, last] = [runs[0], runs.at(-1)]
    if (first === undefined || last === undefined) continue
    out.blank()
    out.add(0, `${printable(host, 200)}  ${kind}  ${count(runs.length, 'run')}`, paint.bold)
    out.add(2, `${when(first.started)} to ${when(last.started)} UTC`, paint.dim)
    const shown = runs.slice(-(out.width - 30))
    out.raw(`  verdict  ${shown.map(({ verdict }) => verdictGlyphs[verdict]).join('')}`)
    for (const name of ['p50', 'p95'] as const) {
      const values = shown.map((run) => run[name])
      const known = values.filter((value) => value !== undefined)
      const [from, to] = [known[0], known.at(-1)]
      if (from === undefined || to === undefined) continue
      out.raw(`  ${name}      ${spark(values)}  ${amount(from, 'ms')} to ${amount(to, 'ms')}`)
    }
    for (const { check, now, since } of flips.slice(0, listed)) {
      const [label, color] = now === 'fails' ? (['FAILS', paint.red] as const) : (['HOLDS', paint.green] as const)
      out.labelled(label, color, `${check}, since ${when(since)}`, 2)
    }
    if (flips.length > listed) out.add(2, `and ${flips.length - listed} more that changed`)
    out.blank()
    const rows = runs
      .slice(-listed)
      .map((run) => [
        `  ${when(run.started)}`,
        run.p50 === undefined ? '-' : amount(run.p50, 'ms'),
        run.p95 === undefined ? '-' : amount(run.p95, 'ms'),
        `${verdictGlyphs[run.verdict]} ${run.verdict}${run.problems > 0 ? ` (${run.problems})` : ''}`,
      ])
    for (const line of padded([['  run (UTC)', 'p50', 'p95', 'verdict'], ...rows])) out.raw(line)
  }
  return out.text()
}

/** `▁▂▅█`: from nothing up to the highest, so that twice as high is twice as much. A gap where nothing was measured. */
export function spark(values: readonly (number | undefined)[]): string {
  const most = Math.max(1e-9, ...values.map((value) => value ?? 0))
  const bars = '▁▂▃▄▅▆▇█'
  return values
    .map((value) =>
      value === undefined ? ' ' : (bars[Math.min(7, Math.max(0, Math.ceil((value / most) * 8) - 1))] ?? ' '),
    )
    .join('')
}

const when = (iso: string): string => iso.slice(0, 16).replace('T', ' ')
