// What a chatmail server owes its users: onboarding.
import type { Requirement } from './types.ts'

export const onboarding = {} as const satisfies Record<string, Requirement>
