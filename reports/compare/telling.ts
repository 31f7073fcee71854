// Parts of a comparison in words: a band, its reasons, a cell, the blame for a slow pair. Used by all renderers beside it.
import type { Band, BandReason, Cell, ComparedHost, Comparison, Pairing, Row } from '../../harness/result/comparison.ts'
import { amount } from '../figures.ts'
import { printable } from '../plain-text.ts'
import { fill, words } from './words.ts'

/** Checks that a reason names. */
const fewChecks = 3

export const glyphs: Readonly<Record<Cell['verdict'], string>> = {
  pass: '✓',
  tolerated: '○',
  fail: '✗',
  unsupported: '–',
  inconclusive: '?',
  skipped: '·',
  error: '!',
  withheld: '▒',
  absent: '·',
}

export const ms = (value: number): string => (Number.isFinite(value) ? amount(value, 'ms') : words.pairing.never)

export const day = (iso: string): string => iso.slice(0, 10)

export function bandText({ band, tie }: Pick<Band, 'band' | 'tie'>): string {
  const name = words.band[band]
  return tie ? fill(words.tie, { band: name }) : name
}

/** `2 required points do not hold: encryption/refuses-cleartext, imap/...` */
export function reasonText(reason: BandReason): string {
  const { kind, checks = [], withheld, missing = [], interval, n = 0, of = 0, text = '' } = reason
  const between = interval ? fill(words.reason.between, { low: ms(interval.low), high: ms(interval.high) }) : ''
  const { ms: value = Number.NaN, limit = Number.NaN, jitter = Number.NaN } = reason
  const template =
    kind === 'holds' && missing.length > 0
      ? words.reason.holdsBut
      : kind === 'jitter' && reason.jitter === undefined
        ? words.reason.noPath
        : words.reason[kind]
  const said = fill(template, {
    n,
    of,
    text: printable(text, 80),
    missing: missing.join(', '),
    ms: ms(value),
    limit: ms(limit),
    jitter: ms(jitter),
    gap: ms(Math.abs(value - limit)),
    interval: between,
    side: text === 'inbound' ? words.side.inbound : words.side.outbound,
  })
  const named = checks.slice(0, fewChecks).join(', ')
  const rest = checks.length - fewChecks
  const more = rest > 0 ? fill(words.reason.andMore, { n: rest }) : ''
  const secret = withheld === undefined ? '' : ` (${fill(words.secret, { n: withheld })})`
  return `${said}${named === '' ? '' : `, ${named}${more}`}${secret}`
}

export interface Told {
  readonly subject: keyof typeof words.subject
  readonly band: string
  readonly tone: 'good' | 'warn' | 'bad' | 'open'
  readonly why: readonly string[]
}

const tones = { A: 'good', B: 'warn', 'not met': 'bad', 'not measured': 'open' } as const

/** The published band where there is one, else that of the run; below it why, and what is still to be confirmed. */
export function bandsTold(host: ComparedHost): readonly Told[] {
  return (['conformance', 'speed', 'federation'] as const).flatMap((subject): Told[] => {
    const own = host.bands[subject]
    if (own === undefined) return []
    const status = subject === 'federation' ? undefined : host.status?.[subject]
    const shown = status?.band ?? own.band
    const why = own.reasons.map(reasonText)
    if (status && status.pending !== undefined)
      why.push(fill(words.status.pending, { band: words.band[status.pending] }))
    else if (status?.provisional) why.push(words.status.provisional)
    const band = shown === own.band ? bandText(own) : words.band[shown]
    return [{ subject, band, tone: tones[shown], why }]
  })
}

/** `checked 2026-03-01, seems to be chatmail relay 1.9, round trip from here 24 ms` */
export function aboutHost(host: ComparedHost): readonly string[] {
  const { state, reason, started, version, roundTrip, withheld, profile } = host
  return [
    ...(started === undefined || state !== 'checked'
      ? [words.state[state]]
      : [fill(words.checkedOn, { day: started.slice(0, 16).replace('T', ' ') })]),
    ...(profile === undefined || state !== 'checked' ? [] : [fill(words.profile, { profile })]),
    ...(reason === undefined ? [] : [printable(reason, 200)]),
    ...(version === undefined ? [] : [fill(words.version, { version: printable(version, 80) })]),
    ...(roundTrip === undefined ? [] : [fill(words.path, { ms: ms(roundTrip) })]),
    ...(withheld ? [fill(words.withheld, { n: withheld.n, day: withheld.until })] : []),
  ]
}

export interface Sections {
  readonly problems: readonly Row[]
  readonly differences: readonly Row[]
  readonly agreed: readonly Row[]
}

/** Problems of any host first, then other differences, then what is the same everywhere. */
export function sectionsOf({ rows }: Comparison): Sections {
  const problem = ({ cells }: Row): boolean => cells.some(({ word }) => word === 'PROBLEM')
  return {
    problems: rows.filter(problem),
    differences: rows.filter((row) => !problem(row) && row.differs),
    agreed: rows.filter((row) => !problem(row) && !row.differs),
  }
}

export const cellText = ({ verdict }: Cell): string => `${glyphs[verdict]} ${words.cell[verdict]}`

/** Whose fault is the slowest pair: the question and its answer. */
export function blameText({ from, to, ms: value, whose, adds }: Blamed): readonly [string, string] {
  const { blame } = words.pairing
  const names = { from: printable(from, 80), to: printable(to, 80), ms: ms(value), adds: ms(adds) }
  return [fill(blame.ask, names), fill(whose === 'pair' && !Number.isFinite(adds) ? blame.lost : blame[whose], names)]
}

interface Blamed {
  readonly from: string
  readonly to: string
  readonly ms: number
  readonly whose: 'sender' | 'receiver' | 'pair' | 'chance'
  readonly adds: number
}

export function lossText({ samples, lost }: Pairing['pairs'][number]): string {
  return samples.length + lost === 0 ? words.pairing.gap : lost === 0 ? '' : fill(words.pairing.lost, { n: lost })
}
