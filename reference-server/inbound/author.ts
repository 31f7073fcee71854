// Whom a message of another server claims to be of: the address in From (RFC 5322 3.6.2). Used by judge.ts.
import type { InboundBehaviour } from '../behaviour/inbound.ts'
import { firstAddress } from '../filter/from.ts'
import type { HeaderField } from '../filter/mime.ts'

/** Longer ones name nobody. */
const mostFromBytes = 4_096

/** Undefined where there is none, or more than one field where only one may be. */
export function findAuthor(
  headers: readonly HeaderField[],
  rules: Pick<InboundBehaviour, 'severalFroms' | 'author'>,
): string | undefined {
  const froms = headers.filter((field) => field.name === 'from').map((field) => field.value)
  if (froms.length > 1 && rules.severalFroms === 'refuse') return undefined
  const from = rules.severalFroms === 'last' ? froms.at(-1) : froms[0]
  if (from === undefined || from.length > mostFromBytes) return undefined
  const address = firstAddress(rules.author === 'last' ? (from.split(',').at(-1) ?? '') : from)
  // Field values hold bytes; a domain of other letters is UTF-8 (RFC 6532).
  return address && Buffer.from(address, 'latin1').toString('utf8')
}
