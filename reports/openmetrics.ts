// A result as metrics for Prometheus, by the textfile collector of node_exporter: verdicts, states, latencies. Pure.
import type { HostRecord, Measurement, Result, Verdict } from '../harness/result/schema.ts'
import { percentile } from './figures.ts'
import { type Family, metricsText, type Sample } from './metrics-text.ts'
import { standing } from './tally.ts'
import { headline, worded } from './words.ts'

const verdicts: readonly Verdict[] = ['pass', 'tolerated', 'fail', 'unsupported', 'inconclusive', 'skipped', 'error']
const gateVerdicts: readonly Result['gate']['verdict'][] = ['conforms', 'fails', 'undecided', 'error', 'interrupted']

/** Upper bounds of the latency buckets in seconds; 1 s is what users are promised. */
const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function renderOpenMetrics(result: Result): string {
  return metricsText(resultFamilies(result))
}

/** For a text that holds several results. */
export function resultFamilies(result: Result): readonly Family[] {
  return [...aboutHosts(result), ...aboutFindings(result), ...aboutTime(result)]
}

function aboutHosts(result: Result): readonly Family[] {
  const each = (of: (host: HostRecord) => number | undefined): Sample[] =>
    result.hosts.flatMap((host) => {
      const value = of(host)
      return value === undefined ? [] : [{ labels: { host: host.label }, value }]
    })
  const ended = Date.parse(result.started) / 1_000 + result.seconds
  return [
    {
      name: 'run',
      type: 'gauge',
      help: 'Always 1; says in its labels what was run; the reference server says nothing about a relay.',
      samples: result.hosts.map(({ label }) => ({
        labels: {
          host: label,
          version: result.tool.version,
          profile: result.profile,
          reference: String(result.reference),
        },
        value: 1,
      })),
    },
    {
      name: 'last_run_timestamp_seconds',
      unit: 'seconds',
      type: 'gauge',
      help: 'When the run ended, since 1970.',
      samples: Number.isNaN(ended) ? [] : each(() => ended),
    },
    {
      name: 'run_duration_seconds',
      unit: 'seconds',
      type: 'gauge',
      help: 'How long the checks of the host took.',
      samples: each(({ seconds }) => seconds ?? result.seconds),
    },
    {
      name: 'run_complete',
      type: 'gauge',
      help: '0 when the run was stopped before its end.',
      samples: each(() => Number(result.complete)),
    },
    {
      name: 'verdict',
      type: 'gauge',
      help: '1 for the verdict of the host, 0 for the others.',
      samples: result.hosts.flatMap(({ label }) =>
        gateVerdicts.map((verdict) => ({
          labels: { host: label, verdict },
          value: Number(headline(result, label).verdict === verdict),
        })),
      ),
    },
    {
      name: 'round_trip_seconds',
      unit: 'seconds',
      type: 'gauge',
      help: 'The fastest TCP connect to the host.',
      samples: each(({ roundTrip }) => (roundTrip === undefined ? undefined : roundTrip / 1_000)),
    },
  ]
}

function aboutFindings(result: Result): readonly Family[] {
  const of = ({ label }: HostRecord) => result.findings.filter(({ host }) => host === label)
  return [
    {
      name: 'problems',
      type: 'gauge',
      help: 'Points that do not hold and count for the exit code.',
      samples: result.hosts.map((host) => ({
        labels: { host: host.label },
        value: worded(result, of(host), 'PROBLEM').length,
      })),
    },
    {
      name: 'findings',
      type: 'gauge',
      help: 'Findings by verdict.',
      samples: result.hosts.flatMap((host) =>
        verdicts.map((verdict) => ({
          labels: { host: host.label, verdict },
          value: of(host).filter((finding) => finding.verdict === verdict).length,
        })),
      ),
    },
    {
      name: 'state',
      type: 'gauge',
      help: 'Always 1; one for each check that was asked for and applies, with its verdict.',
      samples: result.hosts.flatMap((host) =>
        of(host)
          .filter((finding) => standing(finding) === 'asked')
          .map(({ check, area, level, verdict }) => ({
            labels: { host: host.label, check, area, level, verdict },
            value: 1,
          })),
      ),
    },
  ]
}

function aboutTime(result: Result): readonly Family[] {
  const timed = result.measurements.filter(({ unit }) => unit === 'ms')
  return [
    {
      name: 'delivery_seconds',
      unit: 'seconds',
      type: 'histogram',
      help: 'From submission until a message is fetched, without network round trips. Lost ones count as +Inf.',
      samples: timed.filter(({ id }) => id === 'delivery').flatMap(histogram),
    },
    {
      name: 'delivery_lost',
      type: 'gauge',
      help: 'Of the messages of delivery_seconds: lost, or later than the deadline.',
      samples: timed
        .filter(({ id }) => id === 'delivery')
        .map(({ host, censored }) => ({ labels: { host }, value: censored })),
    },
    {
      name: 'median_seconds',
      unit: 'seconds',
      type: 'gauge',
      help: 'The median of each measurement of time, +Inf where half never came to an end.',
      samples: timed.flatMap((item) => {
        const median = medianOf(item)
        return median === undefined
          ? []
          : [{ labels: { host: item.host, measurement: item.id }, value: median / 1_000 }]
      }),
    },
  ]
}

function medianOf(item: Measurement): number | undefined {
  const middle = percentile(item, 50)
  if (middle === 'beyond') return Number.POSITIVE_INFINITY
  return middle === 'too-few' ? item.samples[0] : middle
}

/** A sum that left out what never ended would make the mean too good: it is infinite, as percentiles are. */
function histogram({ host, samples, censored }: Measurement): readonly Sample[] {
  const seconds = samples.map((ms) => ms / 1_000)
  const count = samples.length + censored
  const total = censored > 0 ? Number.POSITIVE_INFINITY : seconds.reduce((sum, value) => sum + value, 0)
  return [
    ...bounds.map((bound) => ({
      suffix: '_bucket',
      labels: { host, le: float(bound) },
      value: seconds.filter((value) => value <= bound).length,
    })),
    { suffix: '_bucket', labels: { host, le: '+Inf' }, value: count },
    { suffix: '_count', labels: { host }, value: count },
    { suffix: '_sum', labels: { host }, value: total },
  ]
}

/** Bounds are written as floats, so that each has one spelling. */
function float(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}
