// The capability list of the moment.
import type { ImapBehaviour } from '../behaviour/imap.ts'

export function capabilityList(
  behaviour: ImapBehaviour,
  state: { readonly loggedIn: boolean; readonly secured: boolean },
): readonly string[] {
  const { capabilities } = behaviour
  const base = state.loggedIn
    ? [...capabilities.postAuth, ...capabilities.claimed]
    : state.secured
      ? capabilities.preAuth
      : capabilities.cleartext
  return base.filter((word) => !capabilities.withheld.includes(word))
}
