// The name of a metric or of a part of it: `delivery_duration{scenario:steady}`. Used by the registry and for thresholds.

export type Tags = Readonly<Record<string, string>>

export interface MetricName {
  readonly metric: string
  /** Present when there are braces: samples with all of these. */
  readonly tags?: Tags
}

/** Undefined for what is no name: braces that do not match, or tags that are not `key:value`. */
export function parseMetricName(name: string): MetricName | undefined {
  const match = /^([^{}]+?)\s*(?:\{([^{}]*)\})?$/.exec(name.trim())
  if (match === null) return undefined
  const [, metric = '', inside] = match
  if (inside === undefined) return { metric }
  const tags: Record<string, string> = {}
  for (const pair of inside.split(',')) {
    const at = pair.indexOf(':')
    const key = bare(pair.slice(0, at))
    const value = bare(pair.slice(at + 1))
    if (at < 0 || key === '' || value === '') return undefined
    tags[key] = value
  }
  return { metric, tags }
}

/** k6 takes quotes around keys and values, and spaces around those. */
function bare(text: string): string {
  return text.trim().replace(/^["']+|["']+$/g, '')
}

export function hasTags(tags: Tags, wanted: Tags): boolean {
  return Object.entries(wanted).every(([key, value]) => tags[key] === value)
}
