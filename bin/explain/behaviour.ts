// `explain` of an entry of the behaviour list: what relays are seen to do, and what covers it.
import type { Observable } from '../../catalogue/behaviours.ts'
import { requirements } from '../../catalogue/index.ts'
import { block, type Page } from '../../reports/page.ts'

export function ofBehaviour(out: Page, id: string, { text, untested }: Observable): void {
  out.raw(`${out.paint.bold(id)}  (of the behaviour list)`)
  out.add(4, `A chatmail relay ${text}.`)
  block(out, 'is', 'a behaviour of deployed servers that can be seen from outside')
  if (untested !== undefined) block(out, 'not', `tested: ${untested}`)
  for (const [name, requirement] of Object.entries(requirements))
    if (requirement.covers?.includes(id)) block(out, 'covered', `by ${name}: ${requirement.text}`)
}
