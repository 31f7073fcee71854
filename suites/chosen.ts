// Which members of a batch are tried. Used by the batches of all areas.
import type { CheckMeta } from '../harness/check/types.ts'

/** Those of the members that are chosen, by id. */
export function chosenOf<M extends CheckMeta>(members: readonly M[], chosen: readonly CheckMeta[]): readonly M[] {
  return members.filter((member) => chosen.some((one) => one.id === member.id))
}
