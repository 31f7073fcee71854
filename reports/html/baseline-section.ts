// A run against earlier ones in the HTML report: what changed, then every figure with its effect. For html.ts.
import type { BaselineRecord } from '../../harness/result/baseline-schema.ts'
import { changed, counts, figureCells, nothingChanged } from '../baseline.ts'
import type { Language } from '../language/language.ts'
import { table } from './chart.ts'
import { recorded } from './foreign.ts'
import { el, type Markup } from './markup.ts'

export function baselineSection(language: Language, record: BaselineRecord): Markup {
  const { count, words } = language
  const text = words.load.baseline
  const figures = (some: BaselineRecord['figures']): Markup =>
    table(
      language,
      [text.figure, text.before, text.now, text.change, text.between, ''],
      some.map((one) => {
        const [name = '', ...cells] = figureCells(one, record, language)
        const word = cells.pop() ?? ''
        const tone = counts(record, one)
          ? 'bad'
          : one.verdict === 'slower'
            ? 'warn'
            : one.verdict === 'faster'
              ? 'good'
              : ''
        return [
          el('code', {}, name),
          ...cells.map((cell) => el('span', { class: 'nowrap' }, cell)),
          el('span', { class: tone }, word),
        ]
      }),
    )
  const turned = (word: string, tone: string, some: BaselineRecord['newlyFailing']): readonly Markup[] =>
    some.map(({ check, host }) =>
      el('li', {}, el('span', { class: tone }, word), ' ', el('code', {}, check), ` (${host})`),
    )
  const flips = [
    ...turned(`✗ ${text.newlyFails}`, 'bad', record.newlyFailing),
    ...turned(`✓ ${text.newlyHolds}`, 'good', record.newlyHolding),
  ]
  const some = changed(record)
  return el(
    'section',
    { id: 'baseline', 'aria-labelledby': 'baseline-name' },
    el('h2', { id: 'baseline-name' }, count(text.against, record.given)),
    nothingChanged(record) ? el('p', {}, text.nothing) : undefined,
    flips.length === 0 ? undefined : el('ul', { class: 'plain' }, ...flips),
    some.length === 0 ? undefined : figures([...some]),
    record.figures.length === 0 ? undefined : el('details', {}, el('summary', {}, text.all), figures(record.figures)),
    record.notes.map((note) => el('p', { class: 'muted' }, recorded(language, note))),
  )
}
