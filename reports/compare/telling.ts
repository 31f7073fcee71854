// Parts of a comparison in words: a band, its reasons, a cell, the blame for a slow pair. Used by all renderers beside it.
import { apartReasons } from '../../harness/result/blame.ts'
import type {
  Band,
  BandReason,
  Cell,
  Change,
  ComparedHost,
  Comparison,
  Pairing,
  Row,
  Share,
} from '../../harness/result/comparison.ts'
import { amount } from '../figures.ts'
import type { Language, Sentence, Values } from '../language/language.ts'
import { printable } from '../plain-text.ts'

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

export const ms = (language: Language, value: number): string =>
  Number.isFinite(value) ? amount(value, 'ms', language) : language.words.compare.pairing.never

/** `+12 ms`, `-3.4 ms` */
export const signed = (language: Language, value: number): string => `${value > 0 ? '+' : ''}${ms(language, value)}`

export function bandText({ say, words }: Language, { band, tie }: Pick<Band, 'band' | 'tie'>): string {
  const name = words.compare.band[band]
  return tie ? say(words.compare.tie, { band: name }) : name
}

/** ` (12 ms to 14 ms)` */
export function betweenText(
  language: Language,
  { low, high }: Share['interval'],
  write: (language: Language, value: number) => string = ms,
): string {
  return language.say(language.words.compare.between, { low: write(language, low), high: write(language, high) })
}

/** `2 required points do not hold: encryption/refuses-cleartext, imap/...` */
export function reasonText(language: Language, reason: BandReason): string {
  const { say, count, words } = language
  const { kind, checks = [], withheld, missing = [], interval, n = 0, of = 0, text = '' } = reason
  const { compare } = words
  const { ms: value = Number.NaN, limit = Number.NaN, jitter = Number.NaN } = reason
  const template =
    kind === 'holds' && missing.length > 0
      ? compare.reason.holdsBut
      : kind === 'jitter' && reason.jitter === undefined
        ? compare.reason.noPath
        : compare.reason[kind]
  const said = say(template, {
    n,
    of,
    text: printable(text, 80),
    missing: missing.map((what) => missingText(language, what)).join(words.comma),
    ms: ms(language, value),
    limit: ms(language, limit),
    jitter: ms(language, jitter),
    gap: ms(language, Math.abs(value - limit)),
    interval: interval ? betweenText(language, interval) : '',
    side: text === 'inbound' ? compare.pairing.inbound : compare.pairing.outbound,
  })
  const named = checks.slice(0, fewChecks).join(words.comma)
  const rest = checks.length - fewChecks
  const more = rest > 0 ? count(compare.andMore, rest) : ''
  const secret = withheld === undefined ? '' : say(compare.secret, { n: withheld })
  return `${said}${named === '' ? '' : `${words.comma}${named}${more}`}${secret}`
}

/** By a power, a port or a kind of skipping; one that another version has written stays as it is. */
function missingText({ words }: Language, what: string): string {
  const known: Readonly<Record<string, string>> = { ...words.skipped, ...words.compare.missing }
  return known[what] ?? printable(what, 40)
}

export interface Told {
  readonly subject: keyof Language['words']['compare']['subject']
  readonly band: string
  readonly tone: 'good' | 'warn' | 'bad' | 'open'
  readonly why: readonly string[]
}

const tones = { A: 'good', B: 'warn', 'not met': 'bad', 'not measured': 'open' } as const

/** The published band where there is one, else that of the run; below it why, and what is still to be confirmed. */
export function bandsTold(language: Language, host: ComparedHost): readonly Told[] {
  const { say, words } = language
  const { band: names, status: about } = words.compare
  return (['conformance', 'speed', 'federation'] as const).flatMap((subject): Told[] => {
    const own = host.bands[subject]
    if (own === undefined) return []
    const status = subject === 'federation' ? undefined : host.status?.[subject]
    const shown = status?.band ?? own.band
    const why = own.reasons.map((reason) => reasonText(language, reason))
    if (status && status.pending !== undefined) why.push(say(about.pending, { band: names[status.pending] }))
    else if (status?.provisional) why.push(about.provisional)
    const band = shown === own.band ? bandText(language, own) : names[shown]
    return [{ subject, band, tone: tones[shown], why }]
  })
}

/**
 * `checked 1 March 2026, 12:00 UTC`, `seems to be chatmail relay 1.9`, `round trip from here 24 ms`. A sentence has words of the
 * record in it.
 */
export function aboutHost(language: Language, host: ComparedHost): readonly (string | Sentence)[] {
  const { say, moment, day, words } = language
  const { compare } = words
  const { state, reason, started, version, roundTrip, withheld, profile } = host
  return [
    started === undefined || state !== 'checked'
      ? compare.state[state]
      : say(compare.checkedOn, { day: moment(started) }),
    ...(profile === undefined || state !== 'checked' ? [] : [say(words.page.profile, { profile })]),
    ...(reason === undefined ? [] : [{ text: '{reason}', values: { reason: printable(reason, 200) } }]),
    ...(version === undefined ? [] : [{ text: compare.version, values: { version: printable(version, 80) } }]),
    ...(roundTrip === undefined ? [] : [say(compare.path, { ms: ms(language, roundTrip) })]),
    ...(withheld ? [say(compare.withheld, { n: withheld.n, day: day(withheld.until) })] : []),
  ]
}

/** The same where nothing can be marked as another language. */
export function aboutHostText(language: Language, host: ComparedHost): readonly string[] {
  return aboutHost(language, host).map((part) =>
    typeof part === 'string' ? part : language.say(part.text, part.values),
  )
}

export interface Sections {
  readonly problems: readonly Row[]
  readonly differences: readonly Row[]
  readonly agreed: readonly Row[]
}

/** Problems of any host first, then other differences, then what is the same everywhere. */
export function sectionsOf({ rows }: Comparison): Sections {
  const problem = ({ cells }: Row): boolean => cells.some(isProblem)
  return {
    problems: rows.filter(problem),
    differences: rows.filter((row) => !problem(row) && row.differs),
    agreed: rows.filter((row) => !problem(row) && !row.differs),
  }
}

export interface Overall {
  readonly glyph: string
  readonly tone: 'good' | 'bad' | 'open'
  readonly text: string
}

/** Over all hosts. What was not measured whole is never good news. */
export function overallOf({ say, words }: Language, { hosts, rows }: Comparison): Overall {
  const troubled = new Set(rows.flatMap(({ cells }) => cells.filter(isProblem).map(({ host }) => host))).size
  const open = hosts.filter(
    (host) => (host.status?.conformance ?? host.bands.conformance).band === 'not measured',
  ).length
  const { fails, none, open: unmeasured } = words.compare.verdict
  const text = say(troubled > 0 ? fails : none, { n: troubled, of: hosts.length })
  return {
    ...(troubled > 0
      ? ({ glyph: '✗', tone: 'bad' } as const)
      : open > 0
        ? ({ glyph: '?', tone: 'open' } as const)
        : ({ glyph: '✓', tone: 'good' } as const)),
    text: open > 0 ? `${text}${words.comma}${say(unmeasured, { n: open })}` : text,
  }
}

/** Required points first; the order of the comparison otherwise. */
export function firstProblems(
  problems: readonly Row[],
): readonly { readonly row: Row; readonly on: readonly string[] }[] {
  const weight = { must: 0, should: 1, may: 2 } as const
  return problems
    .toSorted((a, b) => weight[a.level] - weight[b.level])
    .map((row) => ({ row, on: row.cells.filter(isProblem).map(({ host }) => host) }))
}

const isProblem = ({ word }: Cell): boolean => word === 'PROBLEM'

export const cellText = ({ words }: Language, { verdict }: Cell): string =>
  `${glyphs[verdict]} ${words.compare.cell[verdict]}`

/** `2 March 2026 a.example: speed A to B` */
export function changeText({ say, day, words }: Language, { at, host, subject, from, to }: Change): string {
  const { change, subject: subjects, band } = words.compare
  return say(change, { day: day(at), host, subject: subjects[subject], from: band[from], to: band[to] })
}

/** `made 2 March 2026, chatmail-check 0.1.0` */
export function madeText({ say, day, words }: Language, { made, tool }: Comparison): string {
  return say(words.compare.made, { day: day(made), version: tool.version })
}

/** Whose fault is the slowest pair: the question and its answer. */
export function blameText(language: Language, { from, to, ms: value, whose, adds }: Blamed): readonly [string, string] {
  const { say, words } = language
  const { blame } = words.compare.pairing
  const told: Values = {
    from: printable(from, 80),
    to: printable(to, 80),
    ms: ms(language, value),
    adds: ms(language, adds),
  }
  return [say(blame.ask, told), say(whose === 'pair' && !Number.isFinite(adds) ? blame.lost : blame[whose], told)]
}

interface Blamed {
  readonly from: string
  readonly to: string
  readonly ms: number
  readonly whose: 'sender' | 'receiver' | 'pair' | 'chance'
  readonly adds: number
}

/** Why shares cannot be told. A reason that another version has written stays English. */
export function apartText({ words }: Language, apart: string): Sentence {
  const { apart: text, why } = words.compare.pairing
  const [known] = (Object.keys(apartReasons) as (keyof typeof apartReasons)[]).filter(
    (key) => apartReasons[key] === apart,
  )
  return known === undefined
    ? { text, values: { why: printable(apart, 200) } }
    : { text: text.replace('{why}', why[known]), values: {} }
}

export function lossText({ count, words }: Language, { samples, lost }: Pairing['pairs'][number]): string {
  const { gap, lost: text } = words.compare.pairing
  return samples.length + lost === 0 ? gap : lost === 0 ? '' : count(text, lost)
}
