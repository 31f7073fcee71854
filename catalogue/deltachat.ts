// What Delta Chat itself must be able to do on a chatmail server. Joined from one file a family of rules.
import { chatting } from './deltachat/chatting.ts'
import { connection } from './deltachat/connection.ts'
import { joining } from './deltachat/joining.ts'
import type { Requirement } from './types.ts'

export const deltachat = { ...joining, ...chatting, ...connection } as const satisfies Record<string, Requirement>
