// The requirement catalogue: one record, joined from its areas. Checks verify its entries, defects violate them.

import { calls } from './calls.ts'

import { delivery } from './delivery.ts'

import { deltachat } from './deltachat.ts'
import { encryption } from './encryption.ts'
import { federation } from './federation.ts'
import { imap } from './imap.ts'
import { inbound } from './inbound.ts'
import { inboundEncryption } from './inbound-encryption.ts'
import { limits } from './limits.ts'
import { onboarding } from './onboarding.ts'
import { privacy } from './privacy.ts'
import { push } from './push.ts'
import { retention } from './retention.ts'
import { sender } from './sender.ts'
import { transport } from './transport.ts'
import type { Requirement } from './types.ts'

const catalogue = {
  ...onboarding,
  ...encryption,
  ...sender,
  ...delivery,
  ...imap,
  ...privacy,
  ...calls,
  ...deltachat,
  ...inbound,
  ...inboundEncryption,
  ...federation,
  ...retention,
  ...push,
  ...limits,
  ...transport,
} as const satisfies Record<string, Requirement>

/** `area.rule`, as a literal union: naming an unknown requirement does not compile. */
export type RequirementId = keyof typeof catalogue

/** The record, for those who look ids up at run time. */
export const requirements: Readonly<Record<string, Requirement>> = catalogue
