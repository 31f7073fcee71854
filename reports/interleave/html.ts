// Two servers measured in turns as one HTML page: the verdict with the stage it names, the change of every stage, and of the
// slow ones each message. Pure.
import type { Interleave } from '../../harness/result/interleave.ts'
import { htmlDocument } from '../html/document.ts'
import { recorded, sentence } from '../html/foreign.ts'
import { type Child, el, type Markup } from '../html/markup.ts'
import type { Language } from '../language/language.ts'
import { printable } from '../plain-text.ts'
import { roundsChart } from './rounds-chart.ts'
import { shiftChart } from './shift-chart.ts'
import { interleaveStyle } from './style.ts'
import { againstText, ms, reasonOf, share, slowStages, troubleText, unbroken } from './telling.ts'

const looks = {
  slower: { glyph: '✗', tone: 'bad' },
  same: { glyph: '✓', tone: 'good' },
  undecided: { glyph: '?', tone: 'open' },
  interrupted: { glyph: '–', tone: 'open' },
} as const satisfies Record<Interleave['verdict'], unknown>

/** Slow stages whose messages are drawn. */
const mostDrawn = 3

export function renderInterleaveHtml(record: Interleave, language: Language): string {
  const { started, stages, rounds, troubles, tool, seed, verdict } = record
  const { say, count, moment, words } = language
  const text = words.compare.turns
  const { glyph, tone } = looks[verdict]
  const name = (label: string): string => printable(label, 200)
  const whole = stages.filter(({ stage }) => stage === 'whole')
  const drawn = verdict === 'slower' ? slowStages(record).slice(0, mostDrawn) : whole
  return htmlDocument(
    language,
    { title: `chatmail-check ${againstText(language, record, name)}`, style: interleaveStyle },
    el('header', {}, el('h1', {}, `chatmail-check · ${text.page.title} · ${moment(started)}`)),
    el(
      'main',
      {},
      el(
        'h2',
        {},
        name(record.new.label),
        ' ',
        el('small', {}, say(text.page.against, { old: name(record.old.label) })),
      ),
      el(
        'p',
        { class: `verdict ${tone}` },
        `${glyph} ${text.verdict[verdict]}${words.colon}`,
        reason(language, record),
      ),
      tiles(language, record),
      troubles.length === 0
        ? undefined
        : el('ul', { class: 'plain' }, ...troubles.map((one) => el('li', { class: 'warn' }, trouble(language, one)))),
      stages.length === 0 ? undefined : shiftChart(language, stages),
      drawn.map((stage) => roundsChart(language, stage, rounds)),
      stages.length === 0 ? undefined : el('p', { class: 'muted' }, text.page.rule),
    ),
    el(
      'footer',
      { class: 'muted' },
      el('p', {}, count(text.page.made, rounds.length, { tool: `${tool.name} ${tool.version}`, seed })),
    ),
  )
}

/** Slow stages are told in the language; any other reason is that of the record. */
function reason(language: Language, record: Interleave): Child {
  const text = printable(reasonOf(language, record), 600)
  return record.verdict === 'slower' ? text : recorded(language, text)
}

/** A sentence of ours around what went wrong, which is of the record. */
function trouble(language: Language, one: Interleave['troubles'][number]): Child {
  return sentence(language, { text: troubleText(language, one, '{text}'), values: { text: printable(one.text, 300) } })
}

function tiles(language: Language, { stages, rounds, seconds }: Interleave): Markup {
  const { say, count, number, words } = language
  const text = words.compare.turns.tile
  const tile = (value: string, label: string): Markup => el('li', {}, el('strong', {}, value), label)
  const whole = stages.find(({ stage }) => stage === 'whole')
  const single = stages.filter(({ stage }) => stage !== 'whole')
  const slower = single.filter(({ verdict }) => verdict === 'slower').length
  const time = (value: number): string => say(words.milliseconds, { n: ms(language, value) })
  return el(
    'ul',
    { class: 'tiles' },
    whole === undefined
      ? undefined
      : [
          tile(time(whole.old), text.old),
          tile(time(whole.new), say(text.new, { share: unbroken(share(language, whole.change, whole.old)) })),
        ],
    single.length === 0
      ? undefined
      : tile(say(words.tally.held, { held: slower, all: single.length }), count(text.slower, single.length)),
    tile(
      number(rounds.length),
      count(text.messages, rounds.length, { time: unbroken(say(words.seconds, { n: Math.round(seconds) })) }),
    ),
  )
}
