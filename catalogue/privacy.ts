// What a chatmail server owes its users: privacy.
import type { Requirement } from './types.ts'

export const privacy = {} as const satisfies Record<string, Requirement>
