// What a chatmail server owes its users and other servers about mail that leaves. Joined from one file a family of rules.
import { signing } from './federation/signing.ts'
import type { Requirement } from './types.ts'

export const federation = { ...signing } as const satisfies Record<string, Requirement>
