// Rows of cells as lines of text in columns: the first and the last to the left, those between to the right. For the terminal.
import { columns } from './plain-text.ts'

export function padded(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => columns(row[at] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - columns(cell)))
        return at === 0 || at === row.length - 1 ? `${cell}${space}` : `${space}${cell}`
      })
      .join('  ')
      .trimEnd(),
  )
}
