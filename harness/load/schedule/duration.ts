// Durations as k6 writes them: `1m30s`, `500ms`, `1d12h`, or a number of milliseconds. Used for options of scenarios.

const units: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
}

/** Milliseconds; undefined for what is no duration. A number, also one in a text, is milliseconds. */
export function parseDuration(given: string | number): number | undefined {
  if (typeof given === 'number') return Number.isFinite(given) && given >= 0 ? given : undefined
  const text = given.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  if (!/^(?:\d+(?:\.\d+)?(?:ms|us|µs|ns|d|h|m|s))+$/.test(text)) return undefined
  let sum = 0
  for (const [, number, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|d|h|m|s)/g)) {
    sum += Number(number) * (units[unit] ?? 0)
  }
  return sum
}
