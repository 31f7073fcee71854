// Every variation by id. Suite authors add the ones that exercise what their checks tolerate.
import { callsVariations } from './calls.ts'
import { deliveryVariations } from './delivery.ts'
import { encryptionVariations } from './encryption.ts'
import { imapVariations } from './imap.ts'
import { onboardingVariations } from './onboarding.ts'
import { privacyVariations } from './privacy.ts'
import { retentionVariations } from './retention.ts'
import { senderVariations } from './sender.ts'
import { transportVariations } from './transport.ts'
import type { Variation } from './types.ts'

export const variations = {
  ...callsVariations,
  ...deliveryVariations,
  ...encryptionVariations,
  ...imapVariations,
  ...onboardingVariations,
  ...privacyVariations,
  ...retentionVariations,
  ...senderVariations,
  ...transportVariations,
} as const satisfies Record<string, Variation>
