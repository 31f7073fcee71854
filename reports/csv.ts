// The samples of every measurement as CSV (RFC 4180), one a line, for spreadsheets and statistics. Pure.
import type { Result } from '../harness/result/schema.ts'

const header = ['host', 'id', 'title', 'unit', 'index', 'value']

/** `value` is empty for a sample that never came to an end; those stand after the others of their measurement. */
export function renderCsv(result: Result): string {
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
  return [header, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('')
}

/** RFC 4180, 2.5 to 2.7. */
export function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
