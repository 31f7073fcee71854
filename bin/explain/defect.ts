// `explain` of a defect: a way in which the reference server can be broken on purpose, and which checks notice.
import { requirements } from '../../catalogue/index.ts'
import type { Death } from '../../harness/diagnosis/read-matrix.ts'
import { block, type Page } from '../../reports/page.ts'
import { knownChecks } from './known-checks.ts'
import type { ShownDefect } from './requirement.ts'

/** So many failing checks are named. */
const fewChecks = 6

/** One that no check sends enough to see. */
export function ofLoadDefect(out: Page, id: string, defect: ShownDefect): void {
  head(out, id, defect)
  block(out, 'seen by', 'the load scenario steady, which follows every message, within a thousand messages')
  block(out, 'try', `chatmail-check load steady @reference:defect=${id} --rate 20`)
}

export function ofDefect(out: Page, id: string, defect: ShownDefect, death: Death | undefined): void {
  head(out, id, defect)
  const fails = death?.fails ?? []
  for (const check of fails.slice(0, fewChecks)) block(out, 'fails', check)
  if (fails.length > fewChecks) block(out, '', `(and ${fails.length - fewChecks} more)`)
  const own = knownChecks().filter(({ check }) => check.requirement === defect.violates)
  if (fails.length === 0)
    for (const { check } of own) block(out, 'seen by', `${check.id}, which judges nothing: a habit, and no fault`)
  const shower = own.find(({ check }) => fails.includes(check.id)) ?? own[0]
  if (!shower) return
  const { cost, deltachat, hosts } = shower.needs
  // Delta Chat believes the certificate of a `_` domain only; and some rules are about two servers.
  const domain = deltachat === 'believed' ? 'domain=_chat.test,' : ''
  const partner = hosts === 2 ? ' --with @reference:domain=other.test' : ''
  const intrusive = cost === 'intrusive' ? ' --cost intrusive' : ''
  block(
    out,
    'try',
    `chatmail-check @reference:${domain}defect=${id}${partner} --only ${shower.check.id}${intrusive} --fail-on may`,
  )
}

function head(out: Page, id: string, defect: ShownDefect): void {
  out.raw(`${out.paint.bold(id)}  (a defect of the reference server)`)
  out.add(4, `A server that ${defect.title}.`)
  block(out, 'is', 'one of the ways in which the built-in server can be broken, to show that the checks notice')
  block(out, 'breaks', `${defect.violates}: ${requirements[defect.violates]?.text ?? ''}`)
}
