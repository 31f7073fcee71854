// One page of every kind that is written, with where its verdict and its first problem stand. For browser.test.ts.
import { addEntry, emptyLedger } from '../../harness/watch/ledger.ts'
import type { Round } from '../../harness/watch/round.ts'
import { renderComparisonHtml } from '../compare/html.ts'
import { siteFiles } from '../compare/site.ts'
import { compared, listed, listedResults } from '../compare/test-comparison.ts'
import * as loads from '../golden/load-samples.ts'
import * as samples from '../golden/samples.ts'
import { renderInterleaveHtml } from '../interleave/html.ts'
import * as inTurns from '../interleave/test-record.ts'
import { english } from '../language/language.ts'
import { trendsOf } from '../trend.ts'
import { renderHtml } from './html.ts'
import { renderTrendPage } from './trend-page.ts'
import { renderWatchPage } from './watch-page.ts'

export interface Page {
  readonly name: string
  readonly html: string
  /** What must be in sight on a telephone before anybody scrolls: the verdict, and the first problem where there is one. */
  readonly inSight: readonly string[]
  /** So long that judging all of it takes too long: another page of its kind is judged. */
  readonly big?: true
}

const problem = 'article.problem h4'
const site = siteFiles(listed, listedResults, english)
const relay = [...site.keys()].find((path) => /^relay\/b.*\/index\.html$/.test(path)) ?? ''
const cell = [...site.keys()].find((path) => /^relay\/b.*\/cell\//.test(path)) ?? ''
const hostile = samples.withText(
  `'"></style></title><script>console.error(1)</script><img src=x onerror=alert(1)>${'W'.repeat(900)}`,
)

const page = (name: string, html: string | undefined, ...inSight: readonly string[]): Page => {
  if (html === undefined) throw new Error(`${name} is not written`)
  return { name, html, inSight }
}

export const pages: readonly Page[] = [
  page('conforming', renderHtml(samples.conforming), '.verdict.good'),
  page('failing', renderHtml(samples.failing), '.verdict.bad', problem),
  page('partial', renderHtml(samples.partial), '.verdict'),
  page('unreachable', renderHtml(samples.unreachable), '.verdict'),
  page('several', renderHtml(samples.several), 'nav .bad'),
  page('hostile', renderHtml(hostile)),
  { ...page('huge', renderHtml(samples.huge), '.verdict.bad', problem), big: true },
  page('load that fails', renderHtml(loads.overTime), '.verdict.bad', 'td .bad'),
  page('load that tells nothing', renderHtml(loads.tooSlowToTell), '.verdict.open'),
  { ...page('long load', renderHtml(loads.hugeLoad), '.verdict.bad', 'td .bad'), big: true },
  page('capacity', renderHtml(loads.capacity), '.verdict', '.answer'),
  page('capacity that was not found', renderHtml(loads.noCapacity), '.verdict'),
  page('against earlier runs', renderHtml(loads.againstEarlier), '.verdict.bad'),
  page('history', renderTrendPage(trendsOf(loads.days)), '.verdict'),
  page('comparison with mail', renderComparisonHtml(compared, english), '.verdict.bad', '.first-problems li'),
  page('site', site.get('index.html'), '.verdict.bad', '.first-problems li'),
  page('relay of a site', site.get(relay), '.band', 'li .bad'),
  page('evidence of a site', site.get(cell), 'article h2'),
  page(
    'watch',
    renderWatchPage({ ...watched(), version: '0.1.0', reportOf: () => undefined }, english),
    '.verdict.bad',
  ),
  page('slower in turns', renderInterleaveHtml(inTurns.slower, english), '.verdict.bad'),
  page('not slower in turns', renderInterleaveHtml(inTurns.notSlower, english), '.verdict.good'),
  page('in turns without an end', renderInterleaveHtml(inTurns.broken, english), '.verdict.open'),
]

/** Two hosts for a day: one that does not deliver any more, one that is quick. */
function watched() {
  const start = Date.parse('2026-03-01T00:00:00Z')
  const at = (number: number): string => new Date(start + number * 900_000).toISOString()
  const round = (host: string, number: number): Round => {
    const outcome =
      host === 'a.example' && number > 90
        ? 'fails'
        : number % 31 === 30
          ? 'slow'
          : number % 40 === 39
            ? 'not-judged'
            : 'arrives'
    const delivery = outcome === 'slow' ? 1_400 : 180 + ((number * 37) % 90)
    return {
      kind: 'round',
      at: at(number),
      host,
      outcome,
      ...(outcome === 'arrives' || outcome === 'slow' ? { delivery } : { reason: 'port 465 refuses connections' }),
      addresses: ['192.0.2.7'],
      certificateEnds: '2026-04-20T00:00:00.000Z',
      messages: 1,
      accounts: 0,
    }
  }
  const rounds = Array.from({ length: 96 }, (_, number) => [round('a.example', number), round('b.example', number)])
  return { ledger: rounds.flat().reduce((ledger, one) => addEntry(ledger, one, []), emptyLedger), now: at(96) }
}
