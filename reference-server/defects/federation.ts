// Defects of mail to other servers. Joined from one file a family.
import { signingDefects } from './federation/signing.ts'
import type { Defect } from './types.ts'

export const federationDefects = { ...signingDefects } as const satisfies Record<string, Defect>
