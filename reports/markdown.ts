// A result as Markdown: for a job summary, an issue or a chat. The verdict first, then the problems, then what is left. Pure.
import type { Finding, HostRecord, Result } from '../harness/result/schema.ts'
import { baselineMarkdown } from './baseline.ts'
import { capacityMarkdown } from './capacity-markdown.ts'
import { excerpt } from './excerpt.ts'
import { behavesLike, likenessText, looksLike } from './judgement.ts'
import { english, type Language } from './language/language.ts'
import { titleOf } from './language/told.ts'
import { loadMarkdown } from './load-markdown.ts'
import { escaped, folded, ruled } from './markdown-parts.ts'
import { measuredLines } from './measured.ts'
import { printable } from './plain-text.ts'
import { standing, tally } from './tally.ts'
import { headline, seenOf, worded } from './words.ts'

/** Problems whose wire lines are shown, and lines of one. */
const withWire = 10
const wireLines = 16

export function renderMarkdown(result: Result, language: Language = english): string {
  const { say, words } = language
  const { gate, tool, profile, seed, reference, hosts } = result
  const lines = reference ? [words.page.loud, ''] : []
  if (result.load !== undefined) lines.push(...loadMarkdown(language, result, result.load))
  else if (result.capacity !== undefined) lines.push(...capacityMarkdown(language, result, result.capacity))
  else lines.push(...hosts.flatMap((host) => ofHost(language, result, host)))
  if (result.baseline !== undefined) lines.push(...baselineMarkdown(language, result.baseline))
  if (hosts.length === 0) lines.push(`## ${words.page.none}`, '')
  const end = say(words.page.markdownEnd, {
    code: gate.exitCode,
    reason: escaped(gate.reason),
    profile: escaped(profile),
    seed: String(seed),
    tool: `chatmail-check ${escaped(tool.version)}`,
  })
  lines.push(`<sub>${end}</sub>`, '')
  return `${lines.join('\n')}\n`
}

function ofHost(language: Language, result: Result, host: HostRecord): readonly string[] {
  const { say, count, words } = language
  const findings = result.findings.filter((finding) => finding.host === host.label)
  const { required, further, unasked } = tally(findings)
  const problems = worded(result, findings, 'PROBLEM')
  const remarks = worded(result, findings, 'REMARK')
  const open = worded(result, findings, 'NOT TESTED').filter((finding) => standing(finding) === 'asked')
  const figures = measuredLines(result, host, language).map(
    (line) => `${line.startsWith(' ') ? '  ' : ''}- ${escaped(line.trim())}`,
  )
  const [make, likeness] = [looksLike(host, language), behavesLike(host, language)[0]]
  const guesses = [make ? say(make.text, make.values) : [], likeness ? likenessText(likeness, language) : []].flat()
  return [
    `## ${escaped(host.label)}: ${headline(result, host.label, language).text}`,
    '',
    ...(required.all === 0 ? [] : [`- ${count(words.tally.requiredHeld, required.all, { held: required.held })}`]),
    ...(further.all === 0 ? [] : [`- ${count(words.tally.furtherHeld, further.all, { held: further.held })}`]),
    ...(open.length === 0 ? [] : [`- ${count(words.tally.checksNotTested, open.length)}`]),
    ...(unasked.length === 0 ? [] : [`- ${count(words.tally.checksLeftOut, unasked.length)}`]),
    ...guesses.map((line) => `- ${escaped(line)}`),
    ...(findings.length > 0 ? [] : host.notes.map((note) => `- ${escaped(note)}`)),
    '',
    ...table(language, words.markdown.problem, problems),
    ...openTable(
      language,
      open.filter(({ verdict }) => verdict !== 'skipped'),
    ),
    ...(figures.length === 0 ? [] : [...figures, '']),
    ...folded(
      words.finding.evidence,
      problems.slice(0, withWire).flatMap((finding) => wire(language, finding)),
    ),
    ...folded(words.finding.remarks, table(language, words.markdown.remark, remarks)),
    ...folded(
      words.aside.notTested,
      openTable(
        language,
        open.filter(({ verdict }) => verdict === 'skipped'),
      ),
    ),
  ]
}

/** The conversation of a problem, as code: nothing in it is Markdown. */
function wire({ say, words }: Language, finding: Finding): readonly string[] {
  const { lines, before, after } = excerpt(finding, wireLines)
  if (lines.length === 0) return []
  const left = [
    ...(before > 0 ? [say(words.markdown.before, { n: before })] : []),
    ...(after > 0 ? [say(words.markdown.after, { n: after })] : []),
  ].join(words.comma)
  return [
    `\`${finding.check}\`${left === '' ? '' : ` (${left})`}`,
    '',
    // Four spaces make code whatever stands after them, so no fence can be closed from within.
    ...lines.map(({ connection, direction, text }) => `    ${connection} ${direction} ${printable(text, 240)}`),
    '',
  ]
}

function table(language: Language, title: string, findings: readonly Finding[]): readonly string[] {
  const { markdown } = language.words
  const shown = findings.map((finding) => [
    `\`${finding.check}\``,
    ...[titleText(finding, language), seenOf(finding, language), finding.fix ?? ''].map(escaped),
  ])
  return ruled(language, [title, markdown.wanted, markdown.seen, markdown.fix], shown)
}

/** Markdown has no mark for a language: what is not translated says so. */
function titleText(finding: Finding, language: Language): string {
  const { text, fallback, check } = titleOf(finding, language)
  return `${text}${check === undefined ? '' : ` (${check})`}${fallback ? ` (${language.words.inEnglish})` : ''}`
}

function openTable(language: Language, findings: readonly Finding[]): readonly string[] {
  const { aside, markdown, skipped } = language.words
  return ruled(
    language,
    [aside.notTested, markdown.why],
    findings.map((finding) => {
      const kind = language.name === 'en' || finding.skipped === undefined ? '' : `${skipped[finding.skipped]}: `
      return [`\`${finding.check}\``, escaped(`${kind}${seenOf(finding, language)}`)]
    }),
  )
}
