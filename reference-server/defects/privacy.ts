// Defects about what a server gives away.
import type { Defect } from './types.ts'

export const privacyDefects = {} as const satisfies Record<string, Defect>
