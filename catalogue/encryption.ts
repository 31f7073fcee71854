// What a chatmail server owes its users: encryption. Only end-to-end encrypted mail gets through, and all of it does.
import { encryptionAccepts } from './encryption/accepts.ts'
import { encryptionObserved } from './encryption/observed.ts'
import { encryptionRefuses } from './encryption/refuses.ts'
import { encryptionRefusesFakes } from './encryption/refuses-fakes.ts'
import type { Requirement } from './types.ts'

export const encryption = {
  ...encryptionAccepts,
  ...encryptionRefuses,
  ...encryptionRefusesFakes,
  ...encryptionObserved,
} as const satisfies Record<string, Requirement>
