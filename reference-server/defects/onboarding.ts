// Defects about making accounts and letting owners in.
import type { Defect } from './types.ts'

export const onboardingDefects = {} as const satisfies Record<string, Defect>
