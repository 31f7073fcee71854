// The text of `chatmail-check explain`: finds out what an id names, in catalogue, suites, defects and behaviour list.
import { behaviours } from '../../catalogue/behaviours.ts'
import { requirements } from '../../catalogue/index.ts'
import { matrixText } from '../../harness/diagnosis/matrix.ts'
import { readMatrix } from '../../harness/diagnosis/read-matrix.ts'
import { page } from '../../reports/page.ts'
import { UsageError, unknown } from '../usage-error.ts'
import { ofBehaviour } from './behaviour.ts'
import { ofCheck } from './check.ts'
import { ofDefect } from './defect.ts'
import { knownChecks } from './known-checks.ts'
import { ofRequirement, type ShownDefect } from './requirement.ts'

/** Throws UsageError for an id that is none. */
export async function explanation(
  id: string,
  style: { readonly color: boolean; readonly width: number },
): Promise<string> {
  const loaded = await import('../../reference-server/defects/index.ts')
  const defects: Readonly<Record<string, ShownDefect>> = loaded.defects
  const out = page(style)
  const known = knownChecks().find(({ check }) => check.id === id)
  if (known) {
    ofCheck(out, known)
    out.blank()
  }
  const asked = known?.check.requirement ?? id
  const requirement = requirements[asked]
  const defect = defects[id]
  const behaviour = behaviours[id.toUpperCase()]
  if (requirement) ofRequirement(out, asked, requirement, defects)
  else if (defect)
    ofDefect(
      out,
      id,
      defect,
      readMatrix(matrixText).find((death) => death.defect === id),
    )
  else if (behaviour) ofBehaviour(out, id.toUpperCase(), behaviour)
  else throw noSuchId(id, defects)
  return out.text()
}

/** With the nearest id, or some that have the word in them. */
function noSuchId(id: string, defects: Readonly<Record<string, unknown>>): UsageError {
  const ids = [
    ...knownChecks().map(({ check }) => check.id),
    ...Object.keys(requirements),
    ...Object.keys(defects),
    ...Object.keys(behaviours),
  ]
  const wanted = id.toLowerCase()
  const beginning = id.length < 3 ? [] : ids.filter((one) => one.startsWith(wanted))
  const near = unknown('id', id, ids)
  if (near.hint !== undefined && beginning.length === 0) return near
  const holding = id.length < 3 ? [] : [...beginning, ...ids.filter((one) => one.includes(wanted))]
  const hint =
    holding.length === 0
      ? 'chatmail-check list checks (or requirements, defects) shows them all'
      : `did you mean ${[...new Set(holding)].slice(0, 4).join(', ')}?`
  return new UsageError(near.message, hint)
}
