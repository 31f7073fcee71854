// Mail between the hosts: the matrix as a shaded table, what each host adds as bars with intervals, and who is to blame. For html.ts.
import { blameFor, middleOf } from '../../harness/result/blame.ts'
import type { Pair, Pairing, Share } from '../../harness/result/comparison.ts'
import { axis, percent, table } from '../html/chart.ts'
import { sentence } from '../html/foreign.ts'
import { type Child, el, type Markup } from '../html/markup.ts'
import type { Language } from '../language/language.ts'
import { printable } from '../plain-text.ts'
import { apartText, betweenText, blameText, lossText, ms, signed } from './telling.ts'

const rowHeight = 22

export function pairingPart(language: Language, pairing: Pairing): Child {
  const { count, words } = language
  const text = words.compare.pairing
  const { shares, apart } = pairing
  const blame = shares && blameFor(pairing.pairs, shares)
  const [question, answer] = blame ? blameText(language, blame) : []
  return [
    el('h2', { id: 'pairs' }, text.title),
    pairing.complete ? undefined : el('p', {}, count(text.partial, pairing.pairs.length)),
    question === undefined ? undefined : el('p', {}, el('strong', {}, question), ' ', answer),
    matrix(language, pairing),
    apart === undefined ? undefined : el('p', {}, sentence(language, apartText(language, apart))),
    shares
      ? [
          el('h3', {}, text.shares),
          el('p', { class: 'muted' }, text.sharesRule),
          sharesFigure(language, text.outbound, shares.outbound),
          sharesFigure(language, text.inbound, shares.inbound),
          el('details', {}, el('summary', {}, words.compare.delivery.numbers), sharesTable(language, shares)),
        ]
      : undefined,
  ]
}

/** A table is its own text alternative; the shade only helps to find the slow ones. */
function matrix(language: Language, pairing: Pairing): Markup {
  const text = language.words.compare.pairing
  const names = [...new Set(pairing.pairs.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a.localeCompare(b))
  const middles = pairing.pairs.map(middleOf).filter(Number.isFinite)
  const [low, high] = [Math.min(...middles), Math.max(...middles)]
  const corner = `${text.from} \\ ${text.to}`
  const title = language.count(text.cells, pairing.each)
  return el(
    'figure',
    {},
    el('figcaption', {}, title),
    el(
      'div',
      { class: 'scroll matrix', tabindex: '0', role: 'region', 'aria-label': text.title },
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, el('td', {}, corner), ...names.map((name) => el('th', { scope: 'col' }, name)))),
        el(
          'tbody',
          {},
          ...names.map((from) =>
            el(
              'tr',
              {},
              el('th', { scope: 'row' }, from),
              ...names.map((to) => {
                const pair = pairing.pairs.find((one) => one.from === from && one.to === to)
                return pair ? cell(language, pair, low, high) : el('td', { class: 'muted' }, from === to ? '–' : '')
              }),
            ),
          ),
        ),
      ),
    ),
  )
}

function cell(language: Language, pair: Pair, low: number, high: number): Markup {
  const middle = middleOf(pair)
  const title = pair.reason === undefined ? undefined : printable(pair.reason, 200)
  if (pair.samples.length + pair.lost === 0)
    return el('td', { class: 'muted', title }, language.words.compare.pairing.gap)
  // Five shades between the fastest and the slowest; differences below a quarter of the fastest are no shade at all.
  const span = Math.max(high - low, low / 4, 1)
  const shade = Number.isFinite(middle) ? Math.min(4, Math.floor(((middle - low) / span) * 5)) : 4
  const lost = lossText(language, pair)
  return el(
    'td',
    { class: `h${shade}`, title },
    ms(language, middle),
    lost === '' ? undefined : el('span', { class: 'bad' }, lost),
  )
}

function sharesFigure(language: Language, title: string, shares: readonly Share[]): Markup {
  const ends = shares.flatMap(({ interval }) => [interval.low, interval.high])
  const scale = axis(Math.min(0, ...ends), Math.max(0, ...ends), 30, 92)
  const height = shares.length * rowHeight + 20
  const zero = percent(scale(0))
  const alternative = `${title}${language.words.colon}${shares.map((share) => `${share.host} ${told(language, share)}`).join(language.words.clause)}`
  return el(
    'figure',
    {},
    el('figcaption', {}, title),
    el(
      'svg',
      { role: 'img', 'aria-label': alternative, width: '100%', height, class: 'share-bar' },
      el('line', { x1: zero, x2: zero, y1: 0, y2: height - 18, class: 'axis' }),
      el('text', { x: zero, y: height - 4, class: 'middle muted' }, '0'),
      ...shares.map(({ host, ms: value, interval }, at) => {
        const y = at * rowHeight + 4
        const [from, to] = [Math.min(0, value), Math.max(0, value)].map(scale) as [number, number]
        const middle = y + 7
        return el(
          'g',
          {},
          el('title', {}, `${host} ${told(language, { host, ms: value, interval })}`),
          el('text', { x: 0, y: y + 11 }, shortName(host)),
          el('rect', { x: percent(from), width: percent(Math.max(0.2, to - from)), y, height: 14, rx: 2 }),
          el('line', { x1: percent(scale(interval.low)), x2: percent(scale(interval.high)), y1: middle, y2: middle }),
        )
      }),
    ),
  )
}

/** Names that have no room stand whole in the table below. */
const shortName = (host: string): string => (host.length > 26 ? `${host.slice(0, 12)}…${host.slice(-12)}` : host)

const told = (language: Language, { ms: value, interval }: Share): string =>
  `${signed(language, value)}${betweenText(language, interval, signed)}`

function sharesTable(language: Language, { outbound, inbound }: NonNullable<Pairing['shares']>): Markup {
  const { host: head, pairing } = language.words.compare
  const names = [...new Set([...outbound, ...inbound].map(({ host }) => host))]
  const of = (side: readonly Share[], host: string): string => {
    const share = side.find((one) => one.host === host)
    return share ? told(language, share) : pairing.gap
  }
  return table(
    language,
    [head, pairing.outbound, pairing.inbound],
    names.map((host) => [host, of(outbound, host), of(inbound, host)]),
  )
}
