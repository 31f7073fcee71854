// What a chatmail server owes its users: imap.
import type { Requirement } from './types.ts'

export const imap = {} as const satisfies Record<string, Requirement>
