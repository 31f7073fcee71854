// One host in the HTML report: verdict, problems, figures, and then what is of less weight. For html.ts.
import type { Finding, HostRecord, Result } from '../../harness/result/schema.ts'
import { amount, losses, percentile, spread } from '../figures.ts'
import { behavesLike, looksLike } from '../judgement.ts'
import { standing, tally } from '../tally.ts'
import { headline, type Word, worded } from '../words.ts'
import { aboutHost, folded, holding, named, notTested, seen } from './asides.ts'
import { table } from './chart.ts'
import { deliveryChart } from './delivery-chart.ts'
import { findingCard } from './finding-card.ts'
import { type Child, el, type Markup } from './markup.ts'
import { stageChart } from './stage-chart.ts'

/** Up to so many problems show their evidence at once. */
const fewProblems = 3
/** Cards of one kind: beyond it a page gets too heavy for a telephone, and the rest are named alone. */
const mostCards = 60

/** Glyph and colour of a verdict; never a colour alone. */
export const looks: Readonly<Record<Result['gate']['verdict'], { readonly glyph: string; readonly tone: string }>> = {
  conforms: { glyph: '✓', tone: 'good' },
  fails: { glyph: '✗', tone: 'bad' },
  undecided: { glyph: '?', tone: 'open' },
  error: { glyph: '!', tone: 'open' },
  interrupted: { glyph: '–', tone: 'open' },
}

export function hostSection(result: Result, host: HostRecord, id: string): Markup {
  const findings = result.findings.filter((finding) => finding.host === host.label)
  const of = (word: Word): Finding[] => worded(result, findings, word)
  const [problems, remarks] = [of('PROBLEM'), of('REMARK')]
  const { verdict, text } = headline(result, host.label)
  const { glyph, tone } = looks[verdict]
  return el(
    'section',
    { id, 'aria-labelledby': `${id}-name` },
    el('h2', { id: `${id}-name` }, host.label),
    el('p', { class: `verdict ${tone}` }, `${glyph} ${text}`),
    findings.length === 0 ? undefined : tiles(result, host, findings, problems),
    problemCards(problems),
    guesses(host),
    host.notes.map((note) => el('p', { class: 'muted' }, `Note: ${note}`)),
    figures(result, host),
    folded('Remarks', remarks.length, ...cardsOf(remarks, 'remark', 0)),
    notTested(of('NOT TESTED')),
    seen(result, host),
    holding(of('OK')),
    aboutHost(result, host),
  )
}

function tiles(result: Result, host: HostRecord, findings: readonly Finding[], problems: readonly Finding[]): Markup {
  const { required, further } = tally(findings)
  const open = worded(result, findings, 'NOT TESTED').filter((finding) => standing(finding) === 'asked')
  const delivery = result.measurements.find((item) => item.host === host.label && item.id === 'delivery')
  const middle = delivery && percentile(delivery, 50)
  const tile = (value: string, words: string): Markup => el('li', {}, el('strong', {}, value), words)
  return el(
    'ul',
    { class: 'tiles' },
    required.all === 0 ? undefined : tile(`${required.held} of ${required.all}`, 'required points hold'),
    further.all === 0 ? undefined : tile(`${further.held} of ${further.all}`, 'further points hold'),
    tile(String(problems.length), problems.length === 1 ? 'problem' : 'problems'),
    tile(String(open.length), open.length === 1 ? 'check not tested' : 'checks not tested'),
    typeof middle === 'number' ? tile(amount(middle, 'ms'), 'delivery (p50)') : undefined,
  )
}

function problemCards(problems: readonly Finding[]): Child {
  if (problems.length === 0) return undefined
  const few = problems.length <= fewProblems
  const areas = [...new Set(problems.map(({ area }) => area))].map(
    (area) => `${area} ${problems.filter((finding) => finding.area === area).length}`,
  )
  return [
    el('h3', {}, 'Problems'),
    few ? undefined : el('p', { class: 'muted' }, `By area: ${areas.join(', ')}`),
    ...cardsOf(problems, 'problem', few ? fewProblems : 0),
  ]
}

function cardsOf(findings: readonly Finding[], kind: 'problem' | 'remark', open: number): readonly Child[] {
  const rest = findings.slice(mostCards)
  return [
    ...findings.slice(0, mostCards).map((finding, index) => findingCard(finding, kind, index < open)),
    rest.length === 0 ? undefined : folded('and', rest.length, named(rest)),
  ]
}

/** What it seems to be, and what would explain the problems. */
function guesses(host: HostRecord): Child {
  const [make, likenesses] = [looksLike(host), behavesLike(host)]
  if (make === undefined && likenesses.length === 0) return undefined
  const items = likenesses.map(({ text, defects }) =>
    el(
      'li',
      {},
      `${text}.`,
      defects.map((defect) => [el('br', {}), el('code', {}, `chatmail-check explain ${defect}`)]),
    ),
  )
  return [
    el('h3', {}, 'Guesses'),
    el('ul', { class: 'plain' }, make === undefined ? undefined : el('li', {}, `It ${make}.`), ...items),
  ]
}

function figures(result: Result, host: HostRecord): Child {
  const measured = result.measurements.filter((item) => item.host === host.label)
  if (measured.length === 0) return undefined
  const delivery = measured.find(({ id, unit }) => id === 'delivery' && unit === 'ms')
  const drawn = delivery && delivery.samples.length + delivery.censored > 0
  const stages = (id: string): boolean => id.startsWith('delivery.') || id.startsWith('submission.')
  const others = measured.filter((item) => item !== delivery && !stages(item.id))
  const network =
    host.roundTrip === undefined || result.reference
      ? ''
      : ` A round trip of the network takes about ${amount(host.roundTrip, 'ms')}, and is not counted.`
  return [
    el('h3', {}, 'Speed'),
    drawn && delivery
      ? el('p', {}, `Delivery ${spread(delivery, 'message')}; ${losses(delivery)}.${network}`)
      : undefined,
    drawn && delivery ? deliveryChart(delivery) : undefined,
    stageChart(measured),
    others.length === 0
      ? undefined
      : table(
          ['measured', 'value'],
          others.map((item) => [item.title, spread(item)]),
        ),
  ]
}
