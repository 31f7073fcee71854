// Every defect by id, joined from one file an area; those of load stand apart. Used by startReference, the proof and the command line.
import { callsDefects } from './calls.ts'
import { deliveryDefects } from './delivery.ts'
import { deltachatDefects } from './deltachat.ts'
import { encryptionDefects } from './encryption.ts'
import { federationDefects } from './federation.ts'
import { imapDefects } from './imap.ts'
import { inboundDefects } from './inbound.ts'
import { limitsDefects } from './limits.ts'
import { loadDefects } from './load.ts'
import { onboardingDefects } from './onboarding.ts'
import { privacyDefects } from './privacy.ts'
import { pushDefects } from './push.ts'
import { retentionDefects } from './retention.ts'
import { senderDefects } from './sender.ts'
import { transportDefects } from './transport.ts'

export const defects = {
  ...onboardingDefects,
  ...encryptionDefects,
  ...senderDefects,
  ...deliveryDefects,
  ...imapDefects,
  ...privacyDefects,
  ...deltachatDefects,
  ...callsDefects,
  ...inboundDefects,
  ...federationDefects,
  ...limitsDefects,
  ...pushDefects,
  ...retentionDefects,
  ...transportDefects,
}

export type DefectId = keyof typeof defects

export { loadDefects }

/** Those that checks see, and those that only load shows. */
export const knownDefects = { ...defects, ...loadDefects }

export type KnownDefectId = keyof typeof knownDefects
