// A comparison for the terminal: hosts with their bands and why, then the checks with a column for each host. Pure.
import { blameFor, middleOf } from '../../harness/result/blame.ts'
import type { Comparison, Pairing, Row } from '../../harness/result/comparison.ts'
import { english } from '../language/language.ts'
import { type Page, page } from '../page.ts'
import { columns, printable } from '../plain-text.ts'
import {
  aboutHostText,
  apartText,
  bandsTold,
  betweenText,
  blameText,
  cellText,
  changeText,
  lossText,
  madeText,
  ms,
  sectionsOf,
  signed,
} from './telling.ts'

export interface ScreenOptions {
  readonly color: boolean
  readonly width: number
  /** Also the rows in which all agree. */
  readonly verbose?: boolean
}

const { say, count, words } = english
const text = words.compare

/** Columns of a cell. */
const cellWidth = 12
/** Columns that the name of a check has at least. */
const nameWidth = 20
/** Rows of one section, so that a bad host does not fill the screen. */
const mostRows = 40

export function renderComparison(comparison: Comparison, options: ScreenOptions): string {
  const out = page(options)
  const { bold, dim } = out.paint
  const { profile, hosts } = comparison
  const head = [text.title, ...(profile === undefined ? [] : [say(words.page.profile, { profile })])].join(', ')
  out.add(0, head, bold)
  out.add(0, madeText(english, comparison), dim)
  if (!comparison.complete) out.add(0, text.stopped, out.paint.yellow)
  if (hosts.some(({ reference }) => reference)) out.add(0, text.reference, out.paint.yellow)
  for (const [at] of hosts.entries()) hostLines(out, comparison, at)
  out.blank()
  out.add(0, text.bandsRule, dim)
  const { problems, differences, agreed } = sectionsOf(comparison)
  section(out, text.problems, problems, comparison)
  section(out, text.differences, differences, comparison)
  if (options.verbose) section(out, text.agreed, agreed, comparison)
  else out.add(0, `${text.agreed}: ${agreed.length} (--verbose)`, dim)
  if (comparison.pairing) pairingLines(out, comparison.pairing, comparison)
  if (comparison.changes.length > 0) {
    out.blank()
    out.add(0, text.changes, bold)
    for (const change of comparison.changes.slice(0, 10)) out.add(2, changeText(english, change))
  }
  return out.text()
}

function hostLines(out: Page, { hosts }: Comparison, at: number): void {
  const host = hosts[at]
  if (host === undefined) return
  out.blank()
  out.add(0, `${at + 1}  ${printable(host.label, 200)}`, out.paint.bold, 3)
  out.add(3, aboutHostText(english, host).join(', '), out.paint.dim)
  if (host.state === 'checked') {
    const color = { good: out.paint.green, warn: out.paint.yellow, bad: out.paint.red, open: out.paint.cyan }
    for (const { subject, band, tone, why } of bandsTold(english, host))
      out.labelled(`${text.subject[subject]} ${band}`, color[tone], why.join('; '), 3)
  }
  const { maintenance, reply } = host.notes ?? {}
  if (maintenance !== undefined) out.add(3, `${text.maintenance}: ${printable(maintenance, 400)}`, undefined, 7)
  if (reply !== undefined) out.add(3, `${text.reply}: ${printable(reply, 400)}`, undefined, 7)
}

/** As many hosts side by side as the width has room for. */
function section(out: Page, title: string, rows: readonly Row[], { hosts }: Comparison): void {
  if (rows.length === 0) return
  const fitting = Math.max(1, Math.floor((out.width - nameWidth) / cellWidth))
  for (let first = 0; first < hosts.length; first += fitting) {
    const shown = hosts.slice(first, first + fitting)
    const room = out.width - shown.length * cellWidth
    out.blank()
    const heads = shown.map((_, at) => padded(String(first + at + 1), cellWidth)).join('')
    out.raw(`${out.paint.bold(padded(`${title} (${rows.length})`, room))}${out.paint.bold(heads.trimEnd())}`)
    for (const row of rows.slice(0, mostRows)) {
      const name = printable(row.check, 100)
      const cells = row.cells.slice(first, first + fitting).map((cell) => {
        const shown = padded(cellText(english, cell), cellWidth)
        if (cell.word === 'PROBLEM') return out.paint.red(shown)
        return cell.word === 'OK' ? out.paint.green(shown) : out.paint.dim(shown)
      })
      // A name too long for its column has a line of its own.
      const long = columns(name) >= room
      if (long) out.raw(name)
      out.raw(`${padded(long ? '' : name, room)}${cells.join('')}`.trimEnd())
    }
    if (rows.length > mostRows) out.raw(out.paint.dim(`and ${rows.length - mostRows} more`))
  }
}

function pairingLines(out: Page, pairing: Pairing, { hosts }: Comparison): void {
  out.blank()
  out.add(0, text.pairing.title, out.paint.bold)
  if (!pairing.complete) out.add(2, count(text.pairing.partial, pairing.pairs.length), out.paint.yellow)
  const number = (label: string): string => String(hosts.findIndex((host) => host.label === label) + 1)
  for (const pair of [...pairing.pairs].sort((a, b) => middleOf(b) - middleOf(a)).slice(0, mostRows)) {
    const all = pair.samples.length + pair.lost
    const time = all === 0 ? text.pairing.gap : `${ms(english, middleOf(pair))} (${all})`
    const loss = all === 0 ? '' : lossText(english, pair)
    const why = pair.reason === undefined ? '' : printable(pair.reason, 80)
    const parts = [time, loss, why].filter((part) => part !== '')
    out.add(2, `${number(pair.from)} -> ${number(pair.to)}  ${parts.join(', ')}`)
  }
  if (pairing.apart !== undefined) {
    const { text: told, values } = apartText(english, pairing.apart)
    out.add(2, say(told, values))
  }
  if (!pairing.shares) return
  const { shares } = pairing
  out.blank()
  out.add(0, text.pairing.shares, out.paint.bold)
  out.add(0, text.pairing.sharesRule, out.paint.dim)
  for (const side of ['outbound', 'inbound'] as const) {
    for (const { host, ms: value, interval } of shares[side])
      out.add(
        2,
        `${number(host)} ${text.pairing[side]}  ${signed(english, value)}${betweenText(english, interval, signed)}`,
      )
  }
  const blame = blameFor(pairing.pairs, shares)
  if (blame) for (const line of blameText(english, blame)) out.add(0, line)
}

const padded = (text: string, width: number): string => `${text}${' '.repeat(Math.max(1, width - columns(text)))}`
