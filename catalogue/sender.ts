// What a chatmail server owes its users: sender.
import type { Requirement } from './types.ts'

export const sender = {} as const satisfies Record<string, Requirement>
