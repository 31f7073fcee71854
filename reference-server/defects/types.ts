// The shape of a defect: one way in which a server is broken, as a change of its behaviour.
import type { Behaviour, DeepPartial } from '../behaviour/index.ts'

export interface Defect {
  /** Id of the requirement it violates; a check of it must fail. */
  readonly violates: string
  /** What the bad server does, third person. */
  readonly title: string
  /** Ids of checks of other requirements that fail, too, because of it. */
  readonly alsoFails?: readonly string[]
  /** What the cheapest check costs that sees it; light when absent. */
  readonly cost?: 'light' | 'slow' | 'bulk' | 'intrusive'
  readonly behaviour: DeepPartial<Behaviour>
}
