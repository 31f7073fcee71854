// Makes one record of a load run out of those of several machines: samples are put together, thresholds are held against the whole,
// once, and the run is valid only when every part of it is. Pure. Used by `load merge`.
import type { LoadRecord } from '../../result/load-schema.ts'
import { MetricRegistry } from '../metrics/registry.ts'
import { summarize } from '../metrics/summary.ts'
import { judge, readThresholds, type ThresholdVerdict } from '../thresholds/thresholds.ts'
import { demandParts, type Part } from './mergeable.ts'
import { mergedSink } from './merged-sink.ts'

/** Share of the longest run in which all must have been at it: what was not at the same time was not one load. */
const leastTogether = 0.9

/** Two or more. Throws NotMergeable. */
export function mergeLoad(records: readonly LoadRecord[]): LoadRecord {
  const parts = demandParts(records)
  const [first] = parts
  const seconds = Math.max(...parts.map((part) => part.seconds))
  const registry = mergedMetrics(parts)
  const thresholds = readThresholds(thresholdsOf(first), registry).map((one) => judge(one, 1_000 * seconds))
  const metrics = summarize(registry, thresholds, 1_000 * seconds)
  const validity = [...mergedGates(parts), togetherGate(parts)]
  const stopped = parts.flatMap((part) => part.stopped ?? [])
  const marked = parts.flatMap((part) => part.marked ?? [])
  const { series: _series, server: _server, segment: _segment, id: _id, ...shared } = first
  return {
    ...shared,
    verdict: verdictOf(parts, validity, thresholds),
    ...(stopped.length === 0 ? {} : { stopped: [...new Set(stopped)].join('; ') }),
    ...(marked.length === 0 ? {} : { marked: [...new Set(marked)].join('; ') }),
    seconds,
    began: parts.map((part) => part.began).sort()[0] ?? first.began,
    merged: parts.map(({ id, began, seconds, segment, verdict }) => ({
      id,
      began,
      seconds,
      ...(segment === undefined ? {} : { segment }),
      verdict,
    })),
    threads: sum(parts.map((part) => part.threads)),
    virtualUsers: sum(parts.map((part) => part.virtualUsers)),
    thresholds: thresholds.map((one) => ({ ...one })),
    validity,
    metrics: structuredClone(metrics) as LoadRecord['metrics'],
    errors: mergedErrors(parts),
    interruptedIterations: sum(parts.map((part) => part.interruptedIterations)),
  }
}

function mergedMetrics(parts: readonly Part[]): MetricRegistry {
  const names = new Set(parts.flatMap(({ metrics }) => Object.keys(metrics)))
  const registry = new MetricRegistry()
  // Wholes come before their parts, which registries make out of them.
  for (const name of [...names].sort((a, b) => Number(a.includes('{')) - Number(b.includes('{')))) {
    const seen = parts.flatMap((part) =>
      part.metrics[name] === undefined ? [] : [{ part, metric: part.metrics[name] }],
    )
    const [{ metric } = { metric: undefined }] = seen
    if (metric === undefined) continue
    const whole = name.replace(/\{.*$/, '')
    registry.define({ name: whole, kind: metric.type, contains: metric.contains })
    registry.fill(name, mergedSink(name, seen))
  }
  return registry
}

function thresholdsOf({ thresholds }: Part): Record<string, string[]> {
  const all: Record<string, string[]> = {}
  for (const { metric, threshold } of thresholds) all[metric] = [...(all[metric] ?? []), threshold]
  return all
}

/** Of each gate the machine that was worst. */
function mergedGates(parts: readonly Part[]): LoadRecord['validity'] {
  const gates = parts.flatMap(({ validity }) => validity)
  return [...new Set(gates.map(({ gate }) => gate))].map((name) => {
    const own = gates.filter(({ gate }) => gate === name)
    const broken = own.find(({ holds }) => !holds)
    const [first] = own
    if (first === undefined) throw new Error(`no gate ${name}`)
    return { ...(broken ?? first) }
  })
}

function togetherGate(parts: readonly Part[]): LoadRecord['validity'][number] {
  const spans = parts.map(({ began, seconds }) => ({
    from: Date.parse(began),
    to: Date.parse(began) + 1_000 * seconds,
  }))
  const common = Math.min(...spans.map(({ to }) => to)) - Math.max(...spans.map(({ from }) => from))
  const longest = Math.max(...spans.map(({ from, to }) => to - from))
  const value = longest <= 0 ? 0 : Math.max(0, common) / longest
  return {
    gate: 'together',
    holds: value >= leastTogether,
    value,
    wanted: `>= ${leastTogether}`,
    advice: 'the machines did not put their load on the server at the same time (or their clocks differ)',
  }
}

function verdictOf(
  parts: readonly Part[],
  validity: LoadRecord['validity'],
  thresholds: readonly ThresholdVerdict[],
): LoadRecord['verdict'] {
  for (const verdict of ['interrupted', 'aborted'] as const) {
    if (parts.some((part) => part.verdict === verdict)) return verdict
  }
  if (validity.some(({ holds }) => !holds)) return 'invalid'
  const ended = parts.some((part) => part.stopped !== undefined || part.marked !== undefined)
  return ended || thresholds.some(({ verdict }) => verdict !== 'pass') ? 'fail' : 'pass'
}

function mergedErrors(parts: readonly Part[]): LoadRecord['errors'] {
  const errors = new Map<string, number>()
  for (const { message, count } of parts.flatMap((part) => part.errors)) {
    errors.set(message, (errors.get(message) ?? 0) + count)
  }
  return [...errors].map(([message, count]) => ({ message, count }))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
