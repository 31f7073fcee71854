// How Markdown is written here: tables of limited length, folded parts, text of others that shows itself and nothing else.
import type { Language } from './language/language.ts'
import { printable } from './plain-text.ts'

/** Rows of a table: a summary may have 1 MiB, and nobody reads a thousand rows. */
const rows = 100

export function ruled(
  { count, words }: Language,
  head: readonly string[],
  lines: readonly (readonly string[])[],
): readonly string[] {
  if (lines.length === 0) return []
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const more = lines.length > rows ? ['', count(words.markdown.more, lines.length - rows)] : []
  return [row(head), row(head.map(() => '---')), ...lines.slice(0, rows).map(row), ...more, '']
}

export function folded(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`<details><summary>${title}</summary>`, '', ...lines, '</details>', '']
}

/** Text of others as Markdown that shows it and nothing else. */
export function escaped(text: string): string {
  return printable(text, 300)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~#!@]/g, '\\$&')
}

/** As code: nothing in it is Markdown, and no cell ends in it. */
export const code = (text: string): string => `\`${printable(text, 200).replaceAll('`', "'").replaceAll('|', '/')}\``
