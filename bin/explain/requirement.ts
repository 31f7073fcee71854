// `explain` of a requirement: what it asks, how much it counts, why, who says so, how it is tested, and how to mend it.
import { wordsIn } from '../../catalogue/glossary.ts'
import type { Requirement } from '../../catalogue/types.ts'
import { bases, levels, makes, placeholdersIn } from '../../catalogue/words.ts'
import { block, type Page } from '../../reports/page.ts'
import { knownChecks } from './known-checks.ts'

/** So many words of the trade are told. */
const fewWords = 5

export interface ShownDefect {
  readonly violates: string
  readonly title: string
}

export function ofRequirement(
  out: Page,
  id: string,
  requirement: Requirement,
  defects: Readonly<Record<string, ShownDefect>>,
): void {
  out.raw(`${out.paint.bold(id)}  (a requirement: ${requirement.level})`)
  out.add(4, requirement.text)
  block(out, 'why', requirement.why)
  for (const [word, meaning] of wordsIn(`${requirement.text} ${requirement.why}`).slice(0, fewWords))
    block(out, 'word', `${word}: ${meaning}`)
  block(out, requirement.level, levels[requirement.level])
  block(out, 'basis', `${bases[requirement.basis]}; about ${requirement.impact}`)
  for (const { title, url } of requirement.sources)
    block(out, 'source', url === undefined ? title : `${title} <${url}>`)
  for (const { check } of knownChecks().filter((known) => known.check.requirement === id))
    block(out, check.observes ? 'seen by' : 'tested', `${check.id}: ${check.title}`)
  const fixes = fixesOf(requirement)
  for (const fix of fixes) block(out, 'fix', fix)
  for (const meaning of placeholdersIn(fixes.join(' '))) block(out, '', `(${meaning})`)
  const shown = Object.entries(defects).filter(([, defect]) => defect.violates === id)
  for (const [name, defect] of shown) block(out, 'defect', `${name}: a server that ${defect.title}`)
  if (shown.length > 0)
    block(out, '', '(defects that the built-in reference server can be given, to show that the test notices)')
}

/** What holds of any server first, then each make with its name. */
export function fixesOf({ fix }: Requirement): readonly string[] {
  const made = (Object.keys(makes) as (keyof typeof makes)[]).flatMap((make) =>
    fix[make] === undefined ? [] : [`${makes[make]}: ${fix[make]}`],
  )
  return [...(fix.any === undefined ? [] : [fix.any]), ...made]
}
