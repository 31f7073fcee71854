// One host in the HTML report: verdict, problems, figures, and then what is of less weight. For html.ts.
import type { Finding, HostRecord, Result } from '../../harness/result/schema.ts'
import { amount, losses, percentile, spread } from '../figures.ts'
import { behavesLike, looksLike } from '../judgement.ts'
import type { Language } from '../language/language.ts'
import type { Plural } from '../language/plural.ts'
import { type Counts, standing, tally } from '../tally.ts'
import { headline, type Word, worded } from '../words.ts'
import { aboutHost, folded, holding, named, notTested, seen } from './asides.ts'
import { table } from './chart.ts'
import { deliveryChart } from './delivery-chart.ts'
import { findingCard } from './finding-card.ts'
import { recorded, sentence } from './foreign.ts'
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

export function hostSection(language: Language, result: Result, host: HostRecord, id: string): Markup {
  const { words } = language
  const findings = result.findings.filter((finding) => finding.host === host.label)
  const of = (word: Word): Finding[] => worded(result, findings, word)
  const [problems, remarks] = [of('PROBLEM'), of('REMARK')]
  const { verdict, text } = headline(result, host.label, language)
  const { glyph, tone } = looks[verdict]
  return el(
    'section',
    { id, 'aria-labelledby': `${id}-name` },
    el('h2', { id: `${id}-name` }, host.label),
    el('p', { class: `verdict ${tone}` }, `${glyph} ${text}`),
    findings.length === 0 ? undefined : tiles(language, result, host, findings, problems),
    problemCards(language, problems),
    guesses(language, host),
    host.notes.map((note) => el('p', { class: 'muted' }, words.page.note, ' ', recorded(language, note))),
    figures(language, result, host),
    folded(words.finding.remarks, remarks.length, ...cardsOf(language, remarks, 'remark', 0)),
    notTested(language, of('NOT TESTED')),
    seen(language, result, host),
    holding(language, of('OK')),
    aboutHost(language, result, host),
  )
}

function tiles(
  language: Language,
  result: Result,
  host: HostRecord,
  findings: readonly Finding[],
  problems: readonly Finding[],
): Markup {
  const { say, count, words } = language
  const { required, further } = tally(findings)
  const open = worded(result, findings, 'NOT TESTED').filter((finding) => standing(finding) === 'asked')
  const delivery = result.measurements.find((item) => item.host === host.label && item.id === 'delivery')
  const middle = delivery && percentile(delivery, 50)
  const tile = (value: string, text: string): Markup => el('li', {}, el('strong', {}, value), text)
  const held = ({ held, all }: Counts, plural: Plural): Child =>
    all === 0 ? undefined : tile(say(words.tally.held, { held, all }), count(plural, all))
  return el(
    'ul',
    { class: 'tiles' },
    held(required, words.tally.required),
    held(further, words.tally.further),
    tile(String(problems.length), count(words.tally.problems, problems.length)),
    tile(String(open.length), count(words.tally.notTested, open.length)),
    typeof middle === 'number' ? tile(amount(middle, 'ms', language), words.tally.delivery) : undefined,
  )
}

function problemCards(language: Language, problems: readonly Finding[]): Child {
  if (problems.length === 0) return undefined
  const { say, words } = language
  const few = problems.length <= fewProblems
  const names: Readonly<Record<string, string>> = words.area
  const areas = [...new Set(problems.map(({ area }) => area))].map(
    (area) => `${names[area] ?? area} ${problems.filter((finding) => finding.area === area).length}`,
  )
  return [
    el('h3', {}, words.finding.problems),
    few ? undefined : el('p', { class: 'muted' }, say(words.finding.byArea, { areas: areas.join(words.comma) })),
    ...cardsOf(language, problems, 'problem', few ? fewProblems : 0),
  ]
}

function cardsOf(
  language: Language,
  findings: readonly Finding[],
  kind: 'problem' | 'remark',
  open: number,
): readonly Child[] {
  const rest = findings.slice(mostCards)
  return [
    ...findings.slice(0, mostCards).map((finding, index) => findingCard(language, finding, kind, index < open)),
    rest.length === 0
      ? undefined
      : el(
          'details',
          { class: 'big' },
          el('summary', {}, language.count(language.words.finding.andMore, rest.length)),
          named(language, rest),
        ),
  ]
}

/** What it seems to be, and what would explain the problems. */
function guesses(language: Language, host: HostRecord): Child {
  const { words } = language
  const [make, likenesses] = [looksLike(host, language), behavesLike(host, language)]
  if (make === undefined && likenesses.length === 0) return undefined
  const items = likenesses.map((likeness) =>
    el(
      'li',
      {},
      sentence(language, likeness),
      ` ${likeness.share}`,
      likeness.defects.map((defect) => [el('br', {}), el('code', {}, `chatmail-check explain ${defect}`)]),
    ),
  )
  return [
    el('h3', {}, words.guess.title),
    el('ul', { class: 'plain' }, make === undefined ? undefined : el('li', {}, sentence(language, make)), ...items),
  ]
}

function figures(language: Language, result: Result, host: HostRecord): Child {
  const { say, words } = language
  const { speed } = words
  const measured = result.measurements.filter((item) => item.host === host.label)
  if (measured.length === 0) return undefined
  const delivery = measured.find(({ id, unit }) => id === 'delivery' && unit === 'ms')
  const drawn = delivery && delivery.samples.length + delivery.censored > 0
  const stages = (id: string): boolean => id.startsWith('delivery.') || id.startsWith('submission.')
  const others = measured.filter((item) => item !== delivery && !stages(item.id))
  const network =
    host.roundTrip === undefined || result.reference
      ? ''
      : say(speed.network, { time: amount(host.roundTrip, 'ms', language) })
  const told = delivery && {
    spread: spread(delivery, language, 'messages'),
    losses: losses(delivery, language),
  }
  return [
    el('h3', {}, speed.title),
    drawn && told ? el('p', {}, `${say(speed.delivery, told)}${network}`) : undefined,
    drawn && delivery ? deliveryChart(language, delivery) : undefined,
    stageChart(language, measured),
    others.length === 0
      ? undefined
      : table(
          language,
          [speed.measured, speed.value],
          others.map((item) => [recorded(language, item.title), spread(item, language)]),
        ),
  ]
}
