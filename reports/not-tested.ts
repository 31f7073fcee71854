// What a run could not or did not test, short: grouped by reason, and what was never asked for in one line. For terminal.ts and html/.
import type { Finding } from '../harness/result/schema.ts'
import { english, type Language } from './language/language.ts'
import type { Page } from './page.ts'
import { printable } from './plain-text.ts'
import { standing } from './tally.ts'
import { count } from './words.ts'

/** Ids listed under one reason; of more of them the areas are counted, unless verbose. */
const idsShown = 6

/** Reasons first that are about single checks: those that were tried and not decided, and our own errors. */
export function notTested(out: Page, findings: readonly Finding[], verbose: boolean): void {
  const shown = findings.filter((finding) => verbose || standing(finding) === 'asked')
  const tried = shown.filter(({ verdict }) => verdict !== 'skipped')
  const groups = [...byReason(tried), ...byReason(shown.filter(({ verdict }) => verdict === 'skipped'))]
  if (groups.length > 0) out.blank()
  for (const [reason, group] of groups) {
    const [first] = group
    if (group.length === 1 && first !== undefined) {
      out.labelled('NOT TESTED', out.paint.cyan, printable(first.check, 100))
      out.add(4, reason)
      continue
    }
    out.labelled('NOT TESTED', out.paint.cyan, `${count(group.length, 'check')}: ${reason}`)
    out.add(4, listed(group, verbose), out.paint.dim)
  }
}

/** `Left out: 122 checks in profile list, 16 in profile full; 4 intrusive ones: --i-operate chat.example` */
export function leftOut(out: Page, unasked: readonly Finding[], host: string, reference: boolean): void {
  if (unasked.length === 0) return
  const profile = byReason(unasked.filter(({ skipped }) => skipped === 'profile'))
  const parts = profile.map(([reason, group], index) =>
    index === 0 ? `${count(group.length, 'check')} ${reason}` : `${group.length} ${reason}`,
  )
  const intrusive = unasked.filter(({ skipped }) => skipped === 'consent').length
  const flag = reference ? '--cost intrusive' : `--i-operate ${printable(host, 200)}`
  const consent = intrusive === 0 ? [] : [`${intrusive} intrusive with ${flag}`]
  out.blank()
  out.add(0, `Left out: ${[...parts, ...consent].join(', ')}.`, out.paint.dim, 4)
}

/** In the order in which the reasons come first. */
export function byReason(
  findings: readonly Finding[],
  { say, words: { aside } }: Language = english,
): [string, Finding[]][] {
  const groups = new Map<string, [string, Finding[]]>()
  for (const finding of findings) {
    const reason = printable((finding.reason ?? aside.noReason).split('\n')[0] ?? '', 400)
    const shown = finding.verdict === 'error' ? say(aside.ownError, { reason }) : reason
    const key = withoutMoment(shown)
    const group = groups.get(key)
    if (group) group[1].push(finding)
    else groups.set(key, [shown, [finding]])
  }
  return [...groups.values()]
}

/** Without what a server writes into each of its replies anew: when it was, how long it took, and a number of its own. */
function withoutMoment(reason: string): string {
  return reason.replace(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d|\d+\.\d+(?: \+ \d+\.\d+)* secs|(?:\bid=|queued as )\S+/g, '')
}

function listed(group: readonly Finding[], verbose: boolean): string {
  if (verbose || group.length <= idsShown) return group.map(({ check }) => printable(check, 100)).join(', ')
  const areas = new Map<string, number>()
  for (const { area } of group) areas.set(area, (areas.get(area) ?? 0) + 1)
  return `${[...areas].map(([area, n]) => `${n} of ${printable(area, 40)}`).join(', ')} (--verbose lists them)`
}
