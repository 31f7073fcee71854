// Defects about what may be sent unencrypted.
import type { Defect } from './types.ts'

export const encryptionDefects = {
  'accepts-cleartext': {
    violates: 'encryption.refuses-cleartext',
    title: 'accepts every message, encrypted or not',
    behaviour: { encryption: { enforced: false } },
  },
} as const satisfies Record<string, Defect>
