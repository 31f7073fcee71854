// What a chatmail server owes its users: sender. Nobody sends in the name of somebody else, and nobody logs in or sends in clear.
import { senderIdentity } from './sender/identity.ts'
import { senderSession } from './sender/session.ts'
import type { Requirement } from './types.ts'

export const sender = { ...senderIdentity, ...senderSession } as const satisfies Record<string, Requirement>
