// The samples of every measurement as CSV (RFC 4180), one a line, for spreadsheets and statistics; of a load run its stretches, of a
// search for capacity its steps. Pure.
import type { Result } from '../harness/result/schema.ts'

const header = ['host', 'id', 'title', 'unit', 'index', 'value']
const stretchHeader = ['at', 'due', 'sent', 'received', 'failed', 'limited', 'p50', 'p99', 'vus', 'lag'] as const
const stepHeader = [
  'purpose',
  'rate',
  'seconds',
  'verdict',
  'due',
  'sent',
  'received',
  'p50',
  'p99',
  'failed',
  'lost',
  'dropped',
  'limited',
] as const

/** `value` is empty for a sample that never came to an end; those stand after the others of their measurement. */
export function renderCsv(result: Result): string {
  const { load, capacity } = result
  if (load !== undefined) return written(stretchHeader, columnsOf(stretchHeader, load.series?.points ?? []))
  if (capacity !== undefined) return written(stepHeader, columnsOf(stepHeader, capacity.steps))
  const lines = result.measurements.flatMap(({ host, id, title, unit, samples, censored }) =>
    [...samples.map(String), ...Array.from({ length: censored }, () => '')].map((value, index) => [
      host,
      id,
      title,
      unit,
      String(index),
      value,
    ]),
  )
  return written(header, lines)
}

/** Empty where there is no such figure. */
function columnsOf<Name extends string>(
  names: readonly Name[],
  rows: readonly { readonly [Key in Name]?: string | number | undefined }[],
): readonly (readonly string[])[] {
  return rows.map((row) => names.map((name) => String(row[name] ?? '')))
}

function written(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [head, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('')
}

/** RFC 4180, 2.5 to 2.7. */
export function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
