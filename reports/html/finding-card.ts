// One problem or remark in the HTML report: what was seen, what it means, the evidence, the fix. For host-section.ts.
import type { Expectation, Finding, WireLine } from '../../harness/result/schema.ts'
import { printable } from '../plain-text.ts'
import { seenOf } from '../words.ts'
import { table } from './chart.ts'
import { type Child, el, type Markup } from './markup.ts'

/** Wire lines of one finding, and characters of a line: the record has them all. */
const mostLines = 40
const mostCharacters = 240

/** `open`: the evidence is shown at once. */
export function findingCard(finding: Finding, kind: 'problem' | 'remark', open: boolean): Markup {
  const { check, requirement, level, title, why, fix, notes } = finding
  const [expectations, lines] = [finding.expectations, finding.evidence.slice(-mostLines)]
  const left = finding.evidence.length - lines.length
  return el(
    'article',
    { class: kind },
    el('h4', {}, title),
    el('p', { class: 'muted' }, el('code', {}, check), ` · ${level}`),
    el(
      'dl',
      {},
      entry(finding.verdict === 'fail' ? 'seen' : 'note', seenOf(finding)),
      notes.map((note) => entry('note', note)),
      entry('why', why),
      entry('fix', fix),
      entry('more', el('code', {}, `chatmail-check explain ${requirement}`)),
    ),
    expectations.length + lines.length === 0
      ? undefined
      : el(
          'details',
          { class: 'evidence', open: open ? '' : undefined },
          el('summary', {}, 'Evidence'),
          expectations.length === 0 ? undefined : expected(expectations),
          lines.length === 0 ? undefined : wire(lines, left),
        ),
  )
}

function entry(name: string, value: Child): Child {
  if (value === undefined || value === '') return undefined
  return [el('dt', {}, name), el('dd', {}, value)]
}

function expected(expectations: readonly Expectation[]): Markup {
  const outcomes = { met: '✓ met', tolerated: '○ tolerated', unmet: '✗ unmet' }
  return table(
    ['', 'what', 'wanted', 'got'],
    expectations.map(({ outcome, what, wanted, got }) => [
      el('span', { class: outcome === 'unmet' ? 'bad' : 'good' }, outcomes[outcome]),
      what,
      printable(wanted, mostCharacters),
      printable(got, mostCharacters),
    ]),
  )
}

function wire(lines: readonly WireLine[], left: number): Markup {
  const several = new Set(lines.map(({ connection }) => connection)).size > 1
  const shown = lines.map(({ connection, direction, text }) => {
    return `${several ? `${connection} ` : ''}${direction} ${printable(text, mostCharacters)}`
  })
  return el('pre', {}, [...(left > 0 ? [`(${left} lines before)`] : []), ...shown].join('\n'))
}
