// How families of metrics are written: text that is both OpenMetrics 1.0 and, since it keeps to gauges and histograms without
// timestamps, the older Prometheus format, which the textfile collector of node_exporter reads. For openmetrics.ts.

type Labels = Readonly<Record<string, string>>

export interface Sample {
  readonly labels: Labels
  readonly value: number
  /** `_bucket`, `_count`, `_sum` of a histogram. */
  readonly suffix?: string
}

export interface Family {
  /** Without `chatmail_check_`; ends in the unit, where there is one. */
  readonly name: string
  readonly unit?: 'seconds'
  readonly type: 'gauge' | 'histogram'
  readonly help: string
  readonly samples: readonly Sample[]
}

export function metricsText(families: readonly Family[]): string {
  const lines = families.filter(({ samples }) => samples.length > 0).flatMap(familyLines)
  return `${[...lines, '# EOF'].join('\n')}\n`
}

function familyLines({ name, unit, type, help, samples }: Family): readonly string[] {
  const full = `chatmail_check_${name}`
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${full} ${unit}`]),
    ...samples.map(({ suffix = '', labels, value }) => `${full}${suffix}${labelled(labels)} ${number(value)}`),
  ]
}

function labelled(labels: Labels): string {
  const shown = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return shown.length === 0 ? '' : `{${shown.join(',')}}`
}

/** Of a label's value: backslash, quote and line feed (OpenMetrics 1.0, ABNF). Lone surrogates are no UTF-8. */
function escaped(value: string): string {
  return value
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
}

function number(value: number): string {
  if (Number.isFinite(value)) return String(value)
  return value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN'
}
