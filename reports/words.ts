// The four words a person reads instead of seven verdicts, and the sentence over a whole host. Used by every report.
import type { Finding, Level, Result } from '../harness/result/schema.ts'
import { english, type Language, type Sentence } from './language/language.ts'
import { printable } from './plain-text.ts'
import { standing } from './tally.ts'

export type Word = 'OK' | 'PROBLEM' | 'REMARK' | 'NOT TESTED'

/** Said by every report of a run on the reference server. */
export const loud = english.words.page.loud

const rank: Readonly<Record<Level, number>> = { may: 0, should: 1, must: 2 }

/** Does this level count for the gate? */
export function reaches(level: Level, failOn: Level): boolean {
  return rank[level] >= rank[failOn]
}

/** True when a known-failing line covers the finding and still holds: the failure was expected. */
export function expectedFailure(finding: Finding): boolean {
  return finding.verdict === 'fail' && finding.knownFailing !== undefined && !finding.knownFailing.expired
}

/** True when a known-failing line is out of date: the check it names passes now. */
export function unexpectedPass(finding: Finding): boolean {
  return finding.knownFailing !== undefined && (finding.verdict === 'pass' || finding.verdict === 'tolerated')
}

export function wordFor(finding: Finding, failOn: Level): Word {
  if (unexpectedPass(finding)) return 'PROBLEM'
  switch (finding.verdict) {
    case 'pass':
      return 'OK'
    case 'fail':
      if (finding.knownFailing?.expired) return 'PROBLEM'
      return reaches(finding.level, failOn) && !expectedFailure(finding) ? 'PROBLEM' : 'REMARK'
    case 'tolerated':
    case 'unsupported':
      return 'REMARK'
    default:
      return 'NOT TESTED'
  }
}

export function worded(result: Result, findings: readonly Finding[], word: Word): Finding[] {
  return findings.filter((finding) => wordFor(finding, result.gate.failOn) === word)
}

/** Behind `needs`: what it is, and how to have it. */
export function wordsForMissing(what: NonNullable<Finding['missing']>): string {
  switch (what) {
    case 'smtp':
      return 'outgoing port 25 (no answer from here)'
    case 'peer':
      return 'a mail domain of our own (--peer-domain)'
    case 'partner':
      return 'a second relay (--with)'
    case 'clock':
      return "power over the host's clock"
    case 'expire':
      return "the host's clean-up (--expire-command)"
    case 'push':
      return 'a push service of our own'
    case 'time':
      return 'a later run'
    default:
      return `port ${what}, silent from here`
  }
}

export interface Headline {
  readonly verdict: Result['gate']['verdict']
  /** `CONFORMS, as far as it can be tested from here` */
  readonly text: string
}

/** The verdict over one host. With a single host it is the verdict of the run. */
export function headline(result: Result, label: string, language: Language = english): Headline {
  const findings = result.findings.filter((finding) => finding.host === label)
  const verdict = result.hosts.length === 1 ? result.gate.verdict : hostVerdict(result, findings)
  return { verdict, text: sentence(verdict, result, findings, language) }
}

function hostVerdict(result: Result, findings: readonly Finding[]): Headline['verdict'] {
  if (findings.some((finding) => finding.verdict === 'error')) return 'error'
  if (findings.some((finding) => wordFor(finding, result.gate.failOn) === 'PROBLEM')) return 'fails'
  if (!result.complete) return 'interrupted'
  const executed = findings.some((finding) => finding.verdict !== 'skipped')
  const open = findings.some((finding) => finding.level === 'must' && finding.verdict === 'inconclusive')
  return executed && !open ? 'conforms' : 'undecided'
}

function sentence(
  verdict: Headline['verdict'],
  result: Result,
  findings: readonly Finding[],
  { count, words: { headline } }: Language,
): string {
  const { failOn } = result.gate
  const problems = findings.filter((finding) => wordFor(finding, failOn) === 'PROBLEM').length
  switch (verdict) {
    case 'conforms': {
      const gaps = findings.some(
        (finding) =>
          (finding.level === 'must' || reaches(finding.level, failOn)) &&
          wordFor(finding, failOn) === 'NOT TESTED' &&
          standing(finding) === 'asked',
      )
      const known = findings.filter((finding) => reaches(finding.level, failOn) && expectedFailure(finding)).length
      const but = known === 0 ? '' : count(headline.but, known)
      return `${headline.conforms}${but}${gaps ? headline.asFar : ''}`
    }
    case 'fails':
      return problems === 0 ? headline.fails : count(headline.failsIn, problems)
    case 'error':
      return headline.error
    case 'interrupted':
      return headline.interrupted
    case 'undecided':
      return findings.length === 0 ? headline.unchecked : headline.undecided
  }
}

/** Why a finding is what it is, in one printable line, with what the known-failing file says of it. */
export function seenOf(finding: Finding, language: Language = english): string {
  const { text, values } = seen(finding, language)
  return language.say(text, values)
}

/** The same, with what comes from the record still apart. */
export function seen(finding: Finding, { words }: Language): Sentence {
  const own = words.finding
  if (finding.withheld !== undefined && !finding.knownFailing)
    return { text: own.withheld, values: { until: printable(finding.withheld, 40) } }
  const reason = printable((finding.reason ?? '').split('\n')[0] ?? '', 400)
  const known = finding.knownFailing
  if (!known) return { text: finding.verdict === 'unsupported' ? own.notOffered : '{reason}', values: { reason } }
  const values = { reason, listed: printable(known.reason, 200), until: printable(known.until ?? '', 40) }
  if (finding.verdict === 'fail') {
    const dated = known.until !== undefined
    if (known.expired) return { text: dated ? own.wasKnownUntil : own.wasKnown, values }
    return { text: dated ? own.knownUntil : own.known, values }
  }
  const passes = finding.verdict === 'pass' || finding.verdict === 'tolerated'
  return { text: passes ? own.passes : '{reason}', values }
}

/** `1 point`, `3 points`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
