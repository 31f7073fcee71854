// Runs over time as one HTML page, a section for each host and kind of run. Pure. Used by `history --format html`.
import { english, type Language } from '../language/language.ts'
import type { Flip, Trend } from '../trend.ts'
import { table } from './chart.ts'
import { htmlDocument } from './document.ts'
import { looks } from './host-section.ts'
import { type Child, el } from './markup.ts'
import { trendChart } from './trend-chart.ts'

export function renderTrendPage(trends: readonly Trend[], language: Language = english): string {
  const { words } = language
  const title = `chatmail-check · ${words.load.trend.title}`
  return htmlDocument(
    language,
    { title },
    el('header', {}, el('h1', {}, title)),
    el(
      'main',
      {},
      trends.map((trend, index) => {
        const id = `trend-${index + 1}`
        return el(
          'section',
          { id, 'aria-labelledby': `${id}-name` },
          el('h2', { id: `${id}-name` }, `${trend.host} · ${trend.kind}`),
          latest(language, trend),
          trendChart(language, trend),
          trend.kind === 'check' ? flipList(language, trend.flips) : undefined,
        )
      }),
    ),
  )
}

function latest({ count, words, moment }: Language, { runs }: Trend): Child {
  const last = runs.at(-1)
  if (last === undefined) return undefined
  const { verdict, problems, started } = last
  const { headline } = words
  const text = verdict === 'fails' && problems > 0 ? count(headline.failsIn, problems) : headline[verdict]
  const { glyph, tone } = looks[verdict]
  return el('p', { class: `verdict ${tone}` }, `${glyph} ${text} `, el('small', {}, moment(started)))
}

function flipList(language: Language, flips: readonly Flip[]): Child {
  const text = language.words.load.trend
  return [
    el('h3', {}, text.flips),
    flips.length === 0
      ? el('p', {}, text.noFlips)
      : table(
          language,
          [text.check, '', text.when],
          flips.map(({ check, now, since }) => [
            el('code', {}, check),
            el(
              'span',
              { class: now === 'fails' ? 'bad' : 'good' },
              now === 'fails' ? `✗ ${text.fails}` : `✓ ${text.holds}`,
            ),
            language.moment(since),
          ]),
        ),
  ]
}
