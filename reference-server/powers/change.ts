// Defects and other decisions for a server that runs: a power of a test suite over a reference server.
import type { CurrentBehaviour } from '../behaviour/current.ts'
import { type Behaviour, type DeepPartial, merge } from '../behaviour/index.ts'
import { type KnownDefectId, knownDefects } from '../defects/index.ts'
import type { Defect } from '../defects/types.ts'

export interface ChangePowers {
  /**
   * Lays overrides and defects over the behaviour of the start; what an earlier change laid over it is gone. Sessions follow
   * from their next command or connection on. Throws NeedsRestart, and changes nothing, for decisions taken at the start.
   */
  change(change: BehaviourChange): void
}

export interface BehaviourChange {
  readonly overrides?: DeepPartial<Behaviour>
  readonly defects?: readonly KnownDefectId[]
}

export function createChangePowers(atStart: Behaviour, current: Pick<CurrentBehaviour, 'exchange'>): ChangePowers {
  return {
    change: ({ overrides = {}, defects: ids = [] }) =>
      current.exchange(withDefects(merge<Behaviour>(atStart, overrides), ids)),
  }
}

/** Throws for a defect that does not exist. */
export function withDefects(behaviour: Behaviour, ids: readonly KnownDefectId[]): Behaviour {
  const known: Readonly<Record<string, Defect>> = knownDefects
  return ids.reduce((sum, id) => {
    const defect = Object.hasOwn(known, id) ? known[id] : undefined
    if (defect === undefined) throw new Error(`no defect is called ${id}`)
    return merge<Behaviour>(sum, defect.behaviour)
  }, behaviour)
}
