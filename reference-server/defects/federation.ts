// Defects of mail to other servers. Joined from one file a family.
import { elsewhereDefects } from './federation/delivery.ts'
import { queueDefects } from './federation/queue.ts'
import { securityDefects } from './federation/security.ts'
import { signingDefects } from './federation/signing.ts'
import type { Defect } from './types.ts'

export const federationDefects = {
  ...elsewhereDefects,
  ...signingDefects,
  ...securityDefects,
  ...queueDefects,
} as const satisfies Record<string, Defect>
