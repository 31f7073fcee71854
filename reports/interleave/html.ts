// Two servers measured in turns as one HTML page: the verdict with the stage it names, the change of every stage, and of the
// slow ones each message. Pure.
import type { Interleave } from '../../harness/result/interleave.ts'
import { htmlDocument } from '../html/document.ts'
import { el, type Markup } from '../html/markup.ts'
import { english } from '../language/language.ts'
import { printable } from '../plain-text.ts'
import { count } from '../words.ts'
import { roundsChart } from './rounds-chart.ts'
import { shiftChart } from './shift-chart.ts'
import { interleaveStyle } from './style.ts'
import { ms, reasonOf, share, slowStages, troubleText } from './telling.ts'

const looks = {
  slower: { glyph: '✗', tone: 'bad' },
  same: { glyph: '✓', tone: 'good' },
  undecided: { glyph: '?', tone: 'open' },
  interrupted: { glyph: '–', tone: 'open' },
} as const satisfies Record<Interleave['verdict'], unknown>

/** Slow stages whose messages are drawn. */
const mostDrawn = 3

export function renderInterleaveHtml(record: Interleave): string {
  const { started, stages, rounds, troubles, tool, seed, verdict } = record
  const { glyph, tone } = looks[verdict]
  const [old, young] = [printable(record.old.label, 200), printable(record.new.label, 200)]
  const whole = stages.filter(({ stage }) => stage === 'whole')
  const drawn = verdict === 'slower' ? slowStages(record).slice(0, mostDrawn) : whole
  return htmlDocument(
    english,
    { title: `chatmail-check ${young} against ${old}`, style: interleaveStyle },
    el('header', {}, el('h1', {}, `chatmail-check · two servers in turns · ${english.moment(started)}`)),
    el(
      'main',
      {},
      el('h2', {}, young, ' ', el('small', {}, `against ${old}`)),
      el(
        'p',
        { class: `verdict ${tone}` },
        `${glyph} ${english.words.compare.turns.verdict[verdict]}: ${printable(reasonOf(english, record), 600)}`,
      ),
      tiles(record),
      troubles.length === 0
        ? undefined
        : el(
            'ul',
            { class: 'plain' },
            ...troubles.map((trouble) =>
              el('li', { class: 'warn' }, troubleText(english, trouble, printable(trouble.text, 300))),
            ),
          ),
      stages.length === 0 ? undefined : shiftChart(stages),
      drawn.map((stage) => roundsChart(stage, rounds)),
      stages.length === 0 ? undefined : el('p', { class: 'muted' }, rule),
    ),
    el(
      'footer',
      { class: 'muted' },
      el(
        'p',
        {},
        `${tool.name} ${tool.version}, seed ${seed}, ${count(rounds.length, 'message')} through each server.`,
      ),
    ),
  )
}

const rule =
  'Messages go to both and to the built-in reference server in turns, so that whatever this machine does falls on all alike. A stage is slower when all of its interval lies beyond 10 % and 1 ms (the whole: 5 % and 5 ms) at two looks in a row. All intervals together are right in at least 95 of 100 comparisons. The network is taken out.'

function tiles({ stages, rounds, seconds }: Interleave): Markup {
  const tile = (value: string, text: string): Markup => el('li', {}, el('strong', {}, value), text)
  const whole = stages.find(({ stage }) => stage === 'whole')
  const slower = stages.filter(({ verdict, stage }) => verdict === 'slower' && stage !== 'whole').length
  const single = stages.filter(({ stage }) => stage !== 'whole').length
  return el(
    'ul',
    { class: 'tiles' },
    whole === undefined
      ? undefined
      : [
          tile(`${ms(english, whole.old)} ms`, 'all of it on the old server'),
          tile(
            `${ms(english, whole.new)} ms`,
            `on the new one (${share(english, whole.change, whole.old).replace(' ', '\u00a0')})`,
          ),
        ],
    single === 0 ? undefined : tile(`${slower} of ${single}`, 'stages are slower'),
    tile(String(rounds.length), `messages each, in ${seconds.toFixed(0)}\u00a0s`),
  )
}
