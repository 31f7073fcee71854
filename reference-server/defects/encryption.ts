// Defects about what may be sent unencrypted, and about encrypted mail that does not get through.
import { refusesTooMuch } from './encryption/accepts.ts'
import { fallsForFakes } from './encryption/fakes.ts'
import { treatsUnusually } from './encryption/observed.ts'
import { refusesTooLittle } from './encryption/refuses.ts'
import type { Defect } from './types.ts'

export const encryptionDefects = {
  ...refusesTooMuch,
  ...refusesTooLittle,
  ...fallsForFakes,
  ...treatsUnusually,
} as const satisfies Record<string, Defect>
