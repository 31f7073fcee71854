// Two servers measured in turns as Markdown: the verdict in the heading, then every stage as a table. Pure. Also the job summary.
import type { Interleave } from '../../harness/result/interleave.ts'
import type { Language } from '../language/language.ts'
import { code, escaped } from '../markdown-parts.ts'
import { againstText, cells, head, reasonOf, summary, troubleText } from './telling.ts'

export function renderInterleaveMarkdown(record: Interleave, language: Language): string {
  const text = language.words.compare.turns
  const heads = head(language)
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    `## ${againstText(language, record, code)}: ${text.verdict[record.verdict]}`,
    '',
    `**${escaped(reasonOf(language, record))}.** ${summary(language, record)}`,
    '',
    ...(record.stages.length === 0
      ? []
      : [row(heads), row(heads.map((_, at) => (at === 0 || at === 6 ? '---' : '--:')))]),
    ...record.stages.map((stage) =>
      row(cells(language, stage).map((cell) => (stage.verdict === 'slower' ? `**${cell}**` : cell))),
    ),
    ...(record.stages.length === 0 ? [] : ['', text.legend, '']),
    ...record.troubles.map((trouble) => `- ${troubleText(language, trouble, code(trouble.text))}`),
    '',
  ].join('\n')
}
