// A run against earlier ones, as a person reads it: what newly fails or holds, what got slower or faster, and how sure that is.
// Used by the terminal and the Markdown renderers, and by the HTML report.
import type { BaselineRecord, ComparedFigure } from '../harness/result/baseline-schema.ts'
import { amount } from './figures.ts'
import { english, type Language } from './language/language.ts'
import { escaped, folded, ruled } from './markdown-parts.ts'
import type { Page } from './page.ts'
import { printable } from './plain-text.ts'

export function baselineLines(out: Page, record: BaselineRecord): void {
  const { paint } = out
  const text = english.words.load.baseline
  out.add(0, english.count(text.against, record.given), paint.bold)
  for (const { check, host } of record.newlyFailing)
    out.labelled('NEWLY FAILS', paint.red, `${check} (${printable(host, 100)})`, 2)
  for (const { check, host } of record.newlyHolding)
    out.labelled('HOLDS NOW', paint.green, `${check} (${printable(host, 100)})`, 2)
  for (const one of changed(record)) {
    const [label, shade] =
      one.verdict === 'faster'
        ? (['FASTER', paint.green] as const)
        : ([counts(record, one) ? 'SLOWER' : 'SEEMS SLOWER', counts(record, one) ? paint.red : paint.yellow] as const)
    out.labelled(label, shade, `${one.figure}: ${figureLine(one, english)}`, 2)
  }
  if (nothingChanged(record)) out.add(2, text.nothing)
  for (const note of record.notes) out.add(2, `note: ${note}`, paint.dim, 4)
  out.blank()
}

export function baselineMarkdown(language: Language, record: BaselineRecord): readonly string[] {
  const { count, words } = language
  const text = words.load.baseline
  const rows = (some: readonly ComparedFigure[]) =>
    ruled(
      language,
      [text.figure, text.before, text.now, text.change, text.between, ''],
      some.map((one) => figureCells(one, record, language).map(escaped)),
    )
  return [
    `### ${count(text.against, record.given)}`,
    '',
    ...record.newlyFailing.map(({ check, host }) => `- ✗ ${text.newlyFails}: ${escaped(`${check} (${host})`)}`),
    ...record.newlyHolding.map(({ check, host }) => `- ✓ ${text.newlyHolds}: ${escaped(`${check} (${host})`)}`),
    ...(nothingChanged(record) ? [text.nothing] : []),
    '',
    ...rows(changed(record)),
    ...folded(text.all, rows(record.figures)),
    ...record.notes.map((note) => `- ${escaped(note)}`),
    '',
  ]
}

/** `delivery p50`, before, now, by how much, between what, in a word. */
export function figureCells(one: ComparedFigure, record: BaselineRecord, language: Language): readonly string[] {
  const { words } = language
  const text = words.load.baseline
  const word =
    one.verdict === 'faster'
      ? text.faster
      : one.verdict === 'same'
        ? text.same
        : counts(record, one)
          ? text.slower
          : text.seems
  return [
    one.figure,
    amount(one.before, one.unit, language),
    amount(one.now, one.unit, language),
    share(one.change, language),
    one.low === undefined || one.high === undefined
      ? '?'
      : `${share(one.low, language)} – ${share(one.high, language)}`,
    word,
  ]
}

export const changed = ({ figures }: BaselineRecord): readonly ComparedFigure[] =>
  figures.filter(({ verdict }) => verdict !== 'same')

export function nothingChanged(record: BaselineRecord): boolean {
  if (record.figures.length === 0) return false
  return changed(record).length + record.newlyFailing.length + record.newlyHolding.length === 0
}

/** A slowdown that makes the run fail. */
export const counts = ({ gates }: BaselineRecord, { verdict, confirmed }: ComparedFigure): boolean =>
  gates && verdict === 'slower' && confirmed === true

function figureLine(one: ComparedFigure, language: Language): string {
  const between =
    one.low === undefined || one.high === undefined
      ? ''
      : `, 95 % sure: ${share(one.low, language)} to ${share(one.high, language)}`
  return `${amount(one.before, one.unit, language)} before, ${amount(one.now, one.unit, language)} now (${share(one.change, language)}${between})`
}

function share(value: number, { say, number, words }: Language): string {
  const percent = say(words.percent, { n: number(value * 100, 0) })
  return value > 0 ? `+${percent}` : percent
}
