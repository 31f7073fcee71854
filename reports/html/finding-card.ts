// One problem or remark in the HTML report: what was seen, what it means, the evidence, the fix. For host-section.ts.
import type { Expectation, Finding, WireLine } from '../../harness/result/schema.ts'
import type { Language } from '../language/language.ts'
import { titleOf, whyOf } from '../language/told.ts'
import { printable } from '../plain-text.ts'
import { seen, seenOf } from '../words.ts'
import { table } from './chart.ts'
import { recorded, sentence, titled, told } from './foreign.ts'
import { type Child, el, type Markup } from './markup.ts'

/** Wire lines of one finding, and characters of a line: the record has them all. */
const mostLines = 40
const mostCharacters = 240

/** `open`: the evidence is shown at once. */
export function findingCard(
  language: Language,
  finding: Finding,
  kind: 'problem' | 'remark',
  open: boolean,
  heading: 'h4' | 'h2' = 'h4',
): Markup {
  const { check, requirement, level, fix, notes } = finding
  const words = language.words.finding
  const why = whyOf(finding, language)
  const [expectations, lines] = [finding.expectations, finding.evidence.slice(-mostLines)]
  const left = finding.evidence.length - lines.length
  return el(
    'article',
    { class: kind },
    el(heading, {}, titled(language, titleOf(finding, language))),
    el('p', { class: 'muted' }, el('code', {}, check), ` · ${language.words.level[level]}`),
    el(
      'dl',
      {},
      entry(
        finding.verdict === 'fail' ? words.seen : words.note,
        seenOf(finding) === '' ? '' : sentence(language, seen(finding, language)),
      ),
      notes.map((note) => entry(words.note, recorded(language, note))),
      entry(words.why, why && told(language, why)),
      entry(words.fix, recorded(language, fix)),
      entry(words.more, el('code', {}, `chatmail-check explain ${requirement}`)),
    ),
    expectations.length + lines.length === 0
      ? undefined
      : el(
          'details',
          { class: 'evidence', open: open ? '' : undefined },
          el('summary', {}, words.evidence),
          expectations.length === 0 ? undefined : expected(language, expectations),
          lines.length === 0 ? undefined : wire(language, lines, left),
        ),
  )
}

function entry(name: string, value: Child): Child {
  if (value === undefined || value === '') return undefined
  return [el('dt', {}, name), el('dd', {}, value)]
}

function expected(language: Language, expectations: readonly Expectation[]): Markup {
  const words = language.words.finding
  const outcomes = { met: `✓ ${words.met}`, tolerated: `○ ${words.tolerated}`, unmet: `✗ ${words.unmet}` }
  return table(
    language,
    [words.outcome, words.what, words.wanted, words.got],
    expectations.map(({ outcome, what, wanted, got }) => [
      el('span', { class: outcome === 'unmet' ? 'bad' : 'good' }, outcomes[outcome]),
      ...[what, printable(wanted, mostCharacters), printable(got, mostCharacters)].map((text) =>
        recorded(language, text),
      ),
    ]),
  )
}

function wire({ count, words }: Language, lines: readonly WireLine[], left: number): Markup {
  const several = new Set(lines.map(({ connection }) => connection)).size > 1
  const shown = lines.map(({ connection, direction, text }) => {
    return `${several ? `${connection} ` : ''}${direction} ${printable(text, mostCharacters)}`
  })
  return el('pre', {}, [...(left > 0 ? [`(${count(words.finding.linesBefore, left)})`] : []), ...shown].join('\n'))
}
