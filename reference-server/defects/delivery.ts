// Defects about bringing messages to their recipients.
import type { Defect } from './types.ts'

export const deliveryDefects = {} as const satisfies Record<string, Defect>
