// What a chatmail server owes its users: delivery.
import type { Requirement } from './types.ts'

export const delivery = {} as const satisfies Record<string, Requirement>
