// What k6 gives to `handleSummary`, and what that may give back. Used by the run and its first thread.
import type { Summary } from '../metrics/summary.ts'

/** As k6 has it; groups and checks are not told one by one. `elapsed`: milliseconds. */
export function summaryData(metrics: Summary, elapsed: number, options: unknown, setupData: unknown): unknown {
  return {
    root_group: { name: '', path: '', id: 'd41d8cd98f00b204e9800998ecf8427e', groups: [], checks: [] },
    options: {
      summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)'],
      summaryTimeUnit: '',
      noColor: true,
      ...given(options),
    },
    state: { isStdOutTTY: false, isStdErrTTY: false, testRunDurationMs: elapsed },
    metrics,
    setup_data: setupData,
  }
}

function given(options: unknown): object {
  const { summaryTrendStats, summaryTimeUnit, noColor } = (options ?? {}) as Record<string, unknown>
  const all = { summaryTrendStats, summaryTimeUnit, noColor }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** Texts and octets by where they belong. Throws TypeError for anything else. */
export function readTexts(returned: unknown): Readonly<Record<string, string | Uint8Array>> {
  if (typeof returned !== 'object' || returned === null) throw new TypeError('it has to return an object')
  const texts: Record<string, string | Uint8Array> = {}
  for (const [where, what] of Object.entries(returned)) {
    if (typeof what === 'string') texts[where] = what
    else if (what instanceof ArrayBuffer) texts[where] = new Uint8Array(what)
    else if (what instanceof Uint8Array) texts[where] = what
    else throw new TypeError(`what belongs into "${where}" is neither a text nor an ArrayBuffer`)
  }
  return texts
}
