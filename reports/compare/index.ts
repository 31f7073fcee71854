// The formats a comparison can be written in. Used by the compare command; each is a pure function of the comparison.
import { type Comparison, comparison as comparisonSchema } from '../../harness/result/comparison.ts'
import type { ComparisonFormat } from '../format-names.ts'
import type { Language } from '../language/language.ts'
import { renderComparisonCsv } from './csv.ts'
import { renderComparisonHtml } from './html.ts'
import { renderComparisonMarkdown } from './markdown.ts'
import { renderComparison, type ScreenOptions } from './terminal.ts'

interface Rendering {
  /** The file written into `--out DIR`. */
  readonly file: string
  /** html and md are in the language, the others English. */
  readonly render: (comparison: Comparison, language: Language, options: ScreenOptions) => string
}

export const comparisonFormats: Readonly<Record<ComparisonFormat, Rendering>> = {
  terminal: { file: 'comparison.txt', render: (comparison, _, options) => renderComparison(comparison, options) },
  html: { file: 'comparison.html', render: renderComparisonHtml },
  md: { file: 'comparison.md', render: renderComparisonMarkdown },
  json: { file: 'comparison.json', render: renderComparisonJson },
  csv: { file: 'comparison.csv', render: renderComparisonCsv },
}

/** Throws where a field does not fit the schema: that would be our own mistake. */
export function renderComparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(comparisonSchema.parse(comparison), null, 1)}\n`
}
