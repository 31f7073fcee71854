// The text of `chatmail-check explain`: finds out what an id names, in catalogue, suites, defects and behaviour list.
import { behaviours } from '../../catalogue/behaviours.ts'
import { requirements } from '../../catalogue/index.ts'
import { matrixText } from '../../harness/diagnosis/matrix.ts'
import { readMatrix } from '../../harness/diagnosis/read-matrix.ts'
import { nearest } from '../../harness/host/nearest.ts'
import { page } from '../../reports/page.ts'
import { UsageError } from '../usage-error.ts'
import { ofBehaviour } from './behaviour.ts'
import { ofCheck } from './check.ts'
import { ofDefect, ofLoadDefect } from './defect.ts'
import { knownChecks } from './known-checks.ts'
import { ofRequirement, type ShownDefect } from './requirement.ts'

/** Throws UsageError for an id that is none. */
export async function explanation(
  id: string,
  style: { readonly color: boolean; readonly width: number },
): Promise<string> {
  const loaded = await import('../../reference-server/defects/index.ts')
  const defects: Readonly<Record<string, ShownDefect>> = loaded.knownDefects
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
  else if (Object.hasOwn(loaded.loadDefects, id) && defect) ofLoadDefect(out, id, defect)
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

/** With the nearest id, or some that begin with the word or have it in them. */
function noSuchId(id: string, defects: Readonly<Record<string, unknown>>): UsageError {
  const ids = [
    ...knownChecks().map(({ check }) => check.id),
    ...Object.keys(requirements),
    ...Object.keys(defects),
    ...Object.keys(behaviours),
  ]
  const wanted = id.toLowerCase()
  const whole = wanted.length >= 3
  const beginning = ids.filter((one) => whole && one.startsWith(wanted))
  const close = nearest(id, beginning.length > 0 ? beginning : ids)
  const holding = [...beginning, ...ids.filter((one) => whole && one.includes(wanted))]
  const meant = close === undefined ? [...new Set(holding)].slice(0, 4) : [close]
  const hint =
    meant.length === 0
      ? 'chatmail-check list checks (or requirements, defects) shows them all'
      : `did you mean ${meant.join(', ')}?`
  return new UsageError(`unknown id "${id}"`, hint)
}
