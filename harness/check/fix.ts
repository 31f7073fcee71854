// The fix of a requirement as a report shows it: the one for the make of server that the host seems to be comes first.
import type { Implementation, Requirement } from '../../catalogue/types.ts'
import { makes } from '../../catalogue/words.ts'
import type { Guess } from '../implementation/guess.ts'

/** Undefined where the catalogue knows none. */
export function fixFor(requirement: Requirement, guess: Guess): string | undefined {
  const { any, ...made } = requirement.fix
  const own = guess.name === 'unknown' ? undefined : made[guess.name]
  if (own !== undefined && guess.confidence === 'likely') return own
  const makers = Object.keys(makes) as Implementation[]
  const order = makers.sort((a, b) => Number(b === guess.name) - Number(a === guess.name))
  const labelled = order.flatMap((make) => (made[make] === undefined ? [] : [`${makes[make]}: ${made[make]}`]))
  // What is only possible comes with its name on it, and with what holds of any server.
  const first = own === undefined ? [] : labelled.slice(0, 1)
  if (any !== undefined) return [...first, any].join(' ')
  return labelled.length === 0 ? undefined : labelled.join(' ')
}
