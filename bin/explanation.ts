// The text of `chatmail-check explain`: a join over catalogue, suites and defects.
import { requirements } from '../catalogue/index.ts'
import type { Requirement } from '../catalogue/types.ts'
import { allChecks } from '../harness/check/plan.ts'
import { block, type Page, page } from '../reports/page.ts'
import { suites } from '../suites/index.ts'
import { unknown } from './usage-error.ts'

interface Defect {
  readonly violates: string
  readonly title: string
  readonly alsoFails?: readonly string[]
}

const bases: Readonly<Record<Requirement['basis'], string>> = {
  standard: 'a standard asks for it',
  'client-relies': 'clients rely on it',
  'deployed-practice': 'the deployed relays do it',
}

/** Throws UsageError for an id that is none. */
export async function explanation(
  id: string,
  style: { readonly color: boolean; readonly width: number },
): Promise<string> {
  const loaded = await import('../reference-server/defects/index.ts')
  const defects: Readonly<Record<string, Defect>> = loaded.defects
  const checks = allChecks(suites)
  const out = page(style)
  const check = checks.find((item) => item.id === id)
  const asked = check?.requirement ?? id
  const requirement = requirements[asked]
  if (requirement) {
    ofRequirement(out, asked, requirement, defects)
    return out.text()
  }
  const defect = defects[id]
  if (defect) {
    out.raw(`${out.paint.bold(id)}  (a defect of the reference server)`)
    out.add(4, defect.title)
    block(out, 'breaks', defect.violates)
    const [shower] = suites.flatMap((suite) =>
      [
        ...suite.checks.map((item) => ({ ...item, cost: item.needs?.cost })),
        ...suite.batches.flatMap((batch) =>
          batch.members.map((item) => ({ ...item, cost: item.needs?.cost ?? batch.needs?.cost })),
        ),
      ].filter((item) => item.requirement === defect.violates),
    )
    const only =
      shower === undefined ? '' : ` --only ${shower.id}${shower.cost === 'intrusive' ? ' --cost intrusive' : ''}`
    // Delta Chat believes the certificate of a `_` domain only; and some rules are about two servers.
    const domain = shower?.needs?.deltachat === 'believed' ? 'domain=_chat.test,' : ''
    const partner = shower?.needs?.hosts === 2 ? ' --with @reference:domain=other.test' : ''
    block(out, 'try', `chatmail-check @reference:${domain}defect=${id}${partner}${only} --fail-on may`)
    return out.text()
  }
  throw unknown('id', id, [...checks.map((item) => item.id), ...Object.keys(requirements), ...Object.keys(defects)])
}

function ofRequirement(
  out: Page,
  id: string,
  requirement: Requirement,
  defects: Readonly<Record<string, Defect>>,
): void {
  out.raw(`${out.paint.bold(id)}  (${requirement.level}: ${bases[requirement.basis]})`)
  out.add(4, requirement.text)
  block(out, 'why', requirement.why)
  block(out, 'about', `${requirement.impact}; part of the promise of ${requirement.promise}`)
  for (const { title, url } of requirement.sources)
    block(out, 'source', url === undefined ? title : `${title} <${url}>`)
  for (const check of allChecks(suites).filter((item) => item.requirement === id)) {
    block(out, 'tested', `${check.id}: ${check.title}`)
  }
  const makers = Object.entries(requirement.fix)
  for (const [maker, text] of makers) block(out, 'fix', maker === 'any' ? text : `(${maker}) ${text}`)
  for (const [name, defect] of Object.entries(defects).filter(([, item]) => item.violates === id)) {
    block(out, 'defect', `${name}: ${defect.title}`)
  }
}
