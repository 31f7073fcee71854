// Defects about who may send as whom.
import type { Defect } from './types.ts'

export const senderDefects = {} as const satisfies Record<string, Defect>
