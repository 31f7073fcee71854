// Two servers measured in turns, for a terminal: the verdict, then every stage with its figures. Pure.
import type { Interleave, StageChange } from '../../harness/result/interleave.ts'
import { english, type Language } from '../language/language.ts'
import { padded } from '../padded.ts'
import { page } from '../page.ts'
import { printable } from '../plain-text.ts'
import { againstText, cells, head, reasonOf, summary, troubleText } from './telling.ts'

/** `look 24 of 120: delivery.rcpt slower; 3 not clear` */
export function interleaveProgress(
  { verdict, stages }: { readonly verdict: string; readonly stages: readonly StageChange[] },
  rounds: number,
  most: number,
): string {
  const slower = stages.filter((one) => one.verdict === 'slower').map(({ stage }) => stage)
  const open = stages.filter((one) => one.verdict === 'open').length
  const seen = slower.length === 0 ? 'none slower' : `${slower.join(', ')} slower`
  return `${rounds} of at most ${most} rounds: ${seen}, ${open} not clear${verdict === 'undecided' ? '' : '; decided'}`
}

export function renderInterleave(
  record: Interleave,
  _language: Language,
  options: { readonly color: boolean; readonly width: number },
): string {
  const out = page(options)
  const { paint } = out
  const text = english.words.compare.turns
  const color = record.verdict === 'slower' ? paint.red : record.verdict === 'same' ? paint.green : paint.yellow
  out.add(
    0,
    againstText(english, record, (label) => printable(label, 200)),
    paint.bold,
  )
  out.labelled(text.verdict[record.verdict], color, reasonOf(english, record), 2)
  out.add(2, summary(english, record), undefined, 4)
  if (record.stages.length > 0) {
    out.blank()
    const lines = padded([head(english), ...record.stages.map((stage) => cells(english, stage))])
    for (const [at, line] of lines.entries()) {
      const { verdict, machine } = record.stages[at - 1] ?? {}
      const steady = machine !== 'unsteady'
      const shade = steady && verdict === 'slower' ? paint.red : steady && verdict === 'open' ? paint.yellow : undefined
      out.raw(shade === undefined ? line : shade(line))
    }
    out.add(0, text.legend, paint.dim)
  }
  for (const trouble of record.troubles)
    out.add(0, troubleText(english, trouble, printable(trouble.text, 300)), undefined, 4)
  return out.text()
}
