// A comparison as CSV (RFC 4180): one line a check and host. Pure.
import type { Comparison } from '../../harness/result/comparison.ts'
import { field } from '../csv.ts'

const header = ['check', 'requirement', 'area', 'level', 'title', 'host', 'checked', 'verdict', 'word', 'reason']

export function renderComparisonCsv({ hosts, rows }: Comparison): string {
  const lines = rows.flatMap(({ check, requirement, area, level, title, cells }) =>
    cells.map(({ host, verdict, word, reason = '' }) => {
      const started = hosts.find(({ label }) => label === host)?.started ?? ''
      return [check, requirement, area, level, title, host, started, verdict, word, reason]
    }),
  )
  return [header, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('')
}
